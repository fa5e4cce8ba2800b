// Which version comes first, by the table of semver.org and what it leaves to think of.
#include "command-service/domain/blueprint/version.hpp"

#include <gtest/gtest.h>

namespace daybook::domain::blueprint {
namespace {

TEST(SemanticVersions, StandInTheOrderOfTheirPrecedence) {
  const std::vector<std::string> ascending{
      "0.0.0",       "0.0.4",       "0.9.9",      "1.0.0-0",         "1.0.0-0.3.7",  "1.0.0-2",      "1.0.0-11",
      "1.0.0-A",     "1.0.0-a",     "1.0.0-a.b",  "1.0.0-a-b",       "1.0.0-alpha",  "1.0.0-alpha.1", "1.0.0-alpha.beta",
      "1.0.0-beta",  "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",  "1.0.0-x.7.z.92", "1.0.0",       "1.0.10",
      "1.2.0-rc.1",  "1.2.0",       "1.10.0",     "2.0.0",           "2.1.0",        "2.1.1",        "10.0.0",
      "99999999999999999998.0.0",   "99999999999999999999.0.0"};
  for (std::size_t i = 0; i < ascending.size(); ++i)
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      const auto a = SemanticVersion::parse(ascending[i]), b = SemanticVersion::parse(ascending[j]);
      ASSERT_TRUE(a) << ascending[i];
      ASSERT_TRUE(b) << ascending[j];
      EXPECT_EQ(*a <=> *b, i <=> j) << ascending[i] << " and " << ascending[j];
    }
}

TEST(SemanticVersions, DoNotDifferByTheirBuild) {
  EXPECT_EQ(*SemanticVersion::parse("1.0.0+a"), *SemanticVersion::parse("1.0.0+b.007.-"));
  EXPECT_EQ(*SemanticVersion::parse("1.0.0-rc.1+5114f85"), *SemanticVersion::parse("1.0.0-rc.1"));
}

TEST(SemanticVersions, AreNothingElse) {
  for (const auto* odd : {"", "1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.02.3", "1.2.03", "1.2.3-", "1.2.3-01", "1.2.3-a..b", "1.2.3-a.",
                          "1.2.3+", "1.2.3+a..b", "1.2.3+a+b", "1.2.3-a_b", " 1.2.3", "1.2.3 ", "1.-2.3", "a.b.c", "1.2.x", "1..3", "+1.2.3"})
    EXPECT_FALSE(SemanticVersion::parse(odd)) << odd;
  for (const auto* fine : {"0.0.0", "1.2.3-a-b", "1.2.3--", "1.2.3-0a", "1.2.3+001", "1.0.0-0-0", "1.0.0+-"})
    EXPECT_TRUE(SemanticVersion::parse(fine)) << fine;
}

}  // namespace
}  // namespace daybook::domain::blueprint
