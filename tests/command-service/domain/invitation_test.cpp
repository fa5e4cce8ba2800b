// Invitations by e-mail: who sends them, what stands in their way, and what the mail is good for.
#include "command-service/domain/invitation/invitation.hpp"

#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::invitation_test {
namespace {

namespace happened = events::invitation;
using events::MailedTokenId;
using events::Personal;
using invitation::lifetime;

class Invitations : public Office {
 protected:
  const events::InvitationId id = id_of<events::InvitationId>(60), another = id_of<events::InvitationId>(61);
  const MailedTokenId token = id_of<MailedTokenId>(80), newer = id_of<MailedTokenId>(81);
  const std::chrono::seconds week = lifetime;

  text::Instant now() const { return context().now; }
  auto invitation(events::InvitationId which) { return spec<Invitation>(which, acme); }
  static invitation::Send to(const std::string& address, std::optional<MemberRole> role = std::nullopt) {
    invitation::Send send{};
    send.email = Email(address);
    send.role = role;
    send.token_id = id_of<MailedTokenId>(80);
    send.token_hash = "hash";
    return send;
  }
  invitation::Resend again() const { return {newer, "newer hash"}; }
  happened::Sent sent(const std::string& address, MemberRole role = MemberRole::member) const {
    return {Personal(address), role, token, Personal("hash"), now() + lifetime};
  }
  // What the address's owner comes to by the token, `later` after it was sent.
  Result<invitation::Acceptance> accepted(events::InvitationId which, events::UserId who, MailedTokenId shown, const std::string& hash,
                                          std::chrono::seconds later = {}) {
    auto when = context();
    when.user = who;
    when.now += later;
    return invitation::accept(world.state<Invitation>(events::stream_of(which)), world.state<Workspace>(events::stream_of(acme)),
                              world.state<User>(events::stream_of(who)), {shown, hash}, when);
  }
  std::string refusal(events::InvitationId which, events::UserId who, MailedTokenId shown, const std::string& hash,
                      std::chrono::seconds later = {}) {
    const auto result = accepted(which, who, shown, hash, later);
    return result ? "accepted" : result.error().code;
  }
};

TEST_F(Invitations, AnAdminInvitesAnAddressForAWeekAsAMemberUnlessSaidOtherwise) {
  invitation(id).as(ada).when(to("eve@example.org")).then(sent("eve@example.org"));
  invitation(another).as(ada).when(to("kim@example.org", MemberRole::viewer)).then(sent("kim@example.org", MemberRole::viewer));
}

TEST_F(Invitations, MembersAndStrangersInviteNobody) {
  invitation(id).as(max).when(to("eve@example.org")).then_rejected("forbidden");
  invitation(id).as(vic).when(to("eve@example.org")).then_rejected("forbidden");
  invitation(id).as(nora).when(to("eve@example.org")).then_rejected("not-found");
}

TEST_F(Invitations, OnlyAnOwnerInvitesOwnersAndAdminsAndHandlesWhatInvitesThem) {
  for (const auto role : {MemberRole::admin, MemberRole::owner}) invitation(id).as(ada).when(to("eve@example.org", role)).then_rejected("forbidden");
  invitation(id).as(olga).when(to("eve@example.org", MemberRole::owner)).then(sent("eve@example.org", MemberRole::owner));
  invitation(id).as(ada).when(again()).then_rejected("forbidden");
  invitation(id).as(ada).when(invitation::Revoke{}).then_rejected("forbidden");
  invitation(id).as(olga).when(invitation::Revoke{}).then(happened::Revoked{});
}

TEST_F(Invitations, AMemberIsNotInvitedHoweverTheAddressIsWritten) {
  invitation(id).as(ada).when(to("MAX@example.org")).then_rejected("already-exists", "/email");
}

TEST_F(Invitations, SomebodyRegisteredIsInvitedLikeAnybody) {
  invitation(id).as(ada).when(to("nora@example.org")).then(sent("nora@example.org"));
}

TEST_F(Invitations, AnAddressHasOneOpenInvitationToAWorkspace) {
  invitation(id).as(ada).when(to("eve@example.org"));
  invitation(another).as(ada).when(to("EVE@example.org")).then_rejected("already-exists", "/email");
  auto elsewhere = spec<Invitation>(another, other);
  elsewhere.as(nora).when(to("eve@example.org")).then(sent("eve@example.org"));
}

TEST_F(Invitations, WhoWasRevokedMayBeInvitedAgain) {
  invitation(id).as(ada).when(to("eve@example.org")).when(invitation::Revoke{}).then(happened::Revoked{});
  invitation(id).as(ada).when(invitation::Revoke{}).then_nothing();
  invitation(another).as(ada).when(to("eve@example.org")).then(sent("eve@example.org"));
}

TEST_F(Invitations, WhoWasRemovedMayBeInvitedAgain) {
  invitation(id).as(ada).when(to("nora@example.org"));
  invitation(id).given(happened::Accepted{nora, id_of<events::MemberId>(106)});
  workspace().as(ada).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), nora, MemberRole::member});
  invitation(another).as(ada).when(to("nora@example.org")).then_rejected("already-exists", "/email");
  workspace().as(ada).given(events::workspace::MemberRemoved{id_of<events::MemberId>(106), nora});
  invitation(another).as(ada).when(to("nora@example.org")).then(sent("nora@example.org"));
}

