#include "compose/daybook/traces.hpp"

#include "command-service/log/pg_rows.hpp"
#include "projector/core/generations.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::app {
namespace {

using routes::Traces;

struct Names {
  std::string email, username, full_name;
};

Names names_of(pg::Connection& connection, const std::string& schema, const std::string& user) {
  const auto rows = connection.exec_prepared(
      "SELECT coalesce(email, ''), coalesce(username, ''), coalesce(full_name, '') FROM " + schema + ".people WHERE user_id = $1::uuid",
      pg::Params().text(user));
  if (rows.empty()) return {};
  return {std::string(rows.text(0, 0)), std::string(rows.text(0, 1)), std::string(rows.text(0, 2))};
}

template <class Id>
std::vector<Id> ids_of(const pg::Result& rows) {
  std::vector<Id> ids;
  for (int row = 0; row < rows.rows(); ++row) ids.push_back(Id{log::uuid_at(rows, row, 0)});
  return ids;
}

// The collection of a kind of thing, as the search knows it.
std::string collection_of(std::string_view type) {
  for (const auto& reference : query::search().references) {
    if (reference.type_column.empty()) continue;
    for (const auto& target : reference.targets)
      if (target.word == type) return std::string(target.to().path);
  }
  throw std::logic_error("the search does not know what a " + std::string(type) + " is");
}

// By the words of their names, and by the id where a comment keeps whom it mentions.
constexpr std::string_view named_sql =
    "SELECT s.entity_type, s.id, s.workspace_id FROM $schema.search s WHERE s.tsv @@ (phraseto_tsquery('simple', $2) ||"
    " phraseto_tsquery('simple', $3) || phraseto_tsquery('simple', $4)) OR s.id IN (SELECT c.id FROM $schema.comments c,"
    " json_array_elements_text(c.mentions) AS m(id) WHERE m.id = $1) ORDER BY s.id DESC LIMIT $5";

void find_mentions(pg::Connection& connection, std::string sql, const std::string& schema, const std::string& user, const Names& names, Traces& traces) {
  constexpr std::string_view mark = "$schema";
  for (auto at = sql.find(mark); at != sql.npos; at = sql.find(mark, at)) sql.replace(at, mark.size(), schema);
  const auto rows = connection.exec_prepared(
      sql, pg::Params().text(user).text(names.email).text(names.username).text(names.full_name).int64(routes::mentions_max + 1));
  for (int row = 0; row < rows.rows(); ++row) {
    if (traces.mentions.size() == routes::mentions_max) {
      traces.more_mentions = true;
      return;
    }
    const std::string type(rows.text(row, 0));
    const events::EntityId id{log::uuid_at(rows, row, 1)};
    const events::WorkspaceId workspace{log::uuid_at(rows, row, 2)};
    traces.mentions.push_back({type, id, workspace, "/api/v1/workspaces/" + workspace.text() + "/" + collection_of(type) + "/" + id.text()});
  }
}

// Who bills whom is the workspace's affair, so its owners are to name another address.
void find_bills(pg::Connection& connection, const std::string& schema, const Names& names, Traces& traces) {
  const auto rows = connection.exec_prepared(
      "SELECT w.id FROM " + schema + ".workspaces w JOIN " + schema + ".people p ON p.user_id = w.id WHERE lower(p.email) = lower($1) ORDER BY w.id DESC LIMIT $2",
      pg::Params().text(names.email).int64(routes::mentions_max));
  for (const auto& workspace : ids_of<events::WorkspaceId>(rows))
    traces.mentions.push_back({"workspace", events::EntityId{workspace.value}, workspace, "/api/v1/workspaces/" + workspace.text() + "/billing"});
}

Traces find_traces(const std::string& database_url, events::UserId who) {
  pg::Connection connection(database_url);
  log::prepare_session(connection);
  const auto generation = projector::find_served_generation(connection);
  if (!generation) throw std::runtime_error("there are no read tables yet");
  const auto schema = projector::schema_of(*generation);
  const auto user = who.text();
  const auto names = names_of(connection, schema, user);
  Traces traces;
  traces.invitations = ids_of<events::InvitationId>(connection.exec_prepared(
      "SELECT i.id FROM " + schema + ".invitations i LEFT JOIN " + schema + ".people p ON p.user_id = i.id"
      " WHERE i.erased_at IS NULL AND (i.accepted_by_id = $1::uuid OR lower(p.email) = lower($2)) ORDER BY i.id DESC LIMIT $3",
      pg::Params().text(user).text(names.email).int64(routes::traces_max)));
  traces.api_keys = ids_of<events::ApiKeyId>(
      connection.exec_prepared("SELECT id FROM " + schema + ".api_keys WHERE user_id = $1::uuid AND is_active ORDER BY id DESC LIMIT $2",
                               pg::Params().text(user).int64(routes::traces_max)));
  find_bills(connection, schema, names, traces);
  find_mentions(connection, std::string(named_sql), schema, user, names, traces);
  return traces;
}

}  // namespace

routes::FindTraces trace_finder(std::string database_url) {
  return [url = std::move(database_url)](events::UserId who) { return find_traces(url, who); };
}

}  // namespace daybook::app
