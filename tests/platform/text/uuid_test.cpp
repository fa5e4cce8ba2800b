#include "platform/text/uuid.hpp"

#include <gtest/gtest.h>

#include <array>
#include <unordered_set>

namespace daybook::text {
namespace {

// The example of RFC 9562, appendix A.6.
constexpr std::string_view example = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

TEST(Uuid, TextSurvivesParsingAndIsLowerCase) {
  EXPECT_EQ(Uuid::parse(example)->text(), example);
  EXPECT_EQ(Uuid::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")->text(), example);
}

TEST(Uuid, RefusesEverythingButTheCanonicalForm) {
  const std::string good{example};
  for (const std::string& bad :
       {std::string{}, good.substr(1), good + "0", "{" + good + "}", " " + good.substr(1), "urn:uuid:" + good,
        std::string{"017f22e279b07cc398c4dc0c0c07398f"}, std::string{"017f22e2x79b0-7cc3-98c4-dc0c0c07398f"},
        std::string{"017f22e27-9b0-7cc3-98c4-dc0c0c07398f"},
        std::string{"g17f22e2-79b0-7cc3-98c4-dc0c0c07398f"},
        std::string{"017f22e2-79b0-7cc3-98c4-dc0c0c07398-"}}) {
    EXPECT_FALSE(Uuid::parse(bad)) << bad;
  }
}

TEST(Uuid, EveryPlaceTakesOnlyItsOwnKindOfCharacter) {
  for (std::size_t place = 0; place < example.size(); ++place) {
    std::string text{example};
    text[place] = text[place] == '-' ? '0' : '\xe9';
    EXPECT_FALSE(Uuid::parse(text)) << text;
  }
}

TEST(Uuid, NilIsTheDefaultValue) {
  EXPECT_TRUE(Uuid{}.is_nil());
  EXPECT_EQ(Uuid::parse("00000000-0000-0000-0000-000000000000"), Uuid{});
  EXPECT_FALSE(Uuid::parse(example)->is_nil());
}

TEST(Uuid, ComparesAsItsTextDoes) {
  const auto small = *Uuid::parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  const auto large = *Uuid::parse("f17f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  EXPECT_LT(small, large);
  EXPECT_LT(small.text(), large.text());
}

TEST(Uuid, FromBytesTakesExactlySixteen) {
  const std::string raw(16, '\x7f');
  EXPECT_EQ(Uuid::from_bytes(raw)->text(), "7f7f7f7f-7f7f-7f7f-7f7f-7f7f7f7f7f7f");
  EXPECT_FALSE(Uuid::from_bytes(raw + "x"));
  EXPECT_FALSE(Uuid::from_bytes(""));
}

TEST(Uuid, VersionSevenHasTheLayoutOfTheStandard) {
  // Given the time and the random bits of the example, with the bits that version and variant replace set,
  const std::array<std::uint8_t, 10> random = {0xfc, 0xc3, 0xd8, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};
  // when the identifier is made,
  const Uuid id = uuid_v7(1645557742000, random);
  // then it is the example.
  EXPECT_EQ(id.text(), example);
  EXPECT_EQ(id.version(), 7);
  EXPECT_EQ(unix_ms_of(id), 1645557742000);
}

TEST(Uuid, HashTellsIdentifiersOfOneMillisecondApart) {
  std::unordered_set<std::size_t> hashes;
  for (std::uint8_t i = 0; i < 100; ++i)
    hashes.insert(std::hash<Uuid>{}(uuid_v7(1, std::array<std::uint8_t, 10>{0, 0, 0, 0, 0, 0, 0, 0, 0, i})));
  EXPECT_EQ(hashes.size(), 100U);
}

}  // namespace
}  // namespace daybook::text
