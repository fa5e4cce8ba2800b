#include "command-service/domain/core/texts.hpp"

#include <gtest/gtest.h>

namespace daybook::domain::texts_test {
namespace {

template <class T>
std::string code_of(const std::string& words) {
  const auto refusal = T::rule(words);
  return refusal ? std::string(refusal->code) : "fine";
}

TEST(Texts, ANameIsOnePrintableLineOfAtMost255CharactersThatSaysSomething) {
  EXPECT_EQ(code_of<Name>("Zażółć gęślą jaźń"), "fine");
  EXPECT_EQ(code_of<Name>(std::string(255, 'a')), "fine");
  EXPECT_EQ(code_of<Name>(std::string(256, 'a')), "too-long");
  EXPECT_EQ(code_of<Name>(""), "blank");
  EXPECT_EQ(code_of<Name>(" \t "), "blank");
  EXPECT_EQ(code_of<Name>("\u00a0\u3000"), "blank");
  EXPECT_EQ(code_of<Name>("two\nlines"), "invalid");
  EXPECT_EQ(code_of<Name>("\xff"), "invalid");
}

TEST(Texts, LengthIsCountedInCharactersNotBytes) {
  std::string words;
  for (int i = 0; i < 255; ++i) words += "ż";
  EXPECT_EQ(code_of<Title>(words), "fine");
  EXPECT_EQ(code_of<Title>(words + "ż"), "too-long");
}

TEST(Texts, ADescriptionMayBeEmptyAndHasAtMost64KiB) {
  EXPECT_EQ(code_of<Description>(""), "fine");
  EXPECT_EQ(code_of<Description>("two\nlines"), "fine");
  EXPECT_EQ(code_of<Description>(std::string(65536, 'a')), "fine");
  EXPECT_EQ(code_of<Description>(std::string(65537, 'a')), "too-long");
}

TEST(Texts, ContentMustSaySomething) {
  EXPECT_EQ(code_of<Content>("Done.\n\nSee *below*."), "fine");
  EXPECT_EQ(code_of<Content>(" \n\n"), "blank");
  EXPECT_EQ(code_of<Content>(""), "blank");
}

TEST(Texts, AnEmailAddressHasALocalPartAndADomain) {
  for (const auto* good :
       {"ada@example.org", "a.b+c@mail.example.org", "o'neil@x-y.example", "ada@localhost"})
    EXPECT_EQ(code_of<Email>(good), "fine") << good;
  for (const auto* bad :
       {"ada", "@example.org", "ada@", "a b@example.org", ".ada@example.org", "ada@exa mple.org",
        "ada@-x.org", "ada@example..org", "ada@b@example.org", "<ada@example.org>"})
    EXPECT_EQ(code_of<Email>(bad), "invalid") << bad;
  EXPECT_EQ(code_of<Email>(std::string(65, 'a') + "@example.org"), "invalid");
  EXPECT_EQ(code_of<Email>("a@" + std::string(260, 'a')), "too-long");
}

TEST(Texts, AUsernameHasNoSpacesAtItsEnds) {
  EXPECT_EQ(code_of<Username>("Ada Lovelace"), "fine");
  EXPECT_EQ(code_of<Username>(" ada"), "invalid");
  EXPECT_EQ(code_of<Username>("ada "), "invalid");
  EXPECT_EQ(code_of<Username>(std::string(101, 'a')), "too-long");
}

TEST(Texts, APasswordHas8To128CharactersOfAnyKind) {
  EXPECT_EQ(code_of<Password>("1234567"), "too-short");
  EXPECT_EQ(code_of<Password>("żółżółżó"), "fine");
  EXPECT_EQ(code_of<Password>(std::string(128, ' ')), "fine");
  EXPECT_EQ(code_of<Password>(std::string(129, 'a')), "too-long");
}

TEST(Texts, ASlugIsLowerCaseWithSingleHyphensInside) {
  for (const auto* good : {"a", "acme", "acme-2", "0-0"}) EXPECT_EQ(code_of<Slug>(good), "fine") << good;
  for (const auto* bad : {"Acme", "-a", "a-", "a--b", "a_b", "é"})
    EXPECT_EQ(code_of<Slug>(bad), "invalid") << bad;
  EXPECT_EQ(code_of<Slug>(""), "blank");
  EXPECT_EQ(code_of<Slug>(std::string(101, 'a')), "too-long");
}

TEST(Texts, KeysAndPrefixesAreCapitalsAndDigits) {
  EXPECT_EQ(code_of<ProjectKey>("A1"), "fine");
  for (const auto* bad : {"A", "1A", "Ab", "", "ABCDEFGHIJKLMNOPQRSTU"})
    EXPECT_EQ(code_of<ProjectKey>(bad), "invalid") << bad;
  EXPECT_EQ(code_of<IssuePrefix>("A"), "fine");
  for (const auto* bad : {"", "1", "a", "A-B", "ABCDEFGHIJKLMNOPQRSTU"})
    EXPECT_EQ(code_of<IssuePrefix>(bad), "invalid") << bad;
}

TEST(Texts, ColoursCurrenciesZonesLocalesAndUrlsKeepTheirShape) {
  EXPECT_EQ(code_of<Color>("#00FFaa"), "fine");
  EXPECT_EQ(code_of<Color>("#0fa"), "invalid");
  EXPECT_EQ(code_of<Color>("#00ffgg"), "invalid");
  EXPECT_EQ(code_of<Currency>("EUR"), "fine");
  EXPECT_EQ(code_of<Currency>("eur"), "invalid");
  EXPECT_EQ(code_of<Timezone>("America/Port-au-Prince"), "fine");
  EXPECT_EQ(code_of<Timezone>("+2"), "invalid");
  EXPECT_EQ(code_of<Locale>("pt-BR"), "fine");
  EXPECT_EQ(code_of<Locale>("x"), "invalid");
  EXPECT_EQ(code_of<Url>("https://example.org/a?b"), "fine");
  EXPECT_EQ(code_of<Url>("ftp://example.org"), "invalid");
  EXPECT_EQ(code_of<Url>("https:///path"), "invalid");
}

}  // namespace
}  // namespace daybook::domain::texts_test
