#pragma once
// Finding one thing in the read tables: who asks and whether they still may, and the row that a word of the path names. What
// these give does not say where it was read: stored_point.hpp gives the same from the state store.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/core/id.hpp"
#include "platform/text/instant.hpp"
#include "query-service/core/list_request.hpp"
#include "query-service/core/rows.hpp"
#include "query-service/core/viewer.hpp"
#include "schemas/api/api.hpp"

namespace daybook::query {

// How the caller stands in the snapshot of which this is read.
struct Standing {
  events::Position position{};   // that the snapshot shows
  bool signed_out = false;       // the session, key or token was ended, or whoever has it is gone
  bool parked = false;           // of the workspace or the caller not every event is in the read models
  std::optional<Viewer> viewer;  // empty: neither a member of the workspace that was named nor a superuser, or the key is of another
  // Of an API key: what it may do, and when it ends by itself.
  std::optional<std::vector<std::string>> scopes = std::nullopt;
  std::optional<text::Instant> good_until = std::nullopt;

  bool has_ended() const { return signed_out || (good_until && *good_until <= std::chrono::system_clock::now()); }
};

// `workspace` is the word of the path: id, slug or an earlier slug; empty where the route is not below one.
Standing find_standing(pg::Connection& connection, std::string_view schema, const api::Principal& who,
                       std::string_view workspace);

// The same in one round trip with the opening of the snapshot in which everything else of the query is read; it ends when
// the connection goes back to its pool. A deleted workspace is there for its owners and for superusers, where deleted things are asked for.
Standing open_snapshot(pg::Connection& connection, std::string_view schema, const api::Principal& who, std::string_view workspace,
                       bool deleted_too);

// Whether a word of a path can be compared with texts at all.
bool can_be_asked(std::string_view word);

struct Found {
  Row row;
  std::string id;
  std::int64_t version = 0;
  std::int64_t changed = 0;  // position of the event that last changed it
  bool nulled = false;       // a reference reads as null because what it points at is gone
};

// A row of the workspace (or user) that owns it, by its id, its short address or an earlier one. `columns` comes back with
// the keys that the row has.
std::optional<Found> find_one(pg::Connection& connection, const Sight& sight, const Resource& resource,
                              const std::string& owner, std::string_view word, Deleted deleted, Columns& columns);

}  // namespace daybook::query
