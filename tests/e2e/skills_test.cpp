// Skills: revisions, reviews and their figures, forks, and what everybody may read of those that are listed.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"

namespace daybook::test::skills_test {
namespace {

class Skills : public ::testing::Test {
 protected:
  std::string published(const std::string& name = "Review code") {
    const auto made = owner_.post(team_.in("/skills"), object("name", name, "description", "Reads a change.", "prompt", "You are careful.",
                                                              "category", "code", "tags", std::vector<std::string>{"review", "code"}));
    EXPECT_EQ(made.status, 201) << made;
    return made.id();
  }
  std::string listed(const std::string& name = "Review code") {
    const auto id = published(name);
    EXPECT_EQ(owner_.post(team_.in("/skills/" + id + "/list")).status, 200);
    return id;
  }
  static std::string in_market(const std::string& id, const std::string& rest = "") { return "/marketplace/skills/" + id + rest; }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  Caller& owner_ = team_.owner;
};

TEST_F(Skills, EachRevisionCountsOneMoreAndEarlierOnesAreReadable) {
  const auto id = published();
  const auto skill = team_.in("/skills/" + id);
  const auto revised = owner_.patch(skill, object("prompt", "You are quick.", "changelog", "faster", "tags", std::vector<std::string>{"fast"}));
  ASSERT_EQ(revised.status, 200) << revised;
  EXPECT_EQ(revised.number("/revision"), 2);
  EXPECT_EQ(revised.text("/tags/0"), "fast");
  const auto versions = owner_.get(skill + "/versions");
  ASSERT_EQ(versions.rows().size(), 2u) << versions;
  EXPECT_EQ(versions.text("/data/0/changelog"), "faster");
  EXPECT_FALSE(versions.at("/data/0").as_object().contains("prompt"));
  EXPECT_EQ(owner_.get(skill + "/versions/1").text("/prompt"), "You are careful.");
  EXPECT_EQ(owner_.get(skill + "/versions/3").status, 404);
  EXPECT_EQ(owner_.get(skill + "/history").text("/data/0/type"), "skill.tags_changed");
  EXPECT_EQ(owner_.get(team_.in("/skills?tag=fast")).rows().size(), 1u);
  EXPECT_EQ(owner_.get(team_.in("/skills?tag=fast&tag=review")).rows().size(), 0u);
  EXPECT_EQ(owner_.get(team_.in("/search?q=quick&type=skill&expand=entity")).text("/data/0/entity/id"), id);
}

TEST_F(Skills, ASchemaThatIsNoneIsRefusedByItsPlace) {
  const auto refused = owner_.post(team_.in("/skills"), R"({"name":"x","description":"x","prompt":"x","category":"x",
      "input_schema":{"type":"object","properties":{"n":{"minimum":"1"}}}})");
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.code(), "invalid-schema");
  EXPECT_EQ(refused.pointer(), "/input_schema/properties/n/minimum");
}

TEST_F(Skills, ListedOnesAreReadableByEverybodyAndOthersByNobodyElse) {
  const auto id = published();
  auto stranger = newcomer(daybook_, "stranger");
  EXPECT_EQ(stranger.get(in_market(id)).status, 404);
  EXPECT_EQ(stranger.get(in_market(id, "/reviews")).status, 404);
  ASSERT_EQ(owner_.post(team_.in("/skills/" + id + "/list")).status, 200);
  const auto one = stranger.get(in_market(id));
  ASSERT_EQ(one.status, 200) << one;
  EXPECT_EQ(one.text("/prompt"), "You are careful.");
  EXPECT_EQ(stranger.get(team_.in("/skills/" + id)).status, 404) << "the workspace is none of theirs";
  const auto mine = "?category=code&author=" + owner_.user_id;
  EXPECT_EQ(stranger.get("/marketplace/skills" + mine + "&q=careful&tag=review").rows().size(), 1u);
  for (const auto* gone : {"/unlist", ""}) {
    const auto skill = team_.in("/skills/" + id);
    if (*gone) ASSERT_EQ(owner_.post(skill + gone).status, 200);
    else ASSERT_EQ(owner_.remove(skill).status, 204);
    EXPECT_EQ(stranger.get(in_market(id)).status, 404);
    EXPECT_EQ(stranger.get("/marketplace/skills" + mine).rows().size(), 0u);
    if (*gone) ASSERT_EQ(owner_.post(skill + "/list").status, 200);
    else ASSERT_EQ(owner_.post(skill + "/restore").status, 200);
    EXPECT_EQ(stranger.get(in_market(id)).status, 200);
  }
  ASSERT_EQ(owner_.remove(team_.in()).status, 204);
  EXPECT_EQ(stranger.get(in_market(id)).status, 404) << "what lies in a deleted workspace is hidden";
}

