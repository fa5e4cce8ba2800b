#include "query-service/core/point.hpp"

#include <stdexcept>

#include "events/core/json.hpp"
#include "platform/text/slug.hpp"
#include "platform/text/unicode.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::query {

bool can_be_asked(std::string_view word) { return word.find('\0') == word.npos && text::valid_utf8(word); }

namespace {

// How each kind of caller stands: whether they have ended, what they may do and until when; and what makes them known in a workspace
// `w`. $1 is the session, key or token, $2 whoever has it. What the read models do not know yet, a session that began a moment ago,
// counts as live: the token vouches for it. A key or an agent's token does not, until it is known.
struct KindOfCaller {
  std::string_view standing, joined;
  std::string_view superuser = "false";
};

constexpr std::string_view user_gone =
    "EXISTS (SELECT FROM $schema.users u WHERE u.id = $2::uuid AND (u.deleted_at IS NOT NULL OR u.status = 'inactive'))";

constexpr KindOfCaller person{
    "EXISTS (SELECT FROM $schema.sessions s WHERE s.id = $1::uuid AND s.revoked_at IS NOT NULL) OR $gone, NULL::text, NULL::bigint",
    " LEFT JOIN $schema.members m ON m.workspace_id = w.id AND m.user_id = $2::uuid",
    "EXISTS (SELECT FROM $schema.users u WHERE u.id = $2::uuid AND u.is_superuser)"};
constexpr KindOfCaller with_key{
    "NOT EXISTS (SELECT FROM $schema.api_keys a WHERE a.id = $1::uuid AND a.user_id = $2::uuid AND a.is_active) OR $gone,"
    " (SELECT a.permissions::text FROM $schema.api_keys a WHERE a.id = $1::uuid),"
    " (SELECT (extract(epoch FROM a.expires_at) * 1000000)::bigint FROM $schema.api_keys a WHERE a.id = $1::uuid)",
    " JOIN $schema.members m ON m.workspace_id = w.id AND m.user_id = $2::uuid"
    " JOIN $schema.api_keys a ON a.workspace_id = w.id AND a.id = $1::uuid"};
constexpr KindOfCaller agent{
    "NOT EXISTS (SELECT FROM $schema.agents a WHERE a.id = $2::uuid AND a.token_id = $1::uuid AND a.deleted_at IS NULL), NULL::text, NULL::bigint",
    " JOIN (SELECT a.workspace_id, 'viewer'::text AS role FROM $schema.agents a WHERE a.id = $2::uuid) m ON m.workspace_id = w.id"};

const KindOfCaller& kind_of(const api::Principal& who) { return who.agent ? agent : who.api_key ? with_key : person; }

constexpr std::string_view unfilled = "$schema";   // which is filled in at last

// The position of the snapshot, how the caller stands, and whether what is asked of is parked.
constexpr std::string_view standing_sql = "SELECT c.position, $standing, EXISTS (SELECT FROM $schema.parked k WHERE k.id = $2::uuid";

// A superuser reads every workspace, whether or not they are a member; their key does not.
constexpr std::string_view member_sql =
    " OR k.id = v.id), c.is_superuser, v.id, v.role FROM (SELECT position, $superuser AS is_superuser FROM $schema.checkpoint) c"
    " LEFT JOIN LATERAL (SELECT w.id, m.role FROM $schema.workspaces w$joined"
    " WHERE (c.is_superuser OR m.role IS NOT NULL) AND (w.deleted_at IS NULL OR ($4::boolean AND (c.is_superuser OR m.role = 'owner')))"
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

// The session, key or token with which they came.
text::Uuid through(const api::Principal& who) {
  if (who.agent) return who.agent_token.value;
  return who.api_key ? who.api_key->value : who.session.value;
}

bool names_workspace(std::string_view word) { return !word.empty() && can_be_asked(word); }

// An API key's, as its row has them.
std::vector<std::string> scopes_in(const std::string& json) {
  std::vector<std::string> scopes;
  if (!events::from_json(json, scopes, events::Reading::lenient)) throw std::logic_error("the permissions of a key are no list of words");
  return scopes;
}

pg::Statement standing_statement(std::string_view schema, const api::Principal& who, std::string_view workspace,
                                 bool deleted_too) {
  pg::Params params;
  const auto& kind = kind_of(who);
  params.text(through(who).text()).text(who.id().text());
  auto sql = filled(filled(standing_sql, unfilled, "$standing", kind.standing), unfilled, "$gone", user_gone);
  if (names_workspace(workspace)) {
    const bool by_id = text::Uuid::parse(workspace).has_value();
    sql += filled(member_sql, unfilled, "$joined", kind.joined) + std::string(by_id ? "$3::uuid" : workspace_by_slug) + ") v ON true";
    params.text(workspace).boolean(deleted_too);
  } else {
    sql += "), $superuser FROM $schema.checkpoint c";
  }
  return {filled(filled(sql, schema, "$superuser", kind.superuser), schema), std::move(params)};
}

Standing standing_of(const pg::Result& found, const api::Principal& who, std::string_view workspace) {
  constexpr int position = 0, ended = 1, scopes = 2, good_until = 3, parked = 4, superuser = 5, id = 6, role = 7;
  Standing standing;
  if (found.empty()) return standing;
  const events::UserId reader{who.id().value};
  standing.position = events::Position{found.int64(0, position)};
  standing.signed_out = found.boolean(0, ended);
  if (const auto words = found.optional_text(0, scopes)) standing.scopes = scopes_in(*words);
  if (const auto micros = found.optional_int64(0, good_until)) standing.good_until = text::Instant(std::chrono::microseconds(*micros));
  standing.parked = found.boolean(0, parked);
  const bool is_superuser = found.boolean(0, superuser);
  if (workspace.empty())
    standing.viewer = Viewer{reader, {}, {}, is_superuser};
  else if (names_workspace(workspace) && !found.is_null(0, id))
    standing.viewer = Viewer{reader, *events::WorkspaceId::parse(found.text(0, id)),
                             found.is_null(0, role) ? std::string(superuser_role) : std::string(found.text(0, role)), is_superuser};
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
