#include "compose/daybook/read_tables.hpp"

#include "command-service/log/pg_rows.hpp"
#include "compose/daybook/served_tables.hpp"

namespace daybook::app {
namespace {

std::string with_schema(std::string_view condition, const std::string& schema) {
  constexpr std::string_view mark = "$schema";
  std::string out;
  for (auto at = condition.find(mark); at != condition.npos; at = condition.find(mark)) {
    out.append(condition.substr(0, at)).append(schema);
    condition.remove_prefix(at + mark.size());
  }
  return out.append(condition);
}

class ReadTables final : public reactors::ReadModels, private ServedTables {
 public:
  explicit ReadTables(std::string url) : ServedTables(std::move(url)) {}

  events::Position position() override { return find_position(); }

  std::vector<events::IssueId> issues_assigned_to(events::UserId user, events::WorkspaceId workspace, events::IssueId after, std::size_t max) override {
    const auto rows = session().exec("SELECT id FROM " + schema() +
                                         ".issues WHERE assignee_id = $1::uuid AND assignee_type = 'user' AND workspace_id = $2::uuid AND id > $3::uuid"
                                         " AND deleted_at IS NULL ORDER BY id LIMIT $4",
                                     pg::Params().text(user.text()).text(workspace.text()).text(after.text()).int64(static_cast<std::int64_t>(max)));
    std::vector<events::IssueId> ids;
    for (int row = 0; row < rows.rows(); ++row) ids.push_back(events::IssueId{log::uuid_at(rows, row, 0)});
    return ids;
  }

  bool is_watched(events::IssueId issue) override {
    const auto row = session().exec_prepared("SELECT EXISTS (SELECT FROM " + schema() + ".issue_watchers WHERE issue_id = $1::uuid AND notify_on_update)",
                                             pg::Params().text(issue.text()));
    return row.boolean(0, 0);
  }

  std::vector<reactors::Due> upcoming(const reactors::Upcoming& what, const reactors::Due& after, text::Instant until, std::size_t max) override {
    const auto rows = session().exec_prepared(upcoming_sql(schema(), what), pg::Params()
                                                                               .text(text::format_instant(after.at))
                                                                               .text(after.id.text())
                                                                               .text(text::format_instant(until))
                                                                               .int64(static_cast<std::int64_t>(max)));
    std::vector<reactors::Due> found;
    for (int row = 0; row < rows.rows(); ++row)
      found.push_back({log::instant_at(rows, row, 0), log::uuid_at(rows, row, 1), events::WorkspaceId{log::uuid_at(rows, row, 2)}});
    return found;
  }

};

}  // namespace

std::unique_ptr<reactors::ReadModels> open_read_tables(std::string database_url) { return std::make_unique<ReadTables>(std::move(database_url)); }

std::string upcoming_sql(const std::string& schema, const reactors::Upcoming& what) {
  const std::string at(what.at);
  return "SELECT " + at + ", id, workspace_id FROM " + schema + "." + std::string(what.table) + " due WHERE (" + at +
         ", id) > ($1::timestamptz, $2::uuid) AND " + at + " <= $3::timestamptz AND " + with_schema(what.condition, schema) +
         " AND NOT EXISTS (SELECT FROM " + schema + ".workspaces w WHERE w.id = due.workspace_id AND w.deleted_at IS NOT NULL) ORDER BY " + at +
         ", id LIMIT $4";
}

}  // namespace daybook::app
