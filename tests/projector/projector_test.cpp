#include "projector/projector.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "platform/text/base64.hpp"
#include "projector/core/read_table.hpp"
#include "projector/read_models/activity.hpp"
#include "projector/read_models/agent.hpp"
#include "projector/read_models/audit_entry.hpp"
#include "projector/read_models/comment.hpp"
#include "projector/read_models/dependency.hpp"
#include "projector/read_models/issue.hpp"
#include "projector/read_models/label.hpp"
#include "projector/read_models/label_link.hpp"
#include "projector/read_models/member.hpp"
#include "projector/read_models/project.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/user.hpp"
#include "projector/read_models/user_activity.hpp"
#include "projector/read_models/workspace.hpp"
#include "query-service/core/row_json.hpp"
#include "tests/projector/projector_fixture.hpp"

namespace daybook::projector::test::projector_test {
namespace {

// Every row of a read table as the state store would write it with nulls, by id.
std::map<std::string, std::string> read_table(pg::Connection& connection, const Table& table) {
  std::string columns;
  for (const auto& field : table.row->fields)
    columns += (columns.empty() ? "" : ", ") + std::string(field.name);
  const auto rows = connection.exec("SELECT id, " + columns + " FROM " + schema_of(current_generation) + "." +
                                    std::string(table.name));
  std::map<std::string, std::string> all;
  for (int i = 0; i < rows.rows(); ++i) {
    std::string json = "{";
    int column = 1;
    for (const auto& field : table.row->fields) {
      json += (column > 1 ? ",\"" : "\"") + std::string(field.name) + "\":";
      query::append_column(*field.type, rows.get(i, column++), json);
    }
    all.emplace(rows.text(i, 0), json + "}");
  }
  return all;
}

template <class Row>
void expect_equal_stores(pg::Connection& connection, const rocks::Database& store) {
  const auto& table = table_of<Row>();
  std::map<std::string, std::string> expected;
  for (auto at = store.seek(table_prefix(table)); at.valid(); at.next()) {
    Row row{};
    ASSERT_TRUE(events::from_json(at.value(), row, events::Reading::lenient)) << at.value();
    expected.emplace(row.id.text(), events::to_json_with_nulls(row));
  }
  EXPECT_FALSE(expected.empty()) << table.name;
  // A record within a row is kept there without its unset members.
  auto found = read_table(connection, table);
  for (auto& [id, json] : found) {
    Row row{};
    ASSERT_TRUE(events::from_json(json, row, events::Reading::lenient)) << json;
    json = events::to_json_with_nulls(row);
  }
  EXPECT_EQ(found, expected) << table.name;
}

TEST_F(ProjectorTest, ReadTablesAndStateStoreHoldTheSameRows) {
  const auto made = projector("a");
  made->project_to(head(), [](Position) {});
  EXPECT_GT(head().value, 300);
  pg::Connection connection(url);
  connection.exec("SET timezone = 'UTC'");
  const auto& store = made->state_store();
  expect_equal_stores<UserRow>(connection, store);
  expect_equal_stores<WorkspaceRow>(connection, store);
  expect_equal_stores<MemberRow>(connection, store);
  expect_equal_stores<LabelRow>(connection, store);
  expect_equal_stores<ProjectRow>(connection, store);
  expect_equal_stores<IssueRow>(connection, store);
  expect_equal_stores<IssueLabelRow>(connection, store);
  expect_equal_stores<DependencyRow>(connection, store);
  expect_equal_stores<CommentRow>(connection, store);
  expect_equal_stores<AgentRow>(connection, store);
  expect_equal_stores<ActivityRow>(connection, store);
  expect_equal_stores<SearchRow>(connection, store);
  expect_equal_stores<UserActivityRow>(connection, store);
  expect_equal_stores<AuditRow>(connection, store);
}

TEST_F(ProjectorTest, OnlyPeopleAreOpenedAndOnlyIntoTheirOwnTable) {
  project("a");
  pg::Connection connection(url);
  const auto person = connection.exec_prepared(
      "SELECT email, username, full_name FROM read_g7.people WHERE user_id = $1::uuid",
      pg::Params().text(id_of<events::UserId>(1).text()));
  ASSERT_EQ(person.rows(), 1);
  EXPECT_EQ(person.text(0, 0), "person1@example.org");
  EXPECT_EQ(person.text(0, 1), "person1");
  EXPECT_EQ(person.text(0, 2), "Person Nº1");
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.users u WHERE row_to_json(u)::text LIKE '%person1%'"), 0);
  // Whom an invitation went to stands there by its id
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.people p JOIN read_g7.invitations i ON i.id = p.user_id WHERE p.email LIKE 'invited%'"), 8);
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.invitations i WHERE row_to_json(i)::text LIKE '%@%'"), 0);
}

TEST_F(ProjectorTest, AnAccountWithSomebodyElseStandsAmongPeopleWhileItIsLinked) {
  const auto person = id_of<events::UserId>(0x7b0);
  History theirs(person);
  events::user::Registered registered{};
  registered.email = events::Personal("linked@example.org");
  registered.username = events::Personal("linked");
  theirs.user(person, registered);
  theirs.user(person, events::user::ExternalAccountLinked{events::user::ExternalProvider::google, events::Personal("108412")});
  int number = 0;
  const auto append_theirs = [&] {
    auto events = theirs.take();
    for (auto& event : events) event.event_id = id_of<events::EventId>(0xF90000 + ++number);
    append(std::move(events));
  };
  const std::string linked = "SELECT count(*) FROM read_g7.people WHERE google_id = '108412'";
  append_theirs();
  project("a");
  EXPECT_EQ(count(linked), 1);
  theirs.user(person, events::user::ExternalAccountUnlinked{});
  append_theirs();
  project("a");
  EXPECT_EQ(count(linked), 0);
}

TEST_F(ProjectorTest, ToWhomBillsGoStandsAmongPeopleByTheWorkspaceUntilTheyGoToNobody) {
  using events::workspace::BillingChanged;
  const auto space = id_of<events::WorkspaceId>(0x7c0);
  const auto marked = events::Json{R"({"billingEmail":"[sealed]","customerId":"cus_1"})"};
  History theirs(id_of<events::UserId>(1));
  int number = 0;
  const auto project_with = [&](const events::workspace::Event& event) {
    theirs.workspace(space, event);
    auto events = theirs.take();
    for (auto& each : events) each.event_id = id_of<events::EventId>(0xF70000 + ++number);
    append(std::move(events));
    project("a");
  };
  const auto kept = [&](const std::string& address) {
    return count("SELECT count(*) FROM read_g7.people p JOIN read_g7.workspaces w ON w.id = p.user_id WHERE p.email = '" + address + "'");
  };
  events::workspace::Created created{};
  created.name = "Billed";
  created.slug = "billed";
  project_with(created);
  project_with(BillingChanged{marked, events::Personal("bills@example.org")});
  EXPECT_EQ(kept("bills@example.org"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.workspaces w WHERE row_to_json(w)::text LIKE '%bills@%'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.workspaces w WHERE w.billing_info->>'billingEmail' = '[sealed]'"), 1);
  // The mark alone leaves it, another address replaces it, and without either it goes
  project_with(BillingChanged{events::Json{R"({"billingEmail":"[sealed]"})"}, std::nullopt});
  EXPECT_EQ(kept("bills@example.org"), 1);
  project_with(BillingChanged{marked, events::Personal("others@example.org")});
  EXPECT_EQ(kept("bills@example.org"), 0);
  EXPECT_EQ(kept("others@example.org"), 1);
  project_with(BillingChanged{events::Json{R"({"customerId":"cus_1"})"}, std::nullopt});
  EXPECT_EQ(kept("others@example.org"), 0);
}

TEST_F(ProjectorTest, WhoeverIsErasedStandsNeitherAmongPeopleNorInTheAuditsAddresses) {
  // Given a person who was invited, signed in and was denied something
  const auto person = id_of<events::UserId>(0x7a0);
  const auto invited = id_of<events::InvitationId>(0x7a1);
  const auto space = id_of<events::WorkspaceId>(0x7a2);
  History theirs(person);
  events::user::Registered registered{};
  registered.email = events::Personal("planted@example.org");
  registered.username = events::Personal("planted");
  theirs.user(person, registered);
  events::user::SessionStarted session{};
  session.address = events::Personal("198.51.100.1");
  theirs.user(person, session);
  theirs.invitation(space, invited, events::invitation::Sent{events::Personal("planted@example.org"), {}, {}, events::Personal("hash"), {}});
  events::access::CommandDenied denied{};
  denied.address = events::Personal("198.51.100.2");
  theirs.access(space, id_of<events::AccessId>(0x7a3), denied);
  int number = 0;
  const auto append_theirs = [&] {
    auto events = theirs.take();
    for (auto& event : events) event.event_id = id_of<events::EventId>(0xF80000 + ++number);
    append(std::move(events));
  };
  append_theirs();
  project("a");
  const std::string people = "SELECT count(*) FROM read_g7.people WHERE email = 'planted@example.org'";
  const std::string addresses = "SELECT count(*) FROM read_g7.audit_addresses WHERE address LIKE '198.51.100.%'";
  ASSERT_EQ(count(people), 2);
  ASSERT_EQ(count(addresses), 2);

  // When they are erased
  theirs.invitation(space, invited, events::invitation::Erased{});
  theirs.user(person, events::user::Deleted{});
  theirs.user(person, events::user::Erased{});
  append_theirs();

  // Then both are rid of them, now and when everything is made anew
  const auto live = project("a");
  EXPECT_EQ(count(people), 0);
  EXPECT_EQ(count(addresses), 0);
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.users WHERE id = '" + person.text() + "' AND erased_at IS NOT NULL"), 1);
  EXPECT_EQ(project("b"), live);
  const auto tables = tables_of(url);
  projector("a")->rebuild_read_tables();
  EXPECT_EQ(tables_of(url), tables);
}

TEST_F(ProjectorTest, AddressesAreOpenedForTheAuditBesideItsEntries) {
  project("a");
  pg::Connection connection(url);
  const auto addresses = [&](const std::string& type) {
    const auto rows = connection.exec("SELECT DISTINCT d.address FROM read_g7.audit_entries e JOIN read_g7.audit_addresses d ON d.entry_id = e.id"
                                      " WHERE e.event_type = '" + type + "' ORDER BY 1");
    std::string all;
    for (int i = 0; i < rows.rows(); ++i) all += rows.text(i, 0) + " ";
    return all;
  };
  EXPECT_EQ(addresses("user.session_started"), "192.0.2.1 192.0.2.2 192.0.2.3 ");
  EXPECT_EQ(addresses("access.command_denied"), "192.0.2.77 ");
  EXPECT_EQ(addresses("access.sign_in_refused"), "192.0.2.78 ");
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.audit_entries e WHERE row_to_json(e)::text LIKE '%192.0.2.%'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.audit_entries"), head().value) << "an entry for each event";
}

TEST_F(ProjectorTest, ASecondProjectionOfTheSameLogHasTheSameDigest) {
  const auto first = project("a");
  Projector::drop(options("a"));
  EXPECT_FALSE(std::filesystem::exists(folder / "a" / "g3"));
  EXPECT_EQ(project("b"), first);
}

TEST_F(ProjectorTest, TheDigestSeesASingleChangedRow) {
  const auto first = project("a");
  grow();
  EXPECT_NE(project("a"), first);
}

// The log in small batches; with each of them something is looked at.
class Watching final : public Source {
 public:
  Watching(std::shared_ptr<events::LogReader> log, std::function<std::int64_t()> look) : log_(std::move(log)), look_(std::move(look)) {}
  std::vector<events::Envelope> next(Position after, int) override {
    auto batch = log_->read(after, 50, batch_bytes_max);
    if (!batch.empty()) last_seen = look_();
    return batch;
  }
  static inline std::atomic<std::int64_t> last_seen{0};

 private:
  std::shared_ptr<events::LogReader> log_;
  std::function<std::int64_t()> look_;
};

TEST_F(ProjectorTest, AFirstLoadGetsItsIndexesWhenItIsThere) {
  const std::string indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'read_g7'";
  const auto whole = project("a");
  const auto all = count(indexes);
  pg::Connection(url).exec("DROP SCHEMA read_g7 CASCADE");
  auto options = this->options("b");
  options.bulk_events = 1;
  Projector loading(options, std::make_unique<Watching>(reader(), [&] { return count(indexes); }), reader(), std::make_shared<HexOpener>(), progress);
  loading.project_to(head(), [](Position) {});
  EXPECT_LT(Watching::last_seen, all) << "while it was loading";
  EXPECT_EQ(count(indexes), all);
  EXPECT_EQ(loading.digest(), whole);
}

TEST_F(ProjectorTest, AFirstLoadThatWasCutOffGetsItsIndexesAtTheNextStart) {
  const std::string indexes = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'read_g7'";
  project("a");
  const auto all = count(indexes);
  pg::Connection(url).exec("DROP INDEX read_g7.issues_project_id");
  EXPECT_EQ(count(indexes), all - 1);
  project("a");
  EXPECT_EQ(count(indexes), all);
}

TEST_F(ProjectorTest, ReachesFurtherWhenTheLogGrows) {
  project("a");
  const auto before = head();
  grow();
  EXPECT_GT(head(), before);
  project("a");
  EXPECT_EQ(progress->current(), head());
  EXPECT_EQ(count("SELECT position FROM read_g7.checkpoint"), head().value);
}

// A crash after PostgreSQL's commit and before RocksDB's leaves a state store that is behind its read tables.
TEST_F(ProjectorTest, AStateStoreThatFellBehindTheReadTablesCatchesUpAlone) {
  project("a");
  std::filesystem::copy(folder / "a", folder / "older", std::filesystem::copy_options::recursive);
  grow();
  const auto whole = project("a");
  const auto rows_before = count("SELECT count(*) FROM read_g7.activity");
  EXPECT_EQ(project("older"), whole);
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.activity"), rows_before);
  grow();
  EXPECT_EQ(project("older"), project("a")) << "both go on from where they stand";
}

TEST_F(ProjectorTest, AnEmptyStateStoreIsFilledWithoutTouchingTheReadTables) {
  const auto whole = project("a");
  pg::Connection(url).exec("UPDATE read_g7.issues SET title = 'touched'");
  EXPECT_EQ(project("b"), whole);
  EXPECT_EQ(count("SELECT count(*) FROM read_g7.issues WHERE title <> 'touched'"), 0);
}

TEST_F(ProjectorTest, ASecondProjectorStandsByAndTakesOver) {
  auto first = projector("a");
  auto second = projector("b");
  std::jthread first_runs([&](std::stop_token stop) { first->run(stop); });
  EXPECT_TRUE(daybook::test::wait_until([&] { return progress->current() == head(); }));
  std::jthread second_runs([&](std::stop_token stop) { second->run(stop); });
  EXPECT_TRUE(daybook::test::wait_until([&] { return second->stats().retries > 0; }));
  EXPECT_EQ(second->stats().events, 0u);
  first_runs.request_stop();
  first_runs.join();
  first.reset();
  grow();
  EXPECT_TRUE(daybook::test::wait_until([&] { return progress->current() == head(); }));
  second_runs.request_stop();
  second_runs.join();
  EXPECT_EQ(count("SELECT position FROM read_g7.checkpoint"), head().value);
}

TEST_F(ProjectorTest, GoesOnAfterItsSessionWasCut) {
  auto made = projector("a");
  std::jthread runs([&](std::stop_token stop) { made->run(stop); });
  EXPECT_TRUE(daybook::test::wait_until([&] { return progress->current() == head(); }));
  pg::Connection(url).exec(
      "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND "
      "pid <> pg_backend_pid() AND "
      "backend_type = 'client backend'");
  grow();
  EXPECT_TRUE(daybook::test::wait_until([&] { return progress->current() == head(); }));
  runs.request_stop();
  runs.join();
  EXPECT_GT(made->stats().retries, 0u);
}

// Opens the projector and gives the sentence it stops with.
std::string sentence_of(Projector& projector) {
  try {
    projector.project_to(Position{1}, [](Position) {});
    return "it did not stop";
  } catch (const Stopped& stopped) {
    return stopped.what();
  }
}

TEST_F(ProjectorTest, StopsAtACheckpointOfAnotherLog) {
  project("a");
  auto another = identity;
  another.log_id = id_of<events::LogId>(0x778);
  log = std::make_shared<daybook::log::MemoryLog>(another);
  append(busy_history(issues_in_busy_history).take());
  EXPECT_NE(sentence_of(*projector("a")).find("another log"), std::string::npos);
}

TEST_F(ProjectorTest, StopsWhenTheLogEndsBeforeTheCheckpoint) {
  project("a");
  log = std::make_shared<daybook::log::MemoryLog>(identity);
  append(busy_history(1).take());
  EXPECT_NE(sentence_of(*projector("a")).find("older point"), std::string::npos);
}

TEST_F(ProjectorTest, StopsWhenTheEventAtTheCheckpointIsAnother) {
  project("a");
  log->tamper([](auto& events) { events.back().leaf[0] ^= 1; });
  EXPECT_NE(sentence_of(*projector("a")).find("another log"), std::string::npos);
}

TEST_F(ProjectorTest, StopsWhenTheStateStoreIsAheadOfTheReadTables) {
  project("a");
  pg::Connection connection(url);
  drop_generation(connection, current_generation);
  EXPECT_NE(sentence_of(*projector("a")).find("ahead"), std::string::npos);
}

TEST_F(ProjectorTest, ProjectsABatchAgainThatPostgresRefused) {
  project("a");
  pg::Connection connection(url);
  connection.exec("ALTER TABLE read_g7.issues RENAME TO issues_away");
  connection.exec("CREATE VIEW read_g7.issues AS SELECT 1 AS one");
  grow();
  auto made = projector("a");
  std::jthread runs([&](std::stop_token stop) { made->run(stop); });
  EXPECT_TRUE(daybook::test::wait_until([&] { return made->stats().retries > 0; }));
  EXPECT_LT(progress->current(), head());
  connection.exec("DROP VIEW read_g7.issues; ALTER TABLE read_g7.issues_away RENAME TO issues");
  EXPECT_TRUE(daybook::test::wait_until([&] { return progress->current() == head(); }));
  runs.request_stop();
  runs.join();
}

}  // namespace
}  // namespace daybook::projector::test::projector_test
