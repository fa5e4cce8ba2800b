#include "tests/e2e/views/views.hpp"

namespace daybook::test {

namespace json = boost::json;

namespace {

constexpr const char* schemas = "('platform', 'workflow_manager', 'agent_factory', 'prism')";

std::string quoted(const std::string& view) {
  const auto dot = view.find('.');
  return pg::quote_identifier(view.substr(0, dot)) + "." + pg::quote_identifier(view.substr(dot + 1));
}

}  // namespace

Views::Views(const std::string& database_url) : connection_(database_url) { connection_.exec("SET TIME ZONE 'UTC'"); }

std::vector<std::string> Views::names() {
  const auto found = connection_.exec(std::string("SELECT schemaname || '.' || viewname FROM pg_views WHERE schemaname IN ") + schemas + " ORDER BY 1");
  std::vector<std::string> names;
  for (int row = 0; row < found.rows(); ++row) names.push_back(found.text(row, 0));
  return names;
}

std::optional<json::object> Views::row(const std::string& view, const std::string& id) {
  const auto found = connection_.exec("SELECT to_jsonb(v) FROM " + quoted(view) + " v WHERE v.id::text = $1", pg::Params().text(id));
  if (found.rows() != 1) return std::nullopt;
  return json::parse(found.text(0, 0)).as_object();
}

std::vector<std::string> Views::rows(const std::string& view) {
  const auto found = connection_.exec("SELECT to_jsonb(v)::text FROM " + quoted(view) + " v ORDER BY to_jsonb(v)::text COLLATE \"C\"");
  std::vector<std::string> rows;
  for (int row = 0; row < found.rows(); ++row) rows.push_back(found.text(row, 0));
  return rows;
}

bool Views::have_reporters() { return connection_.exec("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'daybook_report')").boolean(0, 0); }

void Views::become_reporter(const std::string& workspaces) {
  connection_.exec("SELECT set_config('daybook.workspaces', $1, false)", pg::Params().text(workspaces));
  connection_.exec("SET ROLE daybook_report");
}

void Views::become_oneself() { connection_.exec("RESET ROLE"); }
void Views::stand_still() { connection_.exec("BEGIN ISOLATION LEVEL REPEATABLE READ"); }

}  // namespace daybook::test
