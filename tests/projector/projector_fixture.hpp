#pragma once
// A log with a busy history, and projectors of it over a database and state stores of the test's own.
#include <gtest/gtest.h>

#include "command-service/log/memory_store.hpp"
#include "projector/core/read_table.hpp"
#include "projector/projector.hpp"
#include "tests/command-service/log/batches.hpp"
#include "tests/projector/history.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::projector::test {

using events::Position;
inline constexpr int issues_in_busy_history = 40;
inline const events::LogIdentity identity{id_of<events::LogId>(0x777), events::Epoch{1}, "fingerprint"};

class ProjectorTest : public testing::Test {
 protected:
  ProjectorTest() { append(busy_history(issues_in_busy_history).events()); }

  void append(std::vector<events::Envelope> events) {
    daybook::log::MemoryStore store(log);
    daybook::log::test::append(store, std::move(events));
  }
  // Some more events, of a workspace that the log does not know yet.
  void grow() {
    const auto space = id_of<events::WorkspaceId>(0x300000 + ++grown_);
    History more(id_of<events::UserId>(1));
    events::workspace::Created created{};
    created.name = "More";
    more.workspace(space, created);
    more.workspace(space, events::workspace::Renamed{"Even more"});
    auto events = more.take();
    for (auto& event : events) event.event_id = id_of<events::EventId>(0xF00000 + ++grown_events_);
    append(std::move(events));
  }
  std::shared_ptr<daybook::log::MemoryReader> reader() const {
    return std::make_shared<daybook::log::MemoryReader>(log);
  }
  Options options(const std::string& folder_name) const {
    Options options;
    options.database_url = url;
    options.folder = folder / folder_name;
    options.logged = false;
    return options;
  }
  std::unique_ptr<Projector> projector(const Options& options) const {
    return std::make_unique<Projector>(options, std::make_unique<LogSource>(reader()), reader(),
                                       std::make_shared<HexOpener>(), progress);
  }
  std::unique_ptr<Projector> projector(const std::string& folder_name) const {
    return projector(options(folder_name));
  }
  Position head() const { return log->head().position; }
  // Projects everything and gives the digest of the state store.
  std::string project(const std::string& folder_name) {
    const auto made = projector(folder_name);
    made->project_to(head(), [](Position) {});
    return made->digest().value();
  }
  // All rows of all read tables of a generation, whatever their order, `people` included.
  static std::map<std::string, std::string> tables_of(const std::string& url, int generation = current_generation) {
    pg::Connection connection(url);
    std::map<std::string, std::string> all;
    const auto rows = [&](const std::string& table, const std::string& key) {
      all[table] = connection.exec("SELECT COALESCE(string_agg(to_json(t)::text, E'\n' ORDER BY " + key + "), '') FROM " +
                                   schema_of(generation) + "." + table + " t").text(0, 0);
    };
    for (const auto* table : all_tables()) rows(std::string(table->name), "id");
    rows("people", "user_id");
    rows("audit_addresses", "entry_id");
    return all;
  }

  std::int64_t count(const std::string& sql) { return pg::Connection(url).exec(sql).int64(0, 0); }

  std::shared_ptr<daybook::log::MemoryLog> log = std::make_shared<daybook::log::MemoryLog>(identity);
  std::string url = daybook::test::PostgresServer::shared().fresh_database();
  daybook::test::TempDir folder;
  std::shared_ptr<Progress> progress = std::make_shared<Progress>();
  int grown_ = 0, grown_events_ = 0;
};

}  // namespace daybook::projector::test
