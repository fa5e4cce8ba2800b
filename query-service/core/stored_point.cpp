#include "query-service/core/stored_point.hpp"

#include <algorithm>
#include <array>

#include "platform/text/slug.hpp"
#include "projector/read_models/agent.hpp"
#include "projector/read_models/api_key.hpp"
#include "projector/read_models/former_address.hpp"
#include "projector/read_models/member.hpp"
#include "projector/read_models/parked.hpp"
#include "projector/read_models/session.hpp"
#include "projector/read_models/user.hpp"
#include "projector/read_models/workspace.hpp"
#include "query-service/core/stored_row.hpp"

namespace daybook::query {
namespace {

using projector::StateView;

constexpr std::size_t reply_bytes_expected = 1024;

std::unique_ptr<const StoredRow> row_of(const StateView& view, const Resource& resource, text::Uuid id) {
  auto json = view.json(resource.stored(), id);
  return json ? std::unique_ptr<const StoredRow>(std::make_unique<StoredRow>(resource, std::move(*json))) : nullptr;
}

// The row with those values in two columns; there is an index of them.
std::optional<text::Uuid> find_by_two(const StateView& view, const Resource& resource, const std::array<std::string_view, 2>& fields,
                                      text::Uuid first, const std::string& part) {
  const auto& table = resource.stored();
  const auto index = std::find_if(table.store_indexes.begin(), table.store_indexes.end(),
                                  [&](const auto& each) { return std::equal(each.fields.begin(), each.fields.end(), fields.begin(), fields.end()); });
  if (index == table.store_indexes.end())
    throw std::logic_error(std::string(table.name) + " has no index in the state store by " + std::string(fields.back()));
  return view.first(table, static_cast<std::size_t>(index - table.store_indexes.begin()), projector::index_part(first) + part);
}

// The row of that owner with that value in the column.
std::optional<text::Uuid> find_by(const StateView& view, const Resource& resource, text::Uuid owner, std::string_view column,
                                  const std::string& part) {
  return find_by_two(view, resource, {resource.owner_column, column}, owner, part);
}

std::optional<text::Uuid> find_by_id(const StateView& view, const Resource& resource, text::Uuid owner, text::Uuid id) {
  if (resource.address_column == "id") return id;
  return find_by(view, resource, owner, resource.address_column, projector::index_part(id));
}

std::optional<text::Uuid> find_by_former(const StateView& view, const std::string& parts) {
  const auto& table = projector::table_of<projector::FormerAddressRow>();
  const auto entry = view.first(table, projector::index_number(table, "by_word"), parts);
  return entry ? std::optional(view.get<projector::FormerAddressRow>(*entry).value().holder_id.value) : std::nullopt;
}

std::string former_part(std::string_view kind, std::string_view word) { return projector::index_part(kind) + projector::index_part(word); }

std::optional<text::Uuid> find_by_short(const StateView& view, const Resource& resource, text::Uuid owner, const std::string& word) {
  if (resource.short_column.empty()) return std::nullopt;
  if (const auto id = find_by(view, resource, owner, resource.short_column, projector::index_part(word))) return id;
  if (resource.former_kind.empty()) return std::nullopt;
  return find_by_former(view, former_part(resource.former_kind, word) + projector::index_part(owner));
}

// ---- what hides a row, as in the predicate of sql.cpp ----------------------------------------------------------------

// The view, and for whom.
struct StoredReader {
  const StateView& view;
  const Viewer& viewer;

  bool is_there(const Resource& resource, text::Uuid id) const {
    const auto row = row_of(view, resource, id);
    return row && !row->is_deleted() && is_visible(resource, *row);
  }

  bool is_visible(const Resource& resource, const StoredRow& row) const {
    return is_let_in(resource, row) && std::all_of(resource.containers.begin(), resource.containers.end(), [&](const Container& container) {
             const auto id = row.id(container.column);
             if (!id || !lies_in(container, row)) return true;
             if (!container.own.empty() && row.id(container.own) == id) return is_hidden_by_nothing_else(container.in(), *id);
             const auto holder = find_by_id(view, container.in(), *row.id(owner_in(resource, container)), *id);
             return holder && is_there(container.in(), *holder);
           });
  }

  static bool lies_in(const Container& container, const StoredRow& row) {
    return container.kind_column.empty() || row.word(container.kind_column) == container.kind;
  }

  // Whether nothing but its own deletion hides it.
  bool is_hidden_by_nothing_else(const Resource& resource, text::Uuid id) const {
    const auto row = row_of(view, resource, id);
    return row && is_visible(resource, *row);
  }

