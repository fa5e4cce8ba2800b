// Invitations by e-mail, from the mail in the outbox to the membership.
#include <gtest/gtest.h>

#include "tests/e2e/caller.hpp"
#include "tests/e2e/outbox.hpp"
#include "tests/e2e/personal/dump.hpp"

namespace daybook::test::invitations_test {
namespace {

constexpr const char* subject = "You are invited to Rocket Lab";

std::string new_address() { return random_name("invited") + "@example.org"; }

class Invitations : public ::testing::Test {
 protected:
  Reply invite(const std::string& address, const std::string& role = "member") {
    return team_.owner.post(team_.in("/invitations"), object("email", address, "role", role));
  }
  std::string token_for(const std::string& address) { return token_in(mail_to(daybook_, address, subject)); }
  Reply accept(Caller& who, const std::string& token) { return who.post("/invitations/" + token + "/accept"); }
  // Somebody who registers with the address, however they write it.
  Caller registered(const std::string& address) {
    Caller person(daybook_);
    const auto reply = person.post("/auth/register", object("email", address, "password", usual_password));
    EXPECT_EQ(reply.status, 201) << reply;
    person.token = reply.text("/access_token");
    person.user_id = reply.text("/user/id");
    person.email = address;
    return person;
  }
  std::string status_of(const Reply& invitation) { return team_.owner.get(team_.in("/invitations/" + invitation.id())).text("/status"); }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
};

TEST_F(Invitations, WhoIsInvitedRegistersAcceptsAndIsAMember) {
  // Given an invitation to an address that nobody has
  const auto address = new_address();
  const auto sent = invite(address, "viewer");
  ASSERT_EQ(sent.status, 201) << sent;
  EXPECT_EQ(sent.text("/email"), address);
  EXPECT_EQ(sent.text("/status"), "open");
  const auto mail = mail_to(daybook_, address, subject);
  EXPECT_NE(mail.find("as viewer"), mail.npos) << mail;
  EXPECT_NE(mail.find("POST /api/v1/invitations/{token}/accept"), mail.npos) << mail;
  const auto token = token_in(mail);

  // When they register with it, however they write it, and accept
  auto in_capitals = address;
  in_capitals.front() = 'I';
  auto eve = registered(in_capitals);
  EXPECT_EQ(eve.get(team_.in()).status, 404);
  EXPECT_FALSE(eve.get("/me").at("/email_verified").as_bool());
  const auto accepted = accept(eve, token);

  // Then they are a member in the role that was offered, and the mail has proved their address
  ASSERT_EQ(accepted.status, 200) << accepted;
  EXPECT_EQ(accepted.text("/user_id"), eve.user_id);
  EXPECT_EQ(accepted.text("/workspace_id"), team_.id);
  EXPECT_EQ(accepted.text("/role"), "viewer");
  EXPECT_EQ(eve.get(team_.in()).status, 200);
  EXPECT_TRUE(eve.get("/me").at("/email_verified").as_bool());
  EXPECT_EQ(team_.owner.get(team_.in("/members/" + eve.user_id)).text("/role"), "viewer");
  const auto read = team_.owner.get(team_.in("/invitations/" + sent.id()));
  EXPECT_EQ(read.text("/status"), "accepted");
  EXPECT_EQ(read.text("/accepted_by_id"), eve.user_id);
  // Once
  EXPECT_EQ(accept(eve, token).code(), "invalid-mailed-token");
}

TEST_F(Invitations, WhoHoldsTheMailMayLookAtWhatItOffersWhileItDoes) {
  const auto address = new_address();
  const auto sent = invite(address, "viewer");
  const auto token = token_for(address);
  Caller nobody(daybook_);
  const auto offer = nobody.get("/invitations/" + token);
  ASSERT_EQ(offer.status, 200) << offer;
  EXPECT_EQ(offer.text("/status"), "open");
  EXPECT_EQ(offer.text("/workspace_name"), "Rocket Lab");
  EXPECT_EQ(offer.text("/role"), "viewer");
  EXPECT_EQ(offer.text("/expires_at"), sent.text("/expires_at"));
  EXPECT_FALSE(offer.text("/invited_by").empty()) << offer;
  EXPECT_EQ(offer.raw.find(address), std::string::npos);
  EXPECT_EQ(offer.raw.find(team_.id), std::string::npos);
  // A token that was never mailed is nobody's, even for an invitation that there is
  auto other = token;
  other[60] = other[60] == 'A' ? 'B' : 'A';
  EXPECT_EQ(nobody.get("/invitations/" + other).status, 404);
  EXPECT_EQ(nobody.get("/invitations/none").status, 404);

  // When it is withdrawn, that is all there is to know
  ASSERT_EQ(team_.owner.post(team_.in("/invitations/" + sent.id() + "/revoke")).status, 200);
  ASSERT_TRUE(wait_until([&] { return nobody.get("/invitations/" + token).text("/status") == "revoked"; }, std::chrono::seconds(60)));
  const auto closed = nobody.get("/invitations/" + token);
  for (const auto* member : {"/workspace_name", "/role", "/invited_by"}) EXPECT_TRUE(closed.at(member).is_null()) << closed;
  ASSERT_EQ(team_.owner.remove(team_.in()).status, 204);
  EXPECT_TRUE(wait_until([&] { return nobody.get("/invitations/" + token).status == 404; }, std::chrono::seconds(60)));
}

TEST_F(Invitations, SomebodyElseCannotAcceptAndTheInvitedStillCan) {
  auto eve = newcomer(daybook_, "eve"), mallory = newcomer(daybook_, "mallory");
  ASSERT_EQ(invite(eve.email).status, 201);
  const auto token = token_for(eve.email);
  const auto refused = accept(mallory, token);
  EXPECT_EQ(refused.status, 422) << refused;
  EXPECT_EQ(refused.code(), "other-address");
  EXPECT_EQ(mallory.get(team_.in()).status, 404);
  Caller nobody(daybook_);
  EXPECT_EQ(accept(nobody, token).status, 401);
  EXPECT_EQ(accept(eve, token + "x").code(), "invalid-mailed-token");
  EXPECT_EQ(accept(eve, token).status, 200);
}

TEST_F(Invitations, WhatWasRevokedIsOfNoUse) {
  auto eve = newcomer(daybook_, "eve");
  const auto sent = invite(eve.email);
  const auto token = token_for(eve.email);
  const auto revoked = team_.owner.post(team_.in("/invitations/" + sent.id() + "/revoke"));
  ASSERT_EQ(revoked.status, 200) << revoked;
  EXPECT_EQ(revoked.text("/status"), "revoked");
  EXPECT_EQ(accept(eve, token).code(), "invalid-mailed-token");
  EXPECT_EQ(team_.owner.post(team_.in("/invitations/" + sent.id() + "/resend")).code(), "invitation-closed");
  EXPECT_EQ(status_of(sent), "revoked");
  // Another one is
  ASSERT_EQ(invite(eve.email).status, 201);
  EXPECT_EQ(accept(eve, token_in(mail_to(daybook_, eve.email, subject, 2))).status, 200);
}

TEST_F(Invitations, AskedForAgainAtOnceTheMailThatIsOnItsWayIsTheOne) {
  auto eve = newcomer(daybook_, "eve");
  const auto sent = invite(eve.email);
  const auto token = token_for(eve.email);
  const auto again = team_.owner.post(team_.in("/invitations/" + sent.id() + "/resend"));
  EXPECT_EQ(again.status, 200) << again;
  EXPECT_EQ(again.header("ETag"), sent.header("ETag"));
  EXPECT_EQ(accept(eve, token).status, 200);
  EXPECT_EQ(mails_to(daybook_, eve.email, subject), 1u);
}

TEST_F(Invitations, AMemberIsNotInvitedAndNobodyTwice) {
  const auto member = team_.joined_by(daybook_, "member");
  const auto refused = invite(member.email);
  EXPECT_EQ(refused.status, 409) << refused;
  EXPECT_EQ(refused.pointer(), "/email");
  const auto address = new_address();
  ASSERT_EQ(invite(address).status, 201);
  EXPECT_EQ(invite(address).pointer(), "/email");
  EXPECT_EQ(invite("not an address").pointer(), "/email");
  // One that joined in another way has no use for it
  auto eve = newcomer(daybook_, "eve");
  ASSERT_EQ(invite(eve.email).status, 201);
  ASSERT_EQ(team_.owner.post(team_.in("/members"), object("user_id", eve.user_id)).status, 201);
  EXPECT_EQ(accept(eve, token_for(eve.email)).status, 409);
}

TEST_F(Invitations, WhoWasRemovedComesBackByAnother) {
  auto eve = newcomer(daybook_, "eve");
  ASSERT_EQ(invite(eve.email).status, 201);
  ASSERT_EQ(accept(eve, token_for(eve.email)).status, 200);
  ASSERT_EQ(team_.owner.remove(team_.in("/members/" + eve.user_id)).status, 204);
  ASSERT_EQ(invite(eve.email).status, 201);
  EXPECT_EQ(accept(eve, token_in(mail_to(daybook_, eve.email, subject, 2))).status, 200);
  EXPECT_EQ(eve.get(team_.in()).status, 200);
}

TEST_F(Invitations, AnAdminOffersNoMoreThanTheyMayGive) {
  auto admin = team_.joined_by(daybook_, "admin");
  EXPECT_EQ(admin.post(team_.in("/invitations"), object("email", new_address(), "role", "owner")).status, 403);
  EXPECT_EQ(admin.post(team_.in("/invitations"), object("email", new_address(), "role", "admin")).status, 403);
  EXPECT_EQ(admin.post(team_.in("/invitations"), object("email", new_address(), "role", "member")).status, 201);
}

TEST_F(Invitations, ADeletedWorkspaceIsJoinedByNobody) {
  auto eve = newcomer(daybook_, "eve");
  ASSERT_EQ(invite(eve.email).status, 201);
  const auto token = token_for(eve.email);
  ASSERT_EQ(team_.owner.remove(team_.in()).status, 204);
  EXPECT_EQ(accept(eve, token).code(), "invalid-mailed-token");
  EXPECT_EQ(invite(new_address()).status, 404);
}

TEST_F(Invitations, SentAgainByItsSendersIdItIsAnsweredAsAtFirst) {
  const auto address = new_address();
  const std::string id = "0190a1b2-c3d4-7e5f-8a9b-" + team_.id.substr(24);
  const auto first = team_.owner.post(team_.in("/invitations"), object("id", id, "email", address));
  ASSERT_EQ(first.status, 201) << first;
  const auto again = team_.owner.post(team_.in("/invitations"), object("id", id, "email", address));
  EXPECT_EQ(again.status, 201) << again;
  EXPECT_EQ(again.header("ETag"), first.header("ETag"));
  EXPECT_EQ(team_.owner.post(team_.in("/invitations"), object("id", id, "email", new_address())).status, 409);
  EXPECT_FALSE(token_for(address).empty());
}

TEST_F(Invitations, ManyAreSentByOneBulk) {
  const auto eve = new_address(), kim = new_address();
  const auto sending = [](const std::string& address) {
    return json::object{{"type", "invitation.send"}, {"data", {{"email", address}}}};
  };
  const auto reply = team_.owner.post(team_.in("/commands"), json::serialize(json::object{{"commands", {sending(eve), sending(kim)}}}));
  ASSERT_EQ(reply.status, 200) << reply;
  auto invited = registered(kim);
  EXPECT_NE(token_for(eve), token_for(kim));
  EXPECT_EQ(accept(invited, token_for(kim)).status, 200);
}

TEST_F(Invitations, AreListedForAdminsWithTheAddressAndForNobodyElse) {
  const auto address = new_address();
  const auto sent = invite(address, "viewer");
  const auto closed = invite(new_address());
  ASSERT_EQ(team_.owner.post(team_.in("/invitations/" + closed.id() + "/revoke")).status, 200);
  const auto open = team_.owner.get(team_.in("/invitations?status=open&expand=created_by"));
  ASSERT_EQ(open.rows().size(), 1u) << open;
  EXPECT_EQ(open.text("/data/0/email"), address);
  EXPECT_EQ(open.text("/data/0/role"), "viewer");
  EXPECT_EQ(open.text("/data/0/created_by/id"), team_.owner.user_id);
  EXPECT_EQ(team_.owner.get(team_.in("/invitations?role=member")).rows().size(), 1u);
  EXPECT_EQ(team_.owner.get(team_.in("/invitations/" + sent.id() + "/history")).rows().size(), 1u);
  auto member = team_.joined_by(daybook_, "member");
  for (const auto& path : {"/invitations", "/invitations/" , "/history"}) {
    const auto whole = path == std::string("/history") ? "/invitations/" + sent.id() + path
                       : path == std::string("/invitations/") ? path + sent.id() : path;
    EXPECT_EQ(member.get(team_.in(whole)).status, 403) << whole;
  }
}

TEST_F(Invitations, NeitherAddressNorTokenStandsWhereOthersLook) {
  // Given one that was accepted, one that was revoked, and a member who looks around
  auto eve = newcomer(daybook_, "eve");
  const auto address = new_address();
  invite(eve.email);
  const auto revoked = invite(address);
  const std::vector<std::string> tokens{token_for(eve.email), token_for(address)};
  ASSERT_EQ(accept(eve, tokens[0]).status, 200);
  team_.owner.post(team_.in("/invitations/" + revoked.id() + "/revoke"));
  auto member = team_.joined_by(daybook_, "member");

  // Then neither the activity nor anything in the database but `people` holds a word of them
  const auto activity = member.get(team_.in("/activity?entity_type=invitation"));
  EXPECT_EQ(activity.rows().size(), 4u) << activity;
  auto kept = dump_of(daybook_.database_url());
  for (const auto& token : tokens) {
    EXPECT_EQ(activity.raw.find(token), std::string::npos);
    // The beginning of a token names stream and id, which are no secret.
    for (const auto& [table, rows] : kept) EXPECT_EQ(rows.find(token.substr(44)), std::string::npos) << table;
  }
  EXPECT_EQ(activity.raw.find(address), std::string::npos);
  for (const auto& [table, rows] : kept)
    if (!table.ends_with(".people")) { EXPECT_EQ(rows.find(address), std::string::npos) << table; }
}

}  // namespace
}  // namespace daybook::test::invitations_test
