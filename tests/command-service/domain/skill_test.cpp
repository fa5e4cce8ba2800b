#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::skill_test {
namespace {

namespace happened = events::skill;
using events::Patch;
using Skills = Office;

const auto fresh = id_of<events::SkillId>(90);
const auto copy = id_of<events::SkillId>(91);

happened::Published published(const std::string& name = "Review code") {
  happened::Published event{};
  event.name = name;
  event.description = "Reads a change.";
  event.prompt.text = "You are careful.";
  event.category = "code";
  return event;
}
skill::Publish publishing(const std::string& name = "Review code") {
  skill::Publish command{};
  command.name = Name(name);
  command.description = Description("Reads a change.");
  command.prompt = Prompt("You are careful.");
  command.category = Name("code");
  return command;
}

TEST_F(Skills, AMemberPublishesOneThatIsNotListedUnlessSaid) {
  auto spec = skill(fresh);
  spec.as(max).when(publishing()).then(published());
  EXPECT_EQ(spec.state().revision, 1);
  EXPECT_FALSE(spec.state().is_public);
  EXPECT_FALSE(spec.state().rating);
  spec.when(publishing()).then_rejected("already-exists", "/id");
  skill(copy).as(vic).when(publishing()).then_rejected("forbidden");
  auto command = publishing();
  command.is_public = true;
  command.tags = std::vector{Tag("review"), Tag("code"), Tag("review")};
  auto event = published();
  event.is_public = true;
  event.tags = {"review", "code"};
  skill(copy).as(max).when(command).then(event);
}

TEST_F(Skills, SchemasAreSchemasAndRequirementsAList) {
  auto command = publishing();
  command.input_schema = events::Json{R"({"type":"object","properties":{"path":{"type":"text"}}})"};
  skill(fresh).as(max).when(command).then_rejected("invalid-schema", "/input_schema/properties/path/type");
  command.input_schema = events::Json{R"({"type":"object"})"};
  command.output_schema = events::Json{"[]"};
  skill(fresh).as(max).when(command).then_rejected("invalid-schema", "/output_schema");
  command.output_schema = events::Json{"true"};
  command.mcp_requirements = events::Json{R"({"server":"files"})"};
  skill(fresh).as(max).when(command).then_rejected("wrong-type", "/mcp_requirements");
  command.mcp_requirements = events::Json{R"(["files"])"};
  skill(fresh).as(max).when(command);
  EXPECT_EQ(skill(fresh).state().mcp_requirements.text, R"(["files"])");
}

TEST_F(Skills, TagsAreFewAndEachOnce) {
  auto command = publishing();
  command.tags.emplace();
  for (int n = 0; n < 21; ++n) command.tags->push_back(Tag("tag " + std::to_string(n)));
  skill(fresh).as(max).when(command).then_rejected("too-many", "/tags");
  command.tags->pop_back();
  auto spec = skill(fresh);
  spec.as(max).when(command);
  skill::Revise revise{};
  revise.tags = std::vector{Tag("a"), Tag("b"), Tag("a")};
  spec.when(revise).then(happened::TagsChanged{{"a", "b"}}).when(revise).then_nothing();
  revise.tags = Patch<std::vector<Tag>>::cleared();
  spec.when(revise).then(happened::TagsChanged{{}});
  EXPECT_EQ(spec.state().revision, 1) << "tags are no revision";
}

TEST_F(Skills, ARevisionIsOneMoreWithItsChangelog) {
  auto spec = skill(fresh);
  spec.as(max).when(publishing());
  skill::Revise revise{};
  revise.prompt = Prompt("You are quick.");
  revise.changelog = Description("faster");
  happened::Revised event{"Review code", "Reads a change.", {"You are quick."}, "code", {}, events::Json{"[]"}, {}, {}, "faster"};
  spec.when(revise).then(event).when(revise).then_nothing();
  EXPECT_EQ(spec.state().revision, 2);
  EXPECT_EQ(spec.state().changelog, "faster");
  revise.prompt = Patch<Prompt>::cleared();
  spec.when(revise).then_rejected("required", "/prompt");
}

TEST_F(Skills, OnlyItsAuthorOrAnAdminChangesASkill) {
  workspace().as(olga).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), nora, MemberRole::member});
  auto spec = skill(fresh);
  spec.as(max).when(publishing());
  skill::Revise revise{};
  revise.name = Name("Mine");
  spec.as(nora).when(revise).then_rejected("forbidden");
  spec.when(skill::List{}).then_rejected("forbidden");
  spec.when(skill::Withdraw{}).then_rejected("forbidden");
  spec.as(ada).when(revise).when(skill::List{}).then(happened::Listed{}).when(skill::List{}).then_nothing();
  spec.as(max).when(skill::Unlist{}).then(happened::Unlisted{}).when(skill::Unlist{}).then_nothing();
  spec.when(skill::Withdraw{}).then(happened::Withdrawn{}).when(skill::Withdraw{}).then_rejected("not-found");
  spec.when(skill::Use{}).then_rejected("not-found");
  spec.as(nora).when(skill::Restore{}).then_rejected("forbidden");
  spec.as(ada).when(skill::Restore{}).then(happened::Restored{}).when(skill::Restore{}).then_nothing();
}

