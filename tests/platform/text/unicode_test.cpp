#include "platform/text/unicode.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace daybook::text {
namespace {

using namespace std::string_view_literals;

TEST(Unicode, TakesWellFormedText) {
  EXPECT_TRUE(valid_utf8(""));
  EXPECT_TRUE(valid_utf8("plain"));
  EXPECT_TRUE(valid_utf8("a\0b"sv));
  EXPECT_TRUE(
      valid_utf8("\xc2\x80 \xe0\xa0\x80 \xed\x9f\xbf \xee\x80\x80 \xf0\x90\x80\x80 \xf4\x8f\xbf\xbf"));
}

TEST(Unicode, RefusesOverlongSurrogatesAndWhatIsBeyond) {
  for (const auto bad :
       {"\xc0\x80"sv, "\xc1\xbf"sv, "\xe0\x9f\xbf"sv, "\xf0\x8f\xbf\xbf"sv, "\xed\xa0\x80"sv,
        "\xed\xbf\xbf"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv, "\xff"sv, "\x80"sv, "a\xbf"sv, "\xc3"sv,
        "\xe2\x82"sv, "\xf0\x9f\x98"sv, "\xc3("sv, "\xe2(\xa1"sv, "\xf8\x88\x80\x80\x80"sv}) {
    EXPECT_FALSE(valid_utf8(bad)) << testing::PrintToString(bad);
  }
}

TEST(Unicode, AgreesWithTheDefinitionOnEveryTwoByteText) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const char text[] = {static_cast<char>(first), static_cast<char>(second)};
      const bool two_ascii = first < 0x80 && second < 0x80;
      const bool one_pair = first >= 0xc2 && first <= 0xdf && second >= 0x80 && second <= 0xbf;
      ASSERT_EQ(valid_utf8({text, 2}), two_ascii || one_pair) << first << ' ' << second;
    }
  }
}

TEST(Unicode, CountsCodePointsNotBytes) {
  EXPECT_EQ(code_points(""), 0U);
  EXPECT_EQ(code_points("abc"), 3U);
  EXPECT_EQ(code_points("Gr\u00f6\u00dfe"), 5U);
  EXPECT_EQ(code_points("\U0001f600!"), 2U);
}

TEST(Unicode, ComposesEquivalentSpellings) {
  EXPECT_EQ(nfc("e\u0301"), "\u00e9");
  EXPECT_EQ(nfc("\u212b"), "\u00c5");                // the angstrom sign
  EXPECT_EQ(nfc("\u1100\u1161"), "\uac00");          // Hangul
  EXPECT_EQ(nfc("q\u0307\u0323"), "q\u0323\u0307");  // canonical order
  EXPECT_EQ(nfc("\ufb01"), "\ufb01");                // compatibility forms stay
}

TEST(Unicode, FoldsCaseBeyondAscii) {
  EXPECT_EQ(fold_case("Alice@Example.COM"), "alice@example.com");
  EXPECT_EQ(fold_case("STRASSE"), fold_case("stra\u00dfe"));
  EXPECT_EQ(fold_case("\u03a3\u03a3"), fold_case("\u03c3\u03c2"));  // both small sigmas
  EXPECT_EQ(fold_case("\u00c9"), fold_case("e\u0301"));
  EXPECT_EQ(fold_case("I"), "i");  // no Turkish rules
  EXPECT_NE(fold_case("a"), fold_case("\u00e4"));
}

TEST(Unicode, FoldingTwiceChangesNothing) {
  for (const auto* text :
       {"\u1f80\u0345", "\u0130stanbul", "\u1e9e", "A\u0345\u0301", "\ufb03", "\u01c5", "\u13a0"}) {
    const std::string once = fold_case(text);
    EXPECT_EQ(fold_case(once), once) << text;
    EXPECT_EQ(nfc(once), once) << text;
  }
}

TEST(Unicode, MappingKeepsNulAndRefusesMalformedText) {
  EXPECT_EQ(fold_case("\u00c4\0B"sv), "\u00e4\0b"sv);
  EXPECT_THROW(static_cast<void>(fold_case("\xff")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(nfc("\xed\xa0\x80")), std::invalid_argument);
}

TEST(Unicode, NamesTheVersionOfItsTables) { EXPECT_GE(unicode_version(), "14"); }

TEST(Unicode, PrintableTextFitsOneLine) {
  EXPECT_TRUE(printable(""));
  EXPECT_TRUE(printable("Gr\u00f6\u00dfe \U0001f600"));
  for (const auto bad : {"a\nb"sv, "a\r"sv, "\t"sv, "\0"sv, "\x1b[31m"sv, "\x7f"sv, "\u0085"sv, "\u2028"sv,
                         "\u2029"sv, "\xff"sv}) {
    EXPECT_FALSE(printable(bad)) << testing::PrintToString(bad);
  }
}

}  // namespace
}  // namespace daybook::text
