#pragma once
// A workspace with two projects, an issue and an agent, and the words of an import about them.
#include <gtest/gtest.h>

#include "projector/read_models/activity.hpp"
#include "projector/read_models/audit_entry.hpp"
#include "projector/read_models/run_cost.hpp"
#include "projector/read_models/skill.hpp"
#include "projector/read_models/sprint.hpp"
#include "projector/read_models/template.hpp"
#include "projector/read_models/usage_record.hpp"
#include "projector/read_models/worked_time.hpp"
#include "projector/read_models/workspace_usage.hpp"
#include "tests/projector/folded_models.hpp"

namespace daybook::projector::test {

using namespace events;
namespace ex = events::execution;

inline const auto robin = id_of<AgentId>(0x160);
inline const auto run = id_of<ExecutionId>(0x150);
inline const auto noon = *text::parse_instant("2025-03-01T12:00:00Z");
inline constexpr std::int64_t cent = 10'000'000;  // nano-units

class BroughtForward : public testing::Test {
 protected:
  void SetUp() override {
    workspace::Created created{};
    created.slug = "lab";
    happen<workspace::Event>(StreamType::workspace, space, created);
    open_project(apollo, "APO");
    open_project(gemini, "GEM");
    issue::Opened opened{};
    opened.identifier = "ISSUE-1";
    opened.project_id = apollo;
    happen<issue::Event>(StreamType::issue, bug, opened);
  }
  void open_project(ProjectId id, const std::string& key) {
    project::Created created{};
    created.key = key;
    happen<project::Event>(StreamType::project, id, created);
  }

  template <class Event, class IdType, class What>
  Envelope& happen(StreamType type, IdType id, const What& what) {
    return history.add<Event>(type, id.value, space, what);
  }
  // The same as an import tells it.
  template <class Event, class IdType, class What>
  Envelope& bring(StreamType type, IdType id, const What& what) {
    auto& envelope = happen<Event>(type, id, what);
    envelope.via_type = ViaType::database_import;
    envelope.origin = Origin::import;
    envelope.occurred_at = noon;
    return envelope;
  }
  void bring_issue() {
    issue::BroughtForward brought{};
    brought.started_at = noon - std::chrono::hours(48);
    brought.completed_at = noon - std::chrono::hours(24);
    brought.worked_seconds = 5400;
    brought.cost = Decimal{250 * cent};
    brought.currency = "USD";
    brought.token_usage = ex::Usage{10, {}, {}, 20, {}, {}};
    bring<issue::Event>(StreamType::issue, bug, brought);
  }
  void end_run(std::int64_t cents) {
    ex::Requested requested{};
    requested.issue_id = bug;
    happen<ex::Event>(StreamType::execution, run, requested);
    happen<ex::Event>(StreamType::execution, run, ex::Claimed{});
    ex::Completed completed{};
    completed.cost_nano = cents * cent;
    completed.currency = "USD";
    completed.usage.unsplit = 5;
    happen<ex::Event>(StreamType::execution, run, completed);
  }

  template <class Row, class IdType>
  Row row(IdType id) {
    fold();
    return models.row<Row>(id);
  }
  void fold() {
    const auto events = history.take();
    whole.insert(whole.end(), events.begin(), events.end());
    models.fold(events);
  }
  static std::string all_of(const FoldedModels& models) {
    return models.rows_of({&table_of<IssueRow>(), &table_of<ProjectRow>(), &table_of<WorkspaceRow>(), &table_of<CostRow>(), &table_of<WorkedTimeRow>(),
                           &table_of<ExecutionRow>(), &table_of<ActivityRow>(), &table_of<AuditRow>()});
  }
  void expect_costs(const std::string& of_apollo, const std::string& of_gemini, const std::string& everywhere) {
    EXPECT_EQ(row<ProjectRow>(apollo).total_cost.text(), of_apollo);
    EXPECT_EQ(row<ProjectRow>(gemini).total_cost.text(), of_gemini);
    EXPECT_EQ(row<WorkspaceRow>(space).total_cost.text(), everywhere);
  }
  std::vector<ActivityRow> activity() {
    fold();
    return models.each<ActivityRow>("by_workspace", index_part(space.value));
  }

  History history{ada};
  FoldedModels models;
  std::vector<Envelope> whole;
};

}  // namespace daybook::projector::test