TEST_F(Skills, OnlyASuperuserMakesOneOfficial) {
  auto spec = skill(fresh);
  spec.as(max).when(publishing());
  spec.as(olga).when(skill::MakeOfficial{}).then_rejected("forbidden");
  spec.context().is_superuser = true;
  spec.when(skill::MakeOfficial{}).then(happened::MadeOfficial{}).when(skill::MakeOfficial{}).then_nothing();
}

TEST_F(Skills, AnotherWorkspaceSeesAListedOneAlone) {
  auto theirs = skill(fresh);
  theirs.as(max).when(publishing());
  auto strange = spec<Skill>(fresh, other);
  strange.as(nora).when(skill::Use{}).then_rejected("not-found");
  strange.when(skill::Review{{}, 5, {}}).then_rejected("not-found");
  theirs.when(skill::List{});
  strange.when(skill::Use{}).then(happened::Used{1});
  skill::Revise revise{};
  revise.name = Name("Mine");
  strange.when(revise).then_rejected("not-found");
  strange.when(skill::Withdraw{}).then_rejected("not-found");
  workspace().as(olga).given(events::workspace::Deleted{});
  strange.when(skill::Use{}).then_rejected("not-found");
}

TEST_F(Skills, AForkIsAnUnlistedCopyAndCountsAtItsOriginal) {
  auto original = skill(fresh);
  auto command = publishing();
  command.tags = std::vector{Tag("code")};
  command.is_public = true;
  original.as(max).when(command);
  auto context = spec<Skill>(copy, other).as(nora).context();
  context.workspace = &world.state<Workspace>(events::stream_of(other));
  context.role = MemberRole::owner;
  skill::Fork fork{};
  fork.skill_id = fresh;
  const auto forked = domain::skill::fork(events::skill::State{}, original.state(), fork, context, world.facts);
  ASSERT_TRUE(forked);
  auto expected = published();
  expected.tags = {"code"};
  expected.forked_from_id = fresh;
  expected.forked_from_revision = 1;
  EXPECT_EQ(forked->copy, expected);
  EXPECT_EQ(forked->original, happened::Forked{1});
  EXPECT_TRUE(repeats(forked->copy, fork, context, world.facts));
  fork.name = Name("Another");
  EXPECT_FALSE(repeats(forked->copy, fork, context, world.facts));
  EXPECT_EQ(domain::skill::fork(events::skill::State{}, original.state(), fork, context, world.facts)->copy.name, "Another");
  original.when(skill::Unlist{});
  const auto hidden = domain::skill::fork(events::skill::State{}, original.state(), fork, context, world.facts);
  ASSERT_FALSE(hidden);
  EXPECT_EQ(hidden.error().code, "not-found");
}

}  // namespace
}  // namespace daybook::domain::skill_test
