// Exports on their way from a query service to the log, over PostgreSQL.
#include "command-service/recording/exports.hpp"

#include "command-service/domain/access/access.hpp"
#include "command-service/log/pg_rows.hpp"
#include "command-service/log/pg_store.hpp"
#include "tests/command-service/log/appender/desk.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::recording {
namespace {

class ExportReportsTest : public log::test::Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    log::PgStore::migrate(url);
    log::prepare_session(connection);
  }
  std::int64_t waiting() { return connection.exec("SELECT count(*) FROM log.export_reports").int64(0, 0); }

  const std::string url = daybook::test::PostgresServer::shared().fresh_database();
  pg::Connection connection{url};
  crypto::UuidV7Source ids;
};

TEST_F(ExportReportsTest, AReportBecomesAnEventAndIsForgotten) {
  const auto session = log::test::new_id<events::SessionId>();
  report_export(connection, {place.acme, place.olga, session, "listAuditEntries", "csv"});
  const auto before = head();
  EXPECT_TRUE(take_export_report(connection, *main.appender, ids));
  EXPECT_FALSE(take_export_report(connection, *main.appender, ids));
  EXPECT_EQ(waiting(), 0);
  const auto event = log->read(events::Position{before}, 10, 1 << 20).at(0);
  EXPECT_EQ(event.type, "access.exported");
  EXPECT_EQ(event.workspace_id, place.acme);
  EXPECT_EQ(event.actor_id, events::PrincipalId{place.olga.value});
  EXPECT_EQ(event.via_id, session.value);
  EXPECT_NE(event.data.find(R"("format":"csv")"), event.data.npos) << event.data;
}

TEST_F(ExportReportsTest, AnExportOfEverythingIsOfNoWorkspace) {
  report_export(connection, {std::nullopt, place.olga, {}, "listAllAuditEntries", "jsonl"});
  const auto before = head();
  EXPECT_TRUE(take_export_report(connection, *main.appender, ids));
  EXPECT_FALSE(log->read(events::Position{before}, 10, 1 << 20).at(0).workspace_id);
}

TEST_F(ExportReportsTest, WhatTheLogDoesNotTakeStays) {
  report_export(connection, {place.acme, place.olga, {}, "listAuditEntries", "csv"});
  main.appender->drain();
  EXPECT_FALSE(take_export_report(connection, *main.appender, ids));
  EXPECT_EQ(waiting(), 1);
}

}  // namespace
}  // namespace daybook::recording
