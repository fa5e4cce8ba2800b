// Entries of another system's logs, which an import brings: shown as they stood there, and nothing else makes any.
#include "tests/projector/brought_forward_fixture.hpp"

namespace daybook::projector::test::brought_entries_test {
namespace {

TEST_F(BroughtForward, WhatAnImportTellsMakesNoActivity) {
  const auto before = activity().size();
  bring_issue();
  bring<issue::Event>(StreamType::issue, bug, issue::StatusChanged{issue::Status::done});
  EXPECT_EQ(activity().size(), before);
  happen<issue::Event>(StreamType::issue, bug, issue::StatusChanged{issue::Status::todo});
  EXPECT_EQ(activity().size(), before + 1);
}

TEST_F(BroughtForward, AnEntryOfAnotherActivityLogIsShownAsItStoodThere) {
  access::ActivityNoted noted{};
  noted.entry_id = id_of<EventId>(0x900);
  noted.entity_type = "issue";
  noted.entity_id = EntityId{bug.value};
  noted.action = "status_changed";
  noted.event_type = "issue.status_changed";
  noted.actor_type = ActorType::user;
  noted.actor_id = PrincipalId{ada.value};
  noted.project_id = apollo;
  noted.issue_id = bug;
  noted.details.text = R"({"note":"as it was"})";
  noted.changes.text = R"({"status":["todo","done"]})";
  bring<access::Event>(StreamType::access, id_of<AccessId>(0x790), noted);
  const auto entry = row<ActivityRow>(noted.entry_id);
  EXPECT_EQ(entry.type, "issue.status_changed");
  EXPECT_EQ(entry.entity_id, noted.entity_id);
  EXPECT_EQ(entry.actor_id, noted.actor_id);
  EXPECT_EQ(entry.details, noted.details);
  EXPECT_EQ(entry.changes, noted.changes);
  EXPECT_EQ(entry.created_at, noon);
  EXPECT_EQ(models.rows_of({&table_of<AuditRow>()}).find("activity_noted"), std::string::npos);
  noted.action = "said once more";
  bring<access::Event>(StreamType::access, id_of<AccessId>(0x790), noted);
  EXPECT_EQ(row<ActivityRow>(noted.entry_id).action, "status_changed") << "the first of one id stands";
}

TEST_F(BroughtForward, AnEntryOfAnotherAuditIsShownAsItStoodThere) {
  access::AuditNoted noted{};
  noted.entry_id = id_of<EventId>(0x900);
  noted.event_type = "agent.deleted";
  noted.actor_type = ActorType::user;
  noted.actor_id = PrincipalId{ada.value};
  noted.resource_type = "agent";
  noted.resource_id = robin.text();
  noted.action = "deleted";
  noted.success = false;
  noted.details.text = R"({"why":"no reason"})";
  noted.address = Personal("192.0.2.7");
  bring<access::Event>(StreamType::access, id_of<AccessId>(0x790), noted);
  const auto entry = row<AuditRow>(noted.entry_id);
  EXPECT_EQ(entry.resource_id.value, robin.value);
  EXPECT_FALSE(entry.resource_name);
  EXPECT_FALSE(entry.success);
  EXPECT_EQ(entry.details, noted.details);
  EXPECT_EQ(entry.created_at, noon);
  EXPECT_EQ(to_json(entry).find("192.0.2"), std::string::npos);
  noted.entry_id = id_of<EventId>(0x901);
  noted.resource_id = "settings";
  noted.address.reset();
  bring<access::Event>(StreamType::access, id_of<AccessId>(0x791), noted);
  EXPECT_EQ(row<AuditRow>(noted.entry_id).resource_name, "settings");
  EXPECT_NE(row<AuditRow>(noted.entry_id).resource_id, EntityId{});
}

TEST_F(BroughtForward, ADatabaseThatWasBroughtInIsOneEntryOfItsWorkspace) {
  const auto before = activity().size();
  const auto id = bring<access::Event>(StreamType::access, id_of<AccessId>(0x790), access::DatabaseImported{"prism", Json{R"({"stories":3})"}}).event_id;
  ASSERT_EQ(activity().size(), before + 1);
  const auto entry = row<ActivityRow>(id);
  EXPECT_EQ(entry.entity_type, "workspace");
  EXPECT_EQ(entry.entity_id.value, space.value);
  EXPECT_EQ(entry.action, "database_imported");
  EXPECT_EQ(row<AuditRow>(id).event_type, "access.database_imported");
}

}  // namespace
}  // namespace daybook::projector::test::brought_entries_test