  // Whether it lay in nothing that is private to others, deleted or not.
  bool is_known(const Resource& resource, const StoredRow& row) const {
    if (viewer.sees_all() || !resource.may_be_private()) return true;
    return is_let_in(resource, row) && std::all_of(resource.containers.begin(), resource.containers.end(), [&](const Container& container) {
             const auto id = row.id(container.column);
             return !id || is_known(container.in(), *id);
           });
  }
  bool is_known(const Resource& resource, text::Uuid id) const {
    if (viewer.sees_all() || !resource.may_be_private()) return true;
    const auto row = row_of(view, resource, id);
    return row && is_known(resource, *row);
  }

  bool is_let_in(const Resource& resource, const StoredRow& row) const {
    if (!resource.privacy || viewer.sees_all() || row.word(resource.privacy->column) != resource.privacy->word) return true;
    return row.id(resource.privacy->owner) == viewer.user.value || is_among(resource.privacy->members, *row.id("id"));
  }

  bool is_among(const People& people, text::Uuid thing) const {
    return find_by_two(view, people.rows(), {people.thing, people.person}, thing, projector::index_part(viewer.user.value)).has_value();
  }

  // Whether what the row points at is still there.
  bool is_living(const Resource& resource, const StoredRow& row, const Reference& reference) const {
    const auto word = reference.type_column.empty() ? std::string_view() : row.word(reference.type_column);
    const auto target = std::find_if(reference.targets.begin(), reference.targets.end(), [&](const auto& each) { return each.word == word; });
    if (target == reference.targets.end()) return false;
    const auto id = *row.id(reference.column);
    if (!target->while_in) return is_there(target->to(), id);
    const auto holder = find_by_id(view, target->while_in(), *row.id(resource.owner_column), id);
    return holder && is_there(target->while_in(), *holder);
  }
};

// Columns that read as null because what they point at is gone.
std::vector<std::string_view> nulled_columns(const StoredReader& reader, const Resource& resource, const StoredRow& row) {
  std::vector<std::string_view> columns;
  for (const auto& reference : resource.references) {
    if (!reference.null_when_gone || !row.id(reference.column) || reader.is_living(resource, row, reference)) continue;
    columns.push_back(reference.column);
    if (!reference.type_column.empty()) columns.push_back(reference.type_column);
  }
  return columns;
}

Found shown_row(const StoredReader& reader, const Resource& resource, const StoredRow& row, const Shown& shown,
                const std::vector<std::string_view>& nulled) {
  Found found;
  found.row.json.reserve(reply_bytes_expected);
  found.row.json = "{";
  for (const auto* field : shown.fields) {
    auto value = row.value(*field);
    if (const auto* mine = resource.mine_of(field->name)) value = reader.is_among(mine->among, *row.id("id")) ? "true" : "false";
    const bool reads_as_null = value.empty() || std::find(nulled.begin(), nulled.end(), field->name) != nulled.end();
    append_member(field->name, reads_as_null ? "null" : value, found.row.json);
  }
  found.id = row.id("id")->text();
  found.version = row.number("version");
  found.changed = row.number("changed");
  found.nulled = !nulled.empty();
  return found;
}

// ---- who asks --------------------------------------------------------------------------------------------------------

// As in the read tables (point.cpp): a session that is not known yet is live, a key or an agent's token is not. Also what an API key
// may do, and until when.
void judge(const StateView& view, const api::Principal& who, Standing& standing) {
  if (who.agent) {
    const auto agent = view.get<projector::AgentRow>(who.agent->value);
    standing.signed_out = !agent || agent->deleted_at || agent->token_id != who.agent_token;
    return;
  }
  const auto user = view.get<projector::UserRow>(who.user.value);
  standing.signed_out = user && (user->deleted_at || user->status == events::user::Status::inactive);
  if (who.api_key) {
    const auto key = view.get<projector::ApiKeyRow>(who.api_key->value);
    if (!key || key->user_id != who.user || !key->is_active) standing.signed_out = true;
    if (!key) return;
    standing.scopes = key->permissions;
    standing.good_until = key->expires_at;
  } else if (const auto session = view.get<projector::SessionRow>(who.session.value); session && session->revoked_at) {
    standing.signed_out = true;
  }
}

// Of whoever is good in one workspace alone.
std::optional<events::WorkspaceId> only_workspace(const StateView& view, const api::Principal& who) {
  if (who.agent) {
    const auto agent = view.get<projector::AgentRow>(who.agent->value);
    return agent ? agent->workspace_id : events::WorkspaceId{};
  }
  if (!who.api_key) return std::nullopt;
  const auto key = view.get<projector::ApiKeyRow>(who.api_key->value);
  return key ? key->workspace_id : events::WorkspaceId{};
}

std::optional<text::Uuid> find_workspace(const StateView& view, std::string_view word) {
  if (const auto id = text::Uuid::parse(word)) return id;
  const auto& table = projector::table_of<projector::WorkspaceRow>();
  if (const auto id = view.first(table, projector::index_number(table, "by_slug"), projector::index_part(word))) return id;
  return find_by_former(view, former_part("workspace", word));
}

std::optional<Viewer> find_viewer(const StateView& view, const api::Principal& who, bool is_superuser, std::string_view word, bool deleted_too) {
  const auto id = find_workspace(view, word);
  const auto workspace = id ? view.get<projector::WorkspaceRow>(*id) : std::nullopt;
  const auto only = only_workspace(view, who);
  if (!workspace || (only && *only != workspace->id)) return std::nullopt;
  if (who.agent) {
    if (workspace->deleted_at) return std::nullopt;
    return Viewer{events::UserId{who.agent->value}, workspace->id, std::string(events::word_of(events::workspace::MemberRole::viewer))};
  }
  const auto user = who.user;
  const auto& table = projector::table_of<projector::MemberRow>();
  const auto membership =
      view.first(table, projector::index_number(table, "by_user"), projector::index_part(*id) + projector::index_part(user.value));
  const auto member = membership ? view.get<projector::MemberRow>(*membership) : std::nullopt;
  if (!member && !is_superuser) return std::nullopt;
  const bool is_owner = is_superuser || member->role == events::workspace::MemberRole::owner;
  if (workspace->deleted_at && !(deleted_too && is_owner)) return std::nullopt;
  return Viewer{user, workspace->id, std::string(member ? events::word_of(member->role) : superuser_role), is_superuser};
}

}  // namespace

Standing find_standing(const StateView& view, const api::Principal& who, std::string_view workspace, bool deleted_too) {
  Standing standing;
  const auto user = view.get<projector::UserRow>(who.user.value);
  const bool is_superuser = user && user->is_superuser && !who.api_key;   // what a superuser may, no key of theirs may
  standing.position = view.position();
  judge(view, who, standing);
  if (workspace.empty())
    standing.viewer = Viewer{events::UserId{who.id().value}, {}, {}, is_superuser};
  else if (can_be_asked(workspace))
    standing.viewer = find_viewer(view, who, is_superuser, workspace, deleted_too);
  const auto is_parked = [&](text::Uuid scope) { return view.json(projector::table_of<projector::ParkedRow>(), scope).has_value(); };
  standing.parked = is_parked(who.id().value) || (standing.viewer && is_parked(standing.viewer->workspace.value));
  return standing;
}

Standing Standings::find(const StateView& view, const api::Principal& who, std::string_view workspace, bool deleted_too) {
  std::string key(deleted_too ? "d" : "-");
  const auto add = [&key](const text::Uuid& id) { key.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()); };
  add(who.id().value);
  add(who.session.value);
  add(who.agent_token.value);
  add(who.api_key.value_or(events::ApiKeyId{}).value);
  key += workspace;
  if (auto known = known_.find(view.moment(), key)) return std::move(*known);
  auto standing = find_standing(view, who, workspace, deleted_too);
  known_.keep(view.moment(), std::move(key), standing);
  return standing;
}

