// What the audit says of events.
#include "projector/read_models/audit_entry.hpp"

#include <algorithm>
#include <map>

#include "tests/projector/read_models_fixture.hpp"

namespace daybook::projector::test::audit_entries_test {
namespace {

class AuditEntries : public ReadModels {
 protected:
  AuditRow last() {
    auto all = rows<AuditRow>();
    return *std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.position < b.position; });
  }
};

TEST_F(AuditEntries, EveryEventIsOneWhateverItIsAbout) {
  history = busy_history(6);
  const auto events = history.events();
  fold();
  const auto all = rows<AuditRow>();
  ASSERT_EQ(all.size(), events.size());
  std::map<EventId, AuditRow> by_event;
  for (const auto& row : all) by_event[row.id] = row;
  for (const auto& event : events) {
    const auto& row = by_event.at(event.event_id);
    EXPECT_EQ(row.event_type, event.type);
    EXPECT_EQ(row.workspace_id, event.workspace_id);
    EXPECT_EQ(row.actor_id, event.actor_id);
    EXPECT_EQ(row.details.text, event.data);
    if (event.stream_type == StreamType::access && event.workspace_id) {
      EXPECT_EQ(row.resource_type, "workspace");
      EXPECT_EQ(row.resource_id.value, event.workspace_id->value);
    } else {
      EXPECT_EQ(row.resource_type, word_of(event.stream_type));
      EXPECT_EQ(row.resource_id.value, event.stream_id.value);
    }
  }
}

TEST_F(AuditEntries, TellWhatDidNotComeAbout) {
  open_workspace();
  fold();
  EXPECT_TRUE(last().success);
  EXPECT_EQ(last().action, "created");
  history.access(space, id_of<AccessId>(0x790), access::CommandDenied{"deleteProject", "forbidden", 3, {}, Personal("192.0.2.7")});
  fold();
  EXPECT_FALSE(last().success);
  EXPECT_EQ(last().action, "command_denied");
  EXPECT_EQ(last().resource_type, "workspace");
  history.access({}, id_of<AccessId>(0x791), access::SignInRefused{"login", "invalid-credentials", 1, {}, Personal("192.0.2.7")});
  fold();
  EXPECT_FALSE(last().success);
  EXPECT_FALSE(last().workspace_id);
  history.access(space, id_of<AccessId>(0x792), access::Exported{"listAuditEntries", "csv", {}});
  fold();
  EXPECT_TRUE(last().success);
}

TEST_F(AuditEntries, HaveNoAddressAndOfLongEventsTheirSize) {
  open_workspace();
  is::Opened opened{};
  opened.identifier = "ISSUE-1";
  opened.title = "Long";
  opened.description = std::string(audit_details_bytes_max, 'x');
  history.issue(space, bug, opened);
  fold();
  EXPECT_EQ(last().details.text.find("xxx"), std::string::npos);
  EXPECT_TRUE(last().details.text.starts_with(R"({"bytes":)")) << last().details.text;
  history.access(space, id_of<AccessId>(0x790), access::CommandDenied{"deleteProject", "forbidden", 1, {}, Personal("192.0.2.7")});
  fold();
  EXPECT_EQ(to_json(last()).find("192.0.2"), std::string::npos);
}

}  // namespace
}  // namespace daybook::projector::test::audit_entries_test