TEST_F(Invitations, OneThatLapsedMakesRoomForAnother) {
  invitation(id).as(ada).when(to("eve@example.org"));
  auto later = context();
  later.workspace = &world.state<Workspace>(events::stream_of(acme));
  EXPECT_FALSE(invitation::lapsed_before(to("eve@example.org"), later, world.facts));
  later.now += week;
  EXPECT_EQ(invitation::lapsed_before(to("Eve@example.org"), later, world.facts), events::stream_of(id));
  EXPECT_FALSE(invitation::lapsed_before(to("kim@example.org"), later, world.facts));
  invitation(id).after(week).when(invitation::Expire{}).then(happened::Expired{});
  invitation(another).as(ada).after(week).when(to("eve@example.org"));
  EXPECT_EQ(world.facts.claimed_personal(scope::invited, key_in(acme, "eve@example.org")), events::stream_of(another));
}

TEST_F(Invitations, ItExpiresAfterAWeekAndNotBefore) {
  invitation(id).as(ada).when(to("eve@example.org"));
  invitation(id).after(week - std::chrono::seconds(1)).when(invitation::Expire{}).then_nothing();
  invitation(id).after(week).when(invitation::Expire{}).then(happened::Expired{});
  invitation(id).after(week).when(invitation::Expire{}).then_nothing();
}

TEST_F(Invitations, SendingItAgainReplacesTheTokenAndBeginsAnotherWeek) {
  const std::chrono::hours day{24};
  invitation(id).as(ada).when(to("nora@example.org"));
  invitation(id).as(ada).after(day).when(again()).then(happened::Resent{newer, Personal("newer hash"), now() + day + lifetime});
  EXPECT_EQ(refusal(id, nora, token, "hash", day), "invalid-mailed-token");
  EXPECT_EQ(refusal(id, nora, newer, "newer hash", week), "accepted");
}

TEST_F(Invitations, AMailThatIsOnItsWayIsNotSentAgain) {
  invitation(id).as(ada).when(to("eve@example.org"));
  invitation(id).as(ada).after(std::chrono::seconds(59)).when(again()).then_nothing();
}

TEST_F(Invitations, OneThatExpiredIsOpenedBySendingItAgain) {
  invitation(id).as(ada).when(to("eve@example.org"));
  invitation(id).as(ada).after(week).when(again()).then(happened::Expired{}, happened::Resent{newer, Personal("newer hash"), now() + 2 * lifetime});
  EXPECT_TRUE(world.facts.claimed_personal(scope::invited, key_in(acme, "eve@example.org")));
  // Also where the end was written down, unless the address was invited by another since
  invitation(id).after(2 * week).when(invitation::Expire{});
  invitation(id).as(ada).after(2 * week).when(again()).then(happened::Resent{newer, Personal("newer hash"), now() + 3 * lifetime});
  invitation(id).after(3 * week).when(invitation::Expire{});
  invitation(another).as(ada).after(3 * week).when(to("eve@example.org"));
  invitation(id).as(ada).after(3 * week).when(again()).then_rejected("already-exists");
}

TEST_F(Invitations, OneThatWasAcceptedOrRevokedIsClosed) {
  invitation(id).as(ada).when(to("nora@example.org"));
  invitation(id).given(happened::Accepted{nora, id_of<events::MemberId>(106)});
  invitation(id).as(ada).when(again()).then_rejected("invitation-closed");
  invitation(id).as(ada).when(invitation::Revoke{}).then_rejected("invitation-closed");
  invitation(another).as(ada).when(to("eve@example.org")).when(invitation::Revoke{});
  invitation(another).as(ada).when(again()).then_rejected("invitation-closed");
}

TEST_F(Invitations, RevokingWhatLapsedWritesThatItExpired) {
  invitation(id).as(ada).when(to("eve@example.org"));
  invitation(id).as(ada).after(week).when(invitation::Revoke{}).then(happened::Expired{});
}

