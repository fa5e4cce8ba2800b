// Erasing over the route: who may, what goes with the person, and what the reply names.
#include "tests/command-service/log/appender/commands.hpp"
#include "tests/command-service/routes/desk.hpp"

namespace daybook::routes::test {
namespace {

class Erasing : public Desk {
 protected:
  Erasing() {
    eve_ = sign_up("eve");
    const auto user = events::stream_of(events::UserId::parse(ann.id).value());
    log::test::send(*tools.appender, log::test::one(log::test::happened<domain::User>(user, std::nullopt, {events::user::SuperuserGranted{}})));
    tools.find_traces = [this](events::UserId) { return traces_; };
  }
  // Below a workspace where eve is not, so that she can be invited.
  std::string invite(const std::string& address) {
    const auto other = post("/workspaces", R"({"name":"Other"})").id();
    const auto sent = post("/workspaces/" + other + "/invitations", R"({"email":")" + address + R"("})");
    EXPECT_EQ(sent.status, 201) << sent;
    traces_.invitations.push_back(events::InvitationId::parse(sent.id()).value());
    return sent.id();
  }
  void take_key_of_eve() {
    EXPECT_EQ(post(in("/members"), R"({"user_id":")" + eve_.id + R"(","role":"member"})").status, 201);
    const auto key = send(eve_, "POST", in("/api-keys"), R"({"name":"Mirror","permissions":["issues:read"]})");
    EXPECT_EQ(key.status, 201) << key;
    traces_.api_keys.push_back(events::ApiKeyId::parse(key.id()).value());
  }
  Reply erase() { return post("/users/" + eve_.id + "/erase"); }
  void leave() { EXPECT_EQ(send(eve_, "DELETE", "/me").status, 204); }
  std::vector<std::string> types_after(std::int64_t position) {
    std::vector<std::string> types;
    for (const auto& event : log->read(events::Position{position}, 1000, 8 << 20)) types.push_back(event.type);
    return types;
  }

  Person eve_;
  Traces traces_;
};

TEST_F(Erasing, TakesInvitationsAndKeysAlongInOneAppend) {
  invite("EVE@example.org");
  take_key_of_eve();
  leave();
  const auto before = head();
  const auto heads_before = log->heads(events::Position{}, log->head().position).size();
  const auto erased = erase();
  ASSERT_EQ(erased.status, 200) << erased;
  EXPECT_EQ(erased.text("/user_id"), eve_.id);
  EXPECT_FALSE(erased.text("/erased_at").empty());
  EXPECT_EQ(types_after(before), (std::vector<std::string>{"invitation.revoked", "invitation.erased", "api_key.revoked", "user.erased"}));
  EXPECT_EQ(log->heads(events::Position{}, log->head().position).size(), heads_before + 1);
  EXPECT_EQ(erase().text("/erased_at"), erased.text("/erased_at"));
  EXPECT_EQ(types_after(before).size(), 4u) << "once more changes nothing";
  EXPECT_EQ(sign_up("eve").id.empty(), false) << "the address is free";
}

TEST_F(Erasing, LeavesAloneWhatIsNotTheirs) {
  invite("kim@example.org");
  leave();
  const auto before = head();
  ASSERT_EQ(erase().status, 200);
  EXPECT_EQ(types_after(before), std::vector<std::string>{"user.erased"});
}

TEST_F(Erasing, NamesWhereOthersWroteOfThem) {
  traces_.mentions = {{"comment", events::EntityId{tools.ids->next()}, events::WorkspaceId{tools.ids->next()}, "/api/v1/somewhere"}};
  traces_.more_mentions = true;
  leave();
  const auto erased = erase();
  ASSERT_EQ(erased.status, 200) << erased;
  EXPECT_EQ(erased.text("/mentions/0/type"), "comment");
  EXPECT_EQ(erased.text("/mentions/0/link"), "/api/v1/somewhere");
  EXPECT_TRUE(erased.at("/more_mentions").as_bool());
}

TEST_F(Erasing, IsRefusedBeforeDeletionToOthersAndOfNobody) {
  EXPECT_EQ(erase().code(), "not-deleted");
  const auto path = "/users/" + eve_.id + "/erase";
  EXPECT_EQ(send(sign_up("max"), "POST", path).status, 403);
  EXPECT_EQ(send({}, "POST", path).status, 401);
  EXPECT_EQ(post("/users/" + crew + "/erase").status, 404);
  EXPECT_EQ(post("/users/eve/erase").status, 404);
}

TEST_F(Erasing, WritesNothingWhereNobodyCanTellWhatGoesWithThem) {
  tools.find_traces = [](events::UserId) -> Traces { throw std::runtime_error("away"); };
  leave();
  const auto before = head();
  EXPECT_EQ(erase().status, 503);
  EXPECT_EQ(head(), before);
}

}  // namespace
}  // namespace daybook::routes::test
