#include "query-service/core/point.hpp"

#include "platform/text/slug.hpp"
#include "platform/text/unicode.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::query {

bool can_be_asked(std::string_view word) { return word.find('\0') == word.npos && text::valid_utf8(word); }

namespace {

// The position of the snapshot, whether session or user have ended, and whether what is asked of is parked. What the read
// models do not know yet, a session that began a moment ago, counts as live: the token vouches for it.
constexpr std::string_view standing_sql =
    "SELECT c.position, EXISTS (SELECT FROM $schema.sessions s WHERE s.id = $1::uuid AND s.revoked_at IS NOT NULL)"
    " OR EXISTS (SELECT FROM $schema.users u WHERE u.id = $2::uuid AND u.deleted_at IS NOT NULL),"
    " EXISTS (SELECT FROM $schema.parked k WHERE k.id = $2::uuid";

constexpr std::string_view superuser_sql = "EXISTS (SELECT FROM $schema.users u WHERE u.id = $2::uuid AND u.is_superuser)";

// A superuser reads every workspace, whether or not they are a member.
constexpr std::string_view member_sql =
    " OR k.id = v.id), a.is_superuser, v.id, v.role FROM $schema.checkpoint c CROSS JOIN (SELECT $superuser AS is_superuser) a"
    " LEFT JOIN LATERAL (SELECT w.id, m.role FROM $schema.workspaces w"
    " LEFT JOIN $schema.members m ON m.workspace_id = w.id AND m.user_id = $2::uuid"
    " WHERE (a.is_superuser OR m.role IS NOT NULL) AND (w.deleted_at IS NULL OR ($4::boolean AND (a.is_superuser OR m.role = 'owner')))"
    " AND w.id = ";

constexpr std::string_view workspace_by_slug =
    "COALESCE((SELECT x.id FROM $schema.workspaces x WHERE x.slug = $3::text), "
    "(SELECT f.holder_id FROM $schema.former_addresses f WHERE f.kind = 'workspace' AND f.word = $3::text LIMIT 1))";

// $1 is the owner, $2 the word.
std::string match_of(const Resource& resource, bool by_id) {
  const std::string owned = "t." + std::string(resource.owner_column) + " = $1::uuid AND ";
  if (by_id) return owned + "t." + std::string(resource.address_column) + " = $2::uuid";
  const std::string column(resource.short_column), table(resource.table);
  if (resource.former_kind.empty()) return owned + "t." + column + " = $2::text";
  return owned + "t.id = COALESCE((SELECT x.id FROM $schema." + table + " x WHERE x.workspace_id = $1::uuid AND x." + column +
         " = $2::text), (SELECT f.holder_id FROM $schema.former_addresses f WHERE f.workspace_id = $1::uuid AND f.kind = '" +
         std::string(resource.former_kind) + "' AND f.word = $2::text LIMIT 1))";
}

bool names_workspace(std::string_view word) { return !word.empty() && can_be_asked(word); }

pg::Statement standing_statement(std::string_view schema, const api::Principal& who, std::string_view workspace,
                                 bool deleted_too) {
  pg::Params params;
  params.text(who.session.text()).text(who.user.text());
  std::string sql(standing_sql);
  if (names_workspace(workspace)) {
    const bool by_id = text::Uuid::parse(workspace).has_value();
    sql += std::string(member_sql) + std::string(by_id ? "$3::uuid" : workspace_by_slug) + ") v ON true";
    params.text(workspace).boolean(deleted_too);
  } else {
    sql += "), $superuser FROM $schema.checkpoint c";
  }
  return {filled(filled(sql, schema, "$superuser", superuser_sql), schema), std::move(params)};
}

Standing standing_of(const pg::Result& found, const api::Principal& who, std::string_view workspace) {
  Standing standing;
  if (found.empty()) return standing;
  standing.position = events::Position{found.int64(0, 0)};
  standing.signed_out = found.boolean(0, 1);
  standing.parked = found.boolean(0, 2);
  const bool is_superuser = found.boolean(0, 3);
  if (workspace.empty())
    standing.viewer = Viewer{who.user, {}, {}, is_superuser};
  else if (names_workspace(workspace) && !found.is_null(0, 4))
    standing.viewer = Viewer{who.user, *events::WorkspaceId::parse(found.text(0, 4)),
                             found.is_null(0, 5) ? std::string(superuser_role) : std::string(found.text(0, 5)), is_superuser};
  return standing;
}

}  // namespace

Standing find_standing(pg::Connection& connection, std::string_view schema, const api::Principal& who,
                       std::string_view workspace) {
  const auto statement = standing_statement(schema, who, workspace, false);
  return standing_of(connection.exec_prepared(statement.sql, statement.params), who, workspace);
}

Standing open_snapshot(pg::Connection& connection, std::string_view schema, const api::Principal& who, std::string_view workspace,
                       bool deleted_too) {
  const pg::Statement statements[] = {{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}},
                                      standing_statement(schema, who, workspace, deleted_too)};
  return standing_of(connection.pipeline(statements).back(), who, workspace);
}

std::optional<Found> find_one(pg::Connection& connection, const Sight& sight, const Resource& resource,
                              const std::string& owner, std::string_view word, Deleted deleted, Columns& columns) {
  const bool by_id = text::Uuid::parse(word).has_value();
  if (!can_be_asked(word) || (!by_id && resource.short_column.empty())) return std::nullopt;
  for (const auto key : {"id", "version", "changed"}) columns.need(key);
  const auto result = run_sql(connection, one_sql(resource, columns, sight, deleted, match_of(resource, by_id),
                                                  {owner, by_id ? std::string(word) : text::with_capitals(word)}));
  if (result.empty()) return std::nullopt;
  Found found;
  found.row = rows_of(result, columns).front();
  const auto number = [&](std::string_view key) { return std::stoll(found.row.keys[columns.place_of(key)].value_or("0")); };
  found.id = found.row.keys[columns.place_of("id")].value_or("");
  found.version = number("version");
  found.changed = number("changed");
  found.nulled = result.boolean(0, static_cast<int>(columns.shown.size() + columns.keys.size()));
  return found;
}

}  // namespace daybook::query
