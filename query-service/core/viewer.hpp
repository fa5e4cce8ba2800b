#pragma once
// Who reads.
#include <string>

#include "events/core/id.hpp"

namespace daybook::query {

// The caller inside a workspace they are a member of; outside of any, without a role.
struct Viewer {
  events::UserId user{};
  events::WorkspaceId workspace{};
  std::string role;

  // Nothing of the workspace is private to them.
  bool sees_all() const { return role == "owner" || role == "admin"; }
};

}  // namespace daybook::query
