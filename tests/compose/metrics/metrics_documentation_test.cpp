// docs/operations.md lists every metric that is declared, and no other.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "compose/daybook/metrics.hpp"

namespace daybook::app {
namespace {

constexpr const char* kinds[] = {"counter", "gauge", "histogram"};

// Rows of the table: | `daybook_…{labels}` | kind | …
std::set<std::string> documented() {
  std::ifstream file("docs/operations.md");
  const std::regex row(R"(^\| `((?:daybook|process)_[a-z_]+)(?:\{[a-z,_]*\})?` \| (counter|gauge|histogram) \| .+ \|$)");
  std::set<std::string> names;
  std::smatch match;
  for (std::string line; std::getline(file, line);)
    if (std::regex_match(line, match, row)) { EXPECT_TRUE(names.insert(match[1].str() + " " + match[2].str()).second) << line; }
  return names;
}

TEST(MetricsDocumentation, ListsWhatIsDeclared) {
  std::set<std::string> declared;
  for (const auto& definition : metric_definitions()) {
    EXPECT_TRUE(declared.insert(std::string(definition.name) + " " + kinds[static_cast<std::size_t>(definition.kind)]).second) << definition.name;
    EXPECT_FALSE(definition.help.empty()) << definition.name;
  }
  EXPECT_EQ(documented(), declared);
}

TEST(MetricsDocumentation, NamesTellKindAndUnitAsPrometheusWants) {
  for (const auto& definition : metric_definitions())
    EXPECT_EQ(definition.name.ends_with("_total"), definition.kind == metrics::Kind::counter) << definition.name;
}

}  // namespace
}  // namespace daybook::app
