#pragma once
// What deliveries ask of the read tables. `position` says which tables are asked, so it comes first; the others show at least that.
#include "command-service/delivering/matching.hpp"

namespace daybook::delivering {

// Positions after one and up to another.
struct Stretch {
  events::Position after{}, upto{};
};

class ReadModels {
 public:
  virtual ~ReadModels() = default;
  // Everything up to here is shown.
  virtual events::Position position() = 0;
  // What the activity shows of the stretch, of all workspaces that have a webhook which is enabled, or of one workspace; in order. What was
  // imported is left out: it happened long ago.
  virtual std::vector<Told> told(const Stretch& stretch, std::optional<events::WorkspaceId> workspace, std::size_t max) = 0;
  // Those of these workspaces.
  virtual std::vector<Receiver> receivers(const std::vector<events::WorkspaceId>& workspaces) = 0;
};

}  // namespace daybook::delivering
