#pragma once
// The rows of every read model. Most are the folded fields of their aggregate, as they are.
#include "events/agent/state.hpp"
#include "events/comment/state.hpp"
#include "events/issue/state.hpp"
#include "events/project/state.hpp"
#include "events/user/state.hpp"
#include "events/workspace/state.hpp"
#include "projector/core/table.hpp"
#include "projector/read_models/former_address.hpp"
#include "projector/read_models/session.hpp"

namespace daybook::projector {

using UserRow = events::user::Fields;            // without what is personal: that stands in `people`
using WorkspaceRow = events::workspace::Fields;
using MemberRow = events::workspace::Member;
using LabelRow = events::workspace::Label;
using ProjectRow = events::project::Fields;
using IssueRow = events::issue::Fields;
using CommentRow = events::comment::Fields;
using AgentRow = events::agent::Fields;

struct IssueLabelRow : events::Stamp {
  events::LabelLinkId id{};
  events::WorkspaceId workspace_id{};
  events::IssueId issue_id{};
  events::LabelId label_id{};
  bool operator==(const IssueLabelRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssueLabelRow, (events::Stamp), (id, workspace_id, issue_id, label_id))

struct DependencyRow : events::Stamp {
  events::DependencyId id{};
  events::WorkspaceId workspace_id{};
  events::IssueId issue_id{};
  events::IssueId depends_on_id{};
  events::issue::DependencyType dependency_type{};
  bool operator==(const DependencyRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(DependencyRow, (events::Stamp), (id, workspace_id, issue_id, depends_on_id, dependency_type))

// One line of the activity log; its id is the event's.
struct ActivityRow {
  events::EventId id{};
  events::WorkspaceId workspace_id{};
  std::string entity_type;
  events::EntityId entity_id{};
  std::string action;                            // the verb: status_changed
  std::string type;                              // the event: issue.status_changed
  events::ActorType actor_type{};
  std::optional<events::PrincipalId> actor_id;
  std::optional<events::ProjectId> project_id;
  std::optional<events::IssueId> issue_id;
  events::Json details;                          // the event's data
  events::Json changes;                          // {field: [before, after]} of the entity's row
  text::Instant created_at{};
  events::Position position{};
  bool operator==(const ActivityRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ActivityRow, (), (id, workspace_id, entity_type, entity_id, action, type, actor_type, actor_id, project_id,
                                        issue_id, details, changes, created_at, position))

// What full-text search looks at; its id is the entity's.
struct SearchRow {
  events::EntityId id{};
  events::EntityId entity_id{};
  std::string entity_type;
  events::WorkspaceId workspace_id{};
  std::optional<events::ProjectId> project_id;
  std::optional<events::IssueId> issue_id;
  std::string title;
  std::string text;
  bool operator==(const SearchRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SearchRow, (), (id, entity_id, entity_type, workspace_id, project_id, issue_id, title, text))

inline constexpr std::size_t search_text_bytes_max = 256 << 10;

}  // namespace daybook::projector