TEST_F(Invitations, WhoeverJoinedInAnotherWaySinceGetsNoFurtherMail) {
  invitation(id).as(ada).when(to("nora@example.org"));
  workspace().as(ada).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), nora, MemberRole::member});
  invitation(id).as(ada).after(week).when(again()).then_rejected("already-exists");
}

TEST_F(Invitations, AWorkspaceHasAtMostAThousandOpenOnes) {
  world.facts.counters[{std::string(scope::open_invitations), events::stream_of(acme)}] = invitation::open_max - 1;
  invitation(id).as(ada).when(to("eve@example.org")).then(sent("eve@example.org"));
  invitation(another).as(ada).when(to("kim@example.org")).then_rejected("too-many");
  invitation(id).as(ada).when(invitation::Revoke{});
  invitation(another).as(ada).when(to("kim@example.org")).then(sent("kim@example.org"));
}

TEST_F(Invitations, TheTokenLetsItsAddresseeJoinInTheRoleOfferedAndProvesTheAddress) {
  invitation(id).as(ada).when(to("NORA@example.org", MemberRole::viewer));
  const auto acceptance = accepted(id, nora, token, "hash");
  ASSERT_TRUE(acceptance) << acceptance.error().detail;
  const events::MemberId member{context().fresh_id};
  EXPECT_EQ(acceptance->joined, (events::workspace::MemberJoined{member, nora, MemberRole::viewer}));
  EXPECT_EQ(acceptance->accepted, (happened::Accepted{nora, member}));
  EXPECT_EQ(acceptance->proven, std::vector<events::user::Event>{events::user::EmailVerified{}});
  user(nora).given(events::user::EmailVerified{});
  EXPECT_TRUE(accepted(id, nora, token, "hash")->proven.empty());
}

TEST_F(Invitations, ItIsGoodOnce) {
  invitation(id).as(ada).when(to("nora@example.org"));
  invitation(id).given(happened::Accepted{nora, id_of<events::MemberId>(106)});
  EXPECT_EQ(refusal(id, nora, token, "hash"), "invalid-mailed-token");
}

TEST_F(Invitations, NothingElseIsGood) {
  EXPECT_EQ(refusal(id, nora, token, "hash"), "invalid-mailed-token") << "there is none";
  invitation(id).as(ada).when(to("nora@example.org"));
  EXPECT_EQ(refusal(id, nora, newer, "hash"), "invalid-mailed-token");
  EXPECT_EQ(refusal(id, nora, token, "guessed"), "invalid-mailed-token");
  EXPECT_EQ(refusal(id, nora, token, "hash", week - std::chrono::seconds(1)), "accepted");
  EXPECT_EQ(refusal(id, nora, token, "hash", week), "invalid-mailed-token");
  invitation(id).as(ada).when(invitation::Revoke{});
  EXPECT_EQ(refusal(id, nora, token, "hash"), "invalid-mailed-token");
}

TEST_F(Invitations, ItIsForNobodyElseThoughTheyHoldTheToken) {
  const auto eve = id_of<events::UserId>(6);
  user(eve).given(registered("eve"));
  invitation(id).as(ada).when(to("nora@example.org"));
  EXPECT_EQ(refusal(id, eve, token, "hash"), "other-address");
  EXPECT_EQ(refusal(id, nora, token, "hash"), "accepted") << "and stays good";
}

TEST_F(Invitations, WhoIsAMemberAlreadyDoesNotJoinAgain) {
  invitation(id).as(ada).when(to("nora@example.org"));
  workspace().as(ada).given(events::workspace::MemberJoined{id_of<events::MemberId>(106), nora, MemberRole::member});
  EXPECT_EQ(refusal(id, nora, token, "hash"), "already-exists");
}

TEST_F(Invitations, NobodyJoinsADeletedWorkspace) {
  invitation(id).as(ada).when(to("nora@example.org"));
  workspace().as(olga).given(events::workspace::Deleted{});
  EXPECT_EQ(refusal(id, nora, token, "hash"), "invalid-mailed-token");
  invitation(id).as(ada).when(again()).then_rejected("not-found");
  invitation(another).as(ada).when(to("eve@example.org")).then_rejected("not-found");
}

TEST_F(Invitations, TheSameSentAgainIsTheSame) {
  auto again_in_capitals = to("EVE@example.org");
  EXPECT_TRUE(repeats(sent("eve@example.org"), again_in_capitals, context(), world.facts));
  EXPECT_TRUE(repeats(sent("eve@example.org"), to("eve@example.org", MemberRole::member), context(), world.facts));
  EXPECT_FALSE(repeats(sent("eve@example.org"), to("eve@example.org", MemberRole::viewer), context(), world.facts));
  EXPECT_FALSE(repeats(sent("eve@example.org"), to("kim@example.org"), context(), world.facts));
}

}  // namespace
}  // namespace daybook::domain::invitation_test
