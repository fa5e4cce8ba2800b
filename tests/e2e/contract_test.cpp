// The OpenAPI document that is served is the one that is checked in.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/e2e/caller.hpp"

namespace daybook::test::contract_test {
namespace {

TEST(Contract, TheServedDocumentIsTheOneThatIsCheckedIn) {
  std::ifstream file("schemas/openapi.json");
  std::ostringstream text;
  text << file.rdbuf();
  const auto checked_in = json::parse(text.str());
  Caller anybody(DaybookProcess::shared());
  for (const auto* const path : {"//openapi.json", "/openapi.json"}) {
    const auto served = anybody.get(path);
    ASSERT_EQ(served.status, 200) << path;
    const auto& paths = served.at("/paths").as_object();
    for (const auto& [route, item] : checked_in.at("paths").as_object())
      EXPECT_TRUE(paths.contains(route)) << route << " is not served: add its list of routes to the program";
    for (const auto& [route, item] : paths)
      EXPECT_TRUE(checked_in.at("paths").as_object().contains(route))
          << route << " is not checked in: add its list of routes to tests/contracts/routes.cpp";
    EXPECT_EQ(served.body == checked_in, true)
        << path << " serves another document than schemas/openapi.json";
  }
}

}  // namespace
}  // namespace daybook::test::contract_test