TEST_F(Skills, ReviewsFromEveryWorkspaceMakeItsRatingAndEachPersonHasOne) {
  const auto id = listed();
  Team others(daybook_, "Others");
  auto member = others.joined_by(daybook_, "member");
  const auto skill_there = others.in("/skills/" + id);
  const auto mine = owner_.post(team_.in("/skills/" + id + "/reviews"), object("rating", 5, "comment", "Fine."));
  ASSERT_EQ(mine.status, 201) << mine;
  const auto theirs = others.owner.post(skill_there + "/reviews", object("rating", 4));
  ASSERT_EQ(theirs.status, 201) << theirs;
  ASSERT_EQ(member.post(skill_there + "/reviews", object("rating", 4)).status, 201);
  EXPECT_EQ(member.post(skill_there + "/reviews", object("rating", 1)).status, 409);
  const auto rating = [&] { return json::serialize(owner_.get(team_.in("/skills/" + id)).at("/rating")); };
  EXPECT_EQ(json::parse(rating()).to_number<double>(), 4.33);
  ASSERT_EQ(others.owner.patch(skill_there + "/reviews/" + theirs.id(), object("rating", 1)).status, 200);
  EXPECT_EQ(json::parse(rating()).to_number<double>(), 3.33);
  EXPECT_EQ(others.owner.remove(skill_there + "/reviews/" + mine.id()).status, 403);
  ASSERT_EQ(owner_.remove(team_.in("/skills/" + id + "/reviews/" + theirs.id())).status, 204) << "its own admins may";
  EXPECT_EQ(json::parse(rating()).to_number<double>(), 4.5);
  const auto reviews = others.owner.get(in_market(id, "/reviews?expand=user"));
  ASSERT_EQ(reviews.rows().size(), 2u) << reviews;
  EXPECT_EQ(owner_.get(team_.in("/skills/" + id + "/reviews?sort=-rating")).text("/data/0/comment"), "Fine.");
  EXPECT_EQ(owner_.get(team_.in("/skills?sort=-rating")).text("/data/0/id"), id);
}

TEST_F(Skills, AForkIsAWorkspacesOwnAndCountsOnceHoweverOftenItIsSent) {
  const auto id = listed();
  Team others(daybook_, "Others");
  const auto fork_id = "01a00000-0000-7000-8000-" + id.substr(24);
  const auto body = object("id", fork_id, "name", "Our review");
  for (int sent = 0; sent < 2; ++sent) {
    const auto forked = others.owner.post(others.in("/skills/" + id + "/fork"), body);
    ASSERT_EQ(forked.status, 201) << forked;
    EXPECT_EQ(forked.text("/forked_from_id"), id);
    EXPECT_EQ(forked.header("Location"), "/api/v1" + others.in("/skills/" + fork_id));
    EXPECT_EQ(forked.text("/workspace_id"), others.id);
  }
  const auto copy = others.owner.get(others.in("/skills/" + fork_id));
  EXPECT_EQ(copy.text("/name"), "Our review");
  EXPECT_EQ(copy.text("/prompt"), "You are careful.");
  EXPECT_EQ(copy.text("/tags/1"), "code");
  EXPECT_FALSE(copy.at("/is_public").as_bool());
  const auto original = owner_.get(team_.in("/skills/" + id));
  EXPECT_EQ(original.number("/fork_count"), 1);
  EXPECT_EQ(original.raw.find(others.id), original.raw.npos);
  EXPECT_EQ(owner_.get(team_.in("/skills/" + id + "/history")).raw.find(others.id), std::string::npos) << "whose copy it is stays theirs";
  ASSERT_EQ(owner_.post(team_.in("/skills/" + id + "/unlist")).status, 200);
  EXPECT_EQ(others.owner.post(others.in("/skills/" + id + "/fork")).status, 404);
  EXPECT_EQ(others.owner.get(others.in("/skills/" + fork_id)).status, 200);
}

TEST_F(Skills, UsesAreCountedWhereverTheyHappen) {
  const auto id = listed();
  Team others(daybook_, "Others");
  ASSERT_EQ(owner_.post(team_.in("/skills/" + id + "/use")).status, 200);
  ASSERT_EQ(others.owner.post(others.in("/skills/" + id + "/use")).status, 200);
  EXPECT_EQ(owner_.get(team_.in("/skills/" + id)).number("/usage_count"), 2);
  const auto hidden = published("Hidden");
  EXPECT_EQ(others.owner.post(others.in("/skills/" + hidden + "/use")).status, 404);
}

}  // namespace
}  // namespace daybook::test::skills_test
