#pragma once
// What point.hpp finds in the read tables, found in the state store: who asks, and one thing with everything that hides it, by
// the same declarations. Besides, the thing as it stood after an earlier event.
#include "projector/core/state_reader.hpp"
#include "query-service/core/moment_memory.hpp"
#include "query-service/core/point.hpp"

namespace daybook::query {

inline constexpr std::size_t standings_max = 4096;  // remembered

// A deleted workspace is there for its owners and for superusers, where deleted things are asked for.
Standing find_standing(const projector::StateView& view, const api::Principal& who, std::string_view workspace, bool deleted_too);

// The same, remembered. Safe from any thread.
class Standings {
 public:
  Standing find(const projector::StateView& view, const api::Principal& who, std::string_view workspace, bool deleted_too);

 private:
  MomentMemory<Standing> known_{standings_max};
};

struct StoredPoint {
  std::string owner;  // the workspace's id
  std::string_view word;
  Deleted deleted = Deleted::exclude;
  // Who may see the thing is judged by today; what is shown is the row of then, its references as they were. A row of when
  // it lay where the viewer may not look now is not shown.
  std::optional<events::Position> as_of;
};

// Of a resource that has a `stored` table. The row's JSON holds the fields that are shown; it has no keys.
std::optional<Found> find_one(const projector::StateView& view, const Viewer& viewer, const Resource& resource, const StoredPoint& asked,
                              const Shown& shown);

}  // namespace daybook::query
