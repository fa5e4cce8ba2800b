#pragma once
// Who reads.
#include <string>
#include <string_view>

#include "events/core/id.hpp"

namespace daybook::query {

// The role of a superuser in workspaces they are no member of: they read.
inline constexpr std::string_view superuser_role = "superuser";

// The caller inside a workspace they may read; outside of any, without a role. An agent is a viewer of its own workspace.
struct Viewer {
  events::UserId user{};      // an agent's own id, where it is one: no user has that
  events::WorkspaceId workspace{};
  std::string role;
  bool is_superuser = false;  // of the whole installation, whatever the role

  // Nothing of the workspace is private to them.
  bool sees_all() const { return is_superuser || role == "owner" || role == "admin"; }
};

}  // namespace daybook::query
