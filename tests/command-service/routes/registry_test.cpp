// What every declared command must have, so that a line in an aggregate's file is enough.
#include "command-service/routes/registry.hpp"

#include "tests/command-service/routes/desk.hpp"

namespace daybook::routes::test {
namespace {

TEST(Registry, EveryCommandHasAPathAndAView) {
  EXPECT_GT(commands().size(), 30u);
  for (const auto& [type, command] : commands()) {
    EXPECT_EQ(type, command.type());
    EXPECT_FALSE(command.paths.empty()) << type;
    EXPECT_NE(command.view.json, nullptr) << type;
    EXPECT_NE(command.ops.body, nullptr) << type;
  }
}

TEST(Registry, APathNamesWhatItsCommandIsAbout) {
  for (const auto& [type, command] : commands()) {
    if (command.target.parameter.empty()) continue;
    const auto named = "{" + std::string(command.target.parameter) + "}";
    for (const auto& path : command.paths) EXPECT_NE(path.find(named), path.npos) << type << ": " << path;
  }
}

TEST(Registry, ACommandAboutAPartOfAStreamKnowsTheFieldOfItsId) {
  for (const auto& [type, command] : commands()) EXPECT_EQ(command.target.part, command.ops.name_part != nullptr) << type;
}

class RoutesOfCommands : public Desk {};

TEST_F(RoutesOfCommands, EveryRouteHasAnIdOfItsOwnAndSaysWhatItAnswers) {
  std::set<std::string_view> ids;
  for (const auto& route : api->routes()) EXPECT_TRUE(ids.insert(route.id).second) << route.id;
  const auto route = std::find_if(api->routes().begin(), api->routes().end(), [](const auto& r) { return r.id == "attachIssueLabelByPath"; });
  ASSERT_NE(route, api->routes().end());
  EXPECT_EQ(route->path, "/api/v1/workspaces/{workspace}/issues/{issue}/labels/{label}");
  EXPECT_EQ(route->body, nullptr);
  EXPECT_NE(route->reply, nullptr);
  EXPECT_EQ(route->status, 201);
}

}  // namespace
}  // namespace daybook::routes::test
