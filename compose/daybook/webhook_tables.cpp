#include "compose/daybook/webhook_tables.hpp"

#include "command-service/log/pg_rows.hpp"
#include "events/core/json.hpp"
#include "compose/daybook/served_tables.hpp"

namespace daybook::app {
namespace {

// Only what the activity shows is told. It has the event's project; the log has where it comes from.
constexpr std::string_view told_columns =
    "SELECT e.position, e.event_id, e.workspace_id, a.project_id, e.event_type,"
    " CASE WHEN e.event_type IN ('issue.status_changed', 'project.status_changed') THEN e.data->>'status' END FROM ";
constexpr std::string_view told_of = " AND e.event_id = a.id AND e.origin <> 'import' AND e.via_type <> 'database_import'";

class WebhookTables final : public delivering::ReadModels, private ServedTables {
 public:
  explicit WebhookTables(std::string url) : ServedTables(std::move(url)) {}

  events::Position position() override { return find_position(); }

  std::vector<delivering::Told> told(const delivering::Stretch& stretch, std::optional<events::WorkspaceId> workspace, std::size_t max) override {
    pg::Params params;
    params.int64(stretch.after.value).int64(stretch.upto.value).int64(static_cast<std::int64_t>(max));
    if (workspace) params.text(workspace->text());
    const auto rows = session().exec_prepared(workspace ? of_workspace() : of_all(), params);
    std::vector<delivering::Told> found;
    for (int row = 0; row < rows.rows(); ++row) {
      delivering::Told event{};
      event.position = events::Position{rows.int64(row, 0)};
      event.event = events::EventId{log::uuid_at(rows, row, 1)};
      event.workspace = events::WorkspaceId{log::uuid_at(rows, row, 2)};
      if (const auto project = log::optional_uuid_at(rows, row, 3)) event.project = events::ProjectId{*project};
      event.type = rows.text(row, 4);
      event.status = rows.optional_text(row, 5).value_or("");
      found.push_back(std::move(event));
    }
    return found;
  }

  std::vector<delivering::Receiver> receivers(const std::vector<events::WorkspaceId>& workspaces) override {
    std::vector<std::string> ids;
    for (const auto workspace : workspaces) ids.push_back(workspace.text());
    const auto rows = session().exec_prepared(enabled_ones(), pg::Params().text_array(std::span<const std::string>(ids)));
    std::vector<delivering::Receiver> found;
    for (int row = 0; row < rows.rows(); ++row) {
      delivering::Receiver receiver{};
      receiver.webhook = events::WebhookId{log::uuid_at(rows, row, 0)};
      receiver.workspace = events::WorkspaceId{log::uuid_at(rows, row, 1)};
      if (const auto project = log::optional_uuid_at(rows, row, 2)) receiver.project = events::ProjectId{*project};
      if (const auto read = events::from_json(rows.text(row, 3), receiver.words, events::Reading::lenient); !read) throw std::logic_error(read.text());
      receiver.born = events::Position{rows.int64(row, 4)};
      found.push_back(std::move(receiver));
    }
    return found;
  }

 private:
  // By the log's positions, of which most concern nobody.
  std::string of_all() const {
    return std::string(told_columns) + "log.events e JOIN " + schema() + ".activity a ON a.workspace_id = e.workspace_id AND a.position = e.position" +
           " WHERE e.position > $1 AND e.position <= $2" + std::string(told_of) + " AND EXISTS (SELECT FROM " + schema() +
           ".webhooks w WHERE w.workspace_id = e.workspace_id AND w.is_enabled AND w.deleted_at IS NULL) ORDER BY e.position LIMIT $3";
  }
  std::string of_workspace() const {
    return std::string(told_columns) + schema() + ".activity a JOIN log.events e ON e.position = a.position" +
           " WHERE a.workspace_id = $4::uuid AND a.position > $1 AND a.position <= $2" + std::string(told_of) + " ORDER BY a.position LIMIT $3";
  }

  // One is hidden with its project, and with its workspace.
  std::string enabled_ones() const {
    return "SELECT id, workspace_id, project_id, events::text, born FROM " + schema() +
           ".webhooks h WHERE workspace_id = ANY ($1::uuid[]) AND is_enabled AND deleted_at IS NULL AND NOT EXISTS (SELECT FROM " + schema() +
           ".workspaces w WHERE w.id = h.workspace_id AND w.deleted_at IS NOT NULL) AND NOT EXISTS (SELECT FROM " + schema() +
           ".projects p WHERE p.id = h.project_id AND p.deleted_at IS NOT NULL) ORDER BY id";
  }
};

}  // namespace

std::unique_ptr<delivering::ReadModels> open_webhook_tables(std::string database_url) { return std::make_unique<WebhookTables>(std::move(database_url)); }

}  // namespace daybook::app
