#include "platform/text/slug.hpp"

#include <gtest/gtest.h>

namespace daybook::text {
namespace {

TEST(Slug, JoinsLowerCaseWordsWithOneDash) {
  EXPECT_EQ(slugify("My  Team!!"), "my-team");
  EXPECT_EQ(slugify("--a__b--c--"), "a-b-c");
  EXPECT_EQ(slugify("R2-D2"), "r2-d2");
}

TEST(Slug, OtherLettersCountAsSeparators) { EXPECT_EQ(slugify("Caf\u00e9 Gr\u00f6\u00dfe"), "caf-gr-e"); }

TEST(Slug, FallsBackWhenNothingIsLeft) {
  EXPECT_EQ(slugify(""), "workspace");
  EXPECT_EQ(slugify("\u4f60\u597d !"), "workspace");
  EXPECT_EQ(slugify("?", "document"), "document");
}

TEST(ProjectKey, TakesTheInitialsOfSeveralWords) {
  EXPECT_EQ(project_key_from("Daybook web front"), "DWF");
  EXPECT_EQ(project_key_from("payment-gateway_2"), "PG2");
}

TEST(ProjectKey, TakesTheFirstLettersOfOneWord) {
  EXPECT_EQ(project_key_from("daybook"), "DAY");
  EXPECT_EQ(project_key_from("Gr\u00f6\u00dfe"), "GRE");
  EXPECT_EQ(project_key_from("go"), "GO");
}

TEST(ProjectKey, NeverBeginsWithADigit) {
  EXPECT_EQ(project_key_from("2026 launch plan"), "LP");
  EXPECT_EQ(project_key_from("3d"), "PRJ");
}

TEST(ProjectKey, FallsBackWhenTooLittleIsLeft) {
  for (const auto* name : {"", "x", "42", "\u4f60\u597d", "!!!"})
    EXPECT_EQ(project_key_from(name), "PRJ") << name;
}

TEST(ProjectKey, IsValidAndShortForEveryName) {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "word ";
  EXPECT_EQ(project_key_from(words).size(), project_key_characters_max);
  for (int byte = 0; byte < 256; ++byte) {
    EXPECT_TRUE(valid_project_key(project_key_from(std::string(5, static_cast<char>(byte)) + " a1")));
  }
}

TEST(ProjectKey, ValidityIsTheWrittenRule) {
  EXPECT_TRUE(valid_project_key("AB"));
  EXPECT_TRUE(valid_project_key("A1"));
  EXPECT_TRUE(valid_project_key(std::string(20, 'Z')));
  for (const std::string& bad : {std::string{}, std::string{"A"}, std::string{"1A"}, std::string{"Ab"},
                                 std::string{"A-B"}, std::string{"A "}, std::string(21, 'Z')}) {
    EXPECT_FALSE(valid_project_key(bad)) << bad;
  }
}

TEST(Slug, CapitalsAreAsciiAlone) {
  EXPECT_EQ(with_capitals("pay-12"), "PAY-12");
  EXPECT_EQ(with_capitals("größe"), "GRößE");
}

}  // namespace
}  // namespace daybook::text
