// A run over a log in memory: parts, stopping, going on, repeating, and what depends on what was left out.
#include "compose/daybook/import/models/run.hpp"

#include <gtest/gtest.h>

#include "command-service/domain/registry.hpp"
#include "command-service/log/memory_store.hpp"
#include "platform/crypto/uuid_source.hpp"
#include "tests/command-service/log/appender/commands.hpp"
#include "tests/compose/import/models/rows.hpp"

namespace daybook::importer::models::test {
namespace {

constexpr std::size_t events_at_once = 100'000, bytes_at_once = 256 << 20;
constexpr const char* maud = "0a000000-0000-4000-8000-000000000001";
constexpr const char* orchard = "0b000000-0000-4000-8000-000000000001";
constexpr const char* early = "2025-01-02 03:04:05";
constexpr const char* late = "2025-02-03 04:05:06";

std::string numbered(const char* kind, int number) {
  const auto digits = std::to_string(number);
  return std::string(kind) + "000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

// A person, their workspace, and so many issues, numbered by tens.
WrittenSource source_with(int issues) {
  WrittenSource source;
  source.tables["users"] = {{{"id", maud}, {"name", "maud"}, {"email", "maud@x.example"}, {"created_at", early}, {"updated_at", early}}};
  source.tables["workspaces"] = {{{"id", orchard}, {"name", "Orchard"}, {"issue_prefix", "GLS"}, {"created_at", early}, {"updated_at", late}}};
  source.tables["members"] = {{{"id", numbered("0c", 1)}, {"user_id", maud}, {"workspace_id", orchard}, {"role", "owner"}, {"created_at", early}, {"updated_at", early}}};
  auto& rows = source.tables["issues"];
  for (int i = 1; i <= issues; ++i)
    rows.push_back({{"id", numbered("10", i)}, {"workspace_id", orchard}, {"title", "Issue " + std::to_string(i)}, {"status", "todo"}, {"priority", "low"},
                    {"created_by_id", maud}, {"issue_number", std::to_string(i * 10)}, {"created_at", early}, {"updated_at", late}});
  return source;
}

class ImportRun : public testing::Test {
 protected:
  ImportRun()
      : log_(std::make_shared<log::MemoryLog>(log::LogIdentity{log::test::new_id<events::LogId>(), events::Epoch{1}, "fingerprint"})),
        ring_(log::test::key_ring(log_->identity(), [log = log_](auto subjects) { return log->data_keys(subjects); })) {}

  Report run(WrittenSource& source, const RunOptions& options = {}) {
    log::Appender::Options how;
    how.clock = [] { return *text::parse_instant("2026-01-01T00:00:00Z"); };
    how.aggregates = domain::aggregate_ops_of;
    how.new_event_id = [this] { return events::EventId{ids_.next()}; };
    log::Appender appender(std::make_unique<log::MemoryStore>(log_), ring_, std::move(how));
    return models::run(*find_model("platform"), source, appender, options);
  }
  std::vector<events::Envelope> events() const { return log_->read(events::Position{}, events_at_once, bytes_at_once); }
  std::vector<events::Envelope> events_of(const std::string& stream) const {
    std::vector<events::Envelope> found;
    for (auto& event : events())
      if (event.stream_id.text() == stream) found.push_back(std::move(event));
    return found;
  }

  std::shared_ptr<log::MemoryLog> log_;
  std::shared_ptr<events::KeyRing> ring_;
  crypto::UuidV7Source ids_;
};

TEST_F(ImportRun, SaysEverythingAtItsTimeAndInItsMakersName) {
  auto source = source_with(1);
  const auto report = run(source);
  EXPECT_EQ(report.findings_total(), 0);
  EXPECT_EQ(report.total().brought, 4);
  const auto told = events_of(numbered("10", 1));
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(told[0].type, "issue.opened");
  EXPECT_EQ(text::format_instant(told[0].occurred_at), "2025-01-02T03:04:05.000000Z");
  EXPECT_EQ(told[0].actor_id->text(), maud);
  EXPECT_EQ(told[0].origin, events::Origin::import);
  EXPECT_EQ(told[0].via_type, events::ViaType::database_import);
  EXPECT_NE(told[0].data.find("\"identifier\":\"GLS-10\""), std::string::npos) << told[0].data;
  EXPECT_EQ(told[1].type, "issue.brought_forward");
  EXPECT_EQ(text::format_instant(told[1].occurred_at), "2025-02-03T04:05:06.000000Z");
}

TEST_F(ImportRun, ASecondRunAddsNothing) {
  auto source = source_with(450);
  run(source);
  const auto before = events().size();
  const auto again = run(source);
  EXPECT_EQ(events().size(), before);
  EXPECT_EQ(again.total().brought, 0);
  EXPECT_EQ(again.total().already_there, 453);
}

TEST_F(ImportRun, GoesOnWhereItWasStopped) {
  auto source = source_with(450);
  std::stop_source stop;
  RunOptions options{};
  options.stop = stop.get_token();
  options.on_part = [&](const Progress& progress) {
    if (progress.parts == 2) stop.request_stop();
  };
  EXPECT_THROW(run(source, options), Stopped);
  const auto halfway = events().size();
  const auto report = run(source);
  EXPECT_GT(report.total().already_there, 0);
  EXPECT_GT(report.total().brought, 0);

  // Then nothing was said twice or left out
  std::size_t opened = 0;
  for (const auto& event : events()) opened += event.type == "issue.opened" ? 1 : 0;
  EXPECT_EQ(opened, 450u);
  EXPECT_GT(events().size(), halfway);
}

TEST_F(ImportRun, ADryRunWritesNothing) {
  auto source = source_with(450);
  RunOptions options{};
  options.dry_run = true;
  const auto report = run(source, options);
  EXPECT_EQ(events().size(), 0u);
  EXPECT_EQ(report.total().brought, 453);
}

TEST_F(ImportRun, WhatDependsOnARowThatIsLeftOutIsLeftOutWithIt) {
  auto source = source_with(1);
  source.tables["issues"][0]["title"] = std::nullopt;
  source.tables["comments"] = {{{"id", numbered("11", 1)}, {"issue_id", numbered("10", 1)}, {"content", "Lost"}, {"created_at", early}, {"updated_at", early}}};
  auto report = run(source);
  EXPECT_EQ(report.of("issues").left_out, 1);
  EXPECT_EQ(report.of("comments").left_out, 1);
  EXPECT_EQ(report.of("users").brought, 1);
  EXPECT_EQ(report.findings().front().column, "title");
}

TEST_F(ImportRun, ANumberThatIsGivenTwiceIsReported) {
  auto source = source_with(2);
  source.tables["issues"][1]["issue_number"] = "10";
  const auto report = run(source);
  ASSERT_EQ(report.findings_total(), 1);
  EXPECT_EQ(report.findings().front().column, "issue_number");
  EXPECT_NE(events_of(numbered("10", 2)).at(0).data.find("GLS-11"), std::string::npos);
}

TEST_F(ImportRun, AWorkspaceThatNobodyCanOwnIsOwnedByWhoeverIsNamed) {
  auto source = source_with(0);
  source.tables["workspaces"].clear();
  source.tables["members"].clear();
  run(source);   // Maud alone
  auto orphan = source_with(0);
  orphan.tables["members"].clear();
  EXPECT_EQ(run(orphan, RunOptions{.dry_run = true}).of("workspaces").left_out, 1);
  EXPECT_EQ(run(orphan, RunOptions{.owner = "maud@x.example"}).of("workspaces").brought, 1);
}

}  // namespace
}  // namespace daybook::importer::models::test
