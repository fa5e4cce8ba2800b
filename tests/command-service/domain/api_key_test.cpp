// API keys: whose they are, what they may do, when they end.
#include "command-service/domain/api_key/api_key.hpp"

#include "command-service/domain/core/callers.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::api_key_test {
namespace {

namespace happened = events::api_key;
using events::Personal;
using Scopes = std::vector<std::string>;

const std::string digest(64, 'a'), another_digest(64, 'b');

class ApiKeys : public Office {
 protected:
  const events::ApiKeyId id = id_of<events::ApiKeyId>(60), another = id_of<events::ApiKeyId>(61);
  const std::chrono::hours day{24};

  text::Instant now() const { return context().now; }
  auto key(events::ApiKeyId which) { return spec<ApiKey>(which, acme); }
  const api_key::State& state(events::ApiKeyId which) { return world.state<ApiKey>(events::stream_of(which)); }
  static api_key::Issue named(const std::string& name, const Scopes& scopes = {"issues:write"}) {
    api_key::Issue issue{};
    issue.name = Name(name);
    for (const auto& scope : scopes) issue.permissions.push_back(api_key::Scope(scope));
    issue.drawn_digest = digest;
    return issue;
  }
  static happened::Issued issued(events::UserId holder, const std::string& name, Scopes scopes = {"issues:write"}) {
    return {holder, name, std::move(scopes), Personal(digest), std::nullopt};
  }
  std::string use(events::ApiKeyId which, events::UserId who, std::chrono::seconds later = {}) {
    const auto refused = api_key::refuse_use(state(which), who, now() + later);
    return refused ? refused->code : "good";
  }
  std::string may(events::ApiKeyId which, Permission permission) {
    const auto refused = api_key::refuse_unscoped(state(which), permission);
    return refused ? refused->code : "may";
  }
};

TEST_F(ApiKeys, AMemberIssuesOneForThemselves) {
  key(id).as(max).when(named("CI")).then(issued(max, "CI"));
  EXPECT_EQ(use(id, max), "good");
  EXPECT_EQ(use(id, ada), "key-ended") << "it is not hers";
  EXPECT_EQ(world.facts.claimed_personal(scope::api_key, digest), events::stream_of(id));
}

TEST_F(ApiKeys, ViewersStrangersAndAgentsIssueNone) {
  key(id).as(vic).when(named("CI")).then_rejected("forbidden");
  key(id).as(nora).when(named("CI")).then_rejected("not-found");
  auto spec = key(id);
  spec.context().agent = robot;
  spec.when(named("CI")).then_rejected("forbidden");
}

TEST_F(ApiKeys, EachPermissionStandsOnceAndThereIsAtLeastOne) {
  key(id).as(max).when(named("CI", {"issues:write", "agents:read", "issues:write"})).then(issued(max, "CI", {"issues:write", "agents:read"}));
  key(another).as(max).when(named("CI", {})).then_rejected("required", "/permissions");
  key(another).as(max).when(named("CI", Scopes(api_key::permissions_max + 1, "a:b"))).then_rejected("too-many", "/permissions");
}

TEST_F(ApiKeys, APermissionIsAnAreaAndAWordOrAStar) {
  for (const auto* good : {"*", "issues:write", "issues:*", "time-entries:read", "admin:*"}) EXPECT_FALSE(api_key::Scope::rule(good)) << good;
  for (const auto* bad : {"", "issues", ":write", "issues:", "Issues:write", "issues:write:all", "is sues:read", "*:*"}) EXPECT_TRUE(api_key::Scope::rule(bad)) << bad;
}

TEST_F(ApiKeys, NobodyIsIssuedAKeyThatNobodyIsTold) {
  auto command = named("CI");
  command.drawn_digest.clear();
  key(id).as(max).when(command).then_rejected("told-alone");
}

TEST_F(ApiKeys, ItExpiresWhenItWasSaidAndNotBefore) {
  auto command = named("CI");
  command.expires_at = now();
  key(id).as(max).when(command).then_rejected("in-the-past", "/expires_at");
  command.expires_at = now() + day;
  key(id).as(max).when(command);
  EXPECT_EQ(use(id, max, day - std::chrono::seconds(1)), "good");
  EXPECT_EQ(use(id, max, day), "key-ended");
  key(id).after(day - std::chrono::seconds(1)).when(api_key::Expire{}).then_nothing();
  key(id).after(day).when(api_key::Expire{}).then(happened::Expired{});
  key(id).after(day).when(api_key::Expire{}).then_nothing();
  EXPECT_EQ(use(id, max), "key-ended") << "whatever the clock says then";
}

TEST_F(ApiKeys, ARevokedOneIsOfNoUseForGood) {
  key(id).as(max).when(named("CI")).when(api_key::Revoke{}).then(happened::Revoked{});
  EXPECT_EQ(use(id, max), "key-ended");
  EXPECT_FALSE(state(id).is_active);
  EXPECT_EQ(state(id).revoked_at, now());
  key(id).as(max).when(api_key::Revoke{}).then_nothing();
}

TEST_F(ApiKeys, ATextThatWasAKeyOnceIsNeverAnotherOne) {
  key(id).as(max).when(named("CI")).when(api_key::Revoke{});
  key(another).as(max).when(named("CI")).then_rejected("already-exists", "/key_hash");
}

TEST_F(ApiKeys, ItIsRenamedByWhoHasItAndByAdmins) {
  key(id).as(max).when(named("CI"));
  api_key::Rename rename{Name("Deploy")};
  key(id).as(max).when(rename).then(happened::Renamed{"Deploy"});
  key(id).as(max).when(rename).then_nothing();
  key(id).as(ada).when(api_key::Rename{Name("Theirs")}).then(happened::Renamed{"Theirs"});
  key(id).as(max).when(api_key::Rename{events::Patch<Name>::cleared()}).then_rejected("required", "/name");
}

TEST_F(ApiKeys, OfAnothersKeyAMemberDoesNotKnow) {
  key(id).as(ada).when(named("CI"));
  key(id).as(max).when(api_key::Rename{Name("Mine")}).then_rejected("not-found");
  key(id).as(max).when(api_key::Revoke{}).then_rejected("not-found");
  key(id).as(olga).when(api_key::Revoke{}).then(happened::Revoked{});
}

TEST_F(ApiKeys, ItMayDoWhatItsWordsSayWhateverItsHolderMay) {
  key(id).as(olga).when(named("CI", {"issues:write", "comments:*"}));
  EXPECT_EQ(may(id, Permission::issues_write), "may");
  EXPECT_EQ(may(id, Permission::comments_write), "may");
  EXPECT_EQ(may(id, Permission::comments_moderate), "may");
  EXPECT_EQ(may(id, Permission::projects_write), "missing-scope");
  EXPECT_NE(api_key::refuse_unscoped(state(id), Permission::projects_write)->detail.find("projects:write"), std::string::npos) << "the word that is missing is named";
}

TEST_F(ApiKeys, NoKeyManagesKeysNorEndsAnythingOfItsHolders) {
  auto all = named("All", {"*"});
  key(id).as(olga).when(all);
  for (const auto never : {Permission::api_keys_write, Permission::api_keys_manage, Permission::workspace_delete, Permission::workspace_restore,
                           Permission::ownership_transfer, Permission::workspace_leave})
    EXPECT_EQ(may(id, never), "forbidden") << events::word_of(never);
  for (std::size_t p = 0; p < boost::mp11::mp_size<boost::describe::describe_enumerators<Permission>>::value; ++p)
    if (const auto permission = static_cast<Permission>(p); !scope_of(permission).empty()) { EXPECT_EQ(may(id, permission), "may") << events::word_of(permission); }
}

TEST_F(ApiKeys, UseIsNotedAtMostOnceAMinute) {
  const std::chrono::seconds minute{60};
  key(id).as(max).when(named("CI"));
  key(id).when(api_key::Use{}).then(happened::Used{now()});
  key(id).after(minute - std::chrono::seconds(1)).when(api_key::Use{}).then_nothing();
  key(id).after(minute).when(api_key::Use{}).then(happened::Used{now() + minute});
  EXPECT_EQ(state(id).last_used_at, now() + minute);
  key(id).as(max).when(api_key::Revoke{});
  key(id).after(2 * minute).when(api_key::Use{}).then_nothing();
}

TEST_F(ApiKeys, AnOwnerBringsInOneOfAnotherSystemByItsDigest) {
  auto command = named("Old", {"agents:read", "admin:*"});
  command.drawn_digest.clear();
  command.key_hash = api_key::KeyDigest(std::string(64, 'B'));
  command.user_id = max;
  command.last_used_at = now() - day;
  command.expires_at = now() - day;
  happened::Issued expected{max, "Old", {"agents:read", "admin:*"}, Personal(another_digest), now() - day};
  key(id).as(ada).when(command).then_rejected("forbidden");
  key(id).as(olga).when(command).then(expected, happened::Used{now() - day});
  EXPECT_EQ(use(id, max), "key-ended") << "its time was over before it came";
}

TEST_F(ApiKeys, OneThatWasSwitchedOffBeforeComesAsRevoked) {
  auto command = named("Old");
  command.key_hash = api_key::KeyDigest(another_digest);
  command.is_active = false;
  key(id).as(olga).when(command);
  EXPECT_EQ(use(id, olga), "key-ended");
}

TEST_F(ApiKeys, WhatOnlyAnOldKeyHasIsRefusedOfANewOne) {
  auto command = named("CI");
  command.user_id = max;
  key(id).as(olga).when(command).then_rejected("needs-key-hash", "/user_id");
  command = named("CI");
  command.key_hash = api_key::KeyDigest(another_digest);
  command.user_id = nora;
  key(id).as(olga).when(command).then_rejected("unknown-reference", "/user_id");
}

TEST_F(ApiKeys, AWorkspaceHasAtMostAThousandThatAreActive) {
  world.facts.counters[{std::string(scope::live_api_keys), events::stream_of(acme)}] = api_key::live_max - 1;
  key(id).as(max).when(named("CI"));
  auto command = named("Second");
  command.drawn_digest = another_digest;
  key(another).as(max).when(command).then_rejected("too-many");
  key(id).as(max).when(api_key::Revoke{});
  key(another).as(max).when(command);
  EXPECT_EQ(use(another, max), "good");
}

}  // namespace
}  // namespace daybook::domain::api_key_test
