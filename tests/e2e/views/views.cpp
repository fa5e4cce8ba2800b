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

std::map<std::string, std::string> Views::types() {
  const auto found = connection_.exec(
      std::string("SELECT n.nspname || '.' || c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a"
                  " JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'v' JOIN pg_namespace n ON n.oid = c.relnamespace"
                  " WHERE a.attnum > 0 AND NOT a.attisdropped AND n.nspname IN ") + schemas);
  std::map<std::string, std::string> types;
  for (int row = 0; row < found.rows(); ++row) types[found.text(row, 0)] = found.text(row, 1);
  return types;
}

std::optional<json::object> Views::row(const std::string& view, const std::string& id) {
  const auto found = connection_.exec("SELECT to_jsonb(v) FROM " + quoted(view) + " v WHERE v.id::text = $1", pg::Params().text(id));
  if (found.rows() != 1) return std::nullopt;
  return json::parse(found.text(0, 0)).as_object();
}

std::vector<std::string> Views::rows(const std::string& view) {
  const auto found = connection_.exec("SELECT to_jsonb(v)::text AS one FROM " + quoted(view) + " v ORDER BY one COLLATE \"C\"");
  std::vector<std::string> rows;
  for (int row = 0; row < found.rows(); ++row) rows.push_back(found.text(row, 0));
  return rows;
}

void Views::become_reporter(const std::string& workspaces) {
  connection_.exec("SELECT set_config('daybook.workspaces', $1, false)", pg::Params().text(workspaces));
  connection_.exec("SET ROLE daybook_report");
}

void Views::become_oneself() { connection_.exec("RESET ROLE"); }

}  // namespace daybook::test