std::optional<Found> find_one(const StateView& view, const Viewer& viewer, const Resource& resource, const StoredPoint& asked,
                              const Shown& shown) {
  if (!can_be_asked(asked.word)) return std::nullopt;
  const auto owner = *text::Uuid::parse(asked.owner);
  const auto given = text::Uuid::parse(asked.word);
  const auto id = given ? find_by_id(view, resource, owner, *given) : find_by_short(view, resource, owner, text::with_capitals(asked.word));
  const auto row = id ? row_of(view, resource, *id) : nullptr;
  if (!row || row->id(resource.owner_column) != owner) return std::nullopt;
  if (resource.deletable() && asked.deleted != Deleted::include && row->is_deleted() != (asked.deleted == Deleted::only)) return std::nullopt;
  const StoredReader reader{view, viewer};
  if (!reader.is_visible(resource, *row)) return std::nullopt;
  if (!asked.as_of) return shown_row(reader, resource, *row, shown, nulled_columns(reader, resource, *row));
  auto json = view.json_as_of(resource.stored(), *id, *asked.as_of);
  if (!json) return std::nullopt;
  const StoredRow then(resource, std::move(*json));
  if (!reader.is_known(resource, then)) return std::nullopt;
  return shown_row(reader, resource, then, shown, {});
}

}  // namespace daybook::query
