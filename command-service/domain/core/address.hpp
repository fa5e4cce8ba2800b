#pragma once
// The keys by which things are claimed and found again, in one place: what an effect claims, an address
// resolves. Scopes and keys are storage format.
#include "command-service/domain/core/decision.hpp"
#include "command-service/domain/core/facts.hpp"
#include "command-service/domain/core/texts.hpp"

namespace daybook::domain {

namespace scope {
inline constexpr std::string_view workspace_slug = "workspace-slug";
inline constexpr std::string_view username = "username";  // personal
inline constexpr std::string_view email = "email";        // personal
inline constexpr std::string_view google_account = "google-account";  // personal, while it is linked
inline constexpr std::string_view label_name = "label-name";
inline constexpr std::string_view project_key = "project-key";
inline constexpr std::string_view issue_identifier = "issue-identifier";
inline constexpr std::string_view dependency = "dependency";
inline constexpr std::string_view document_slug = "document-slug";
inline constexpr std::string_view skill_review = "skill-review";
inline constexpr std::string_view issue_number =
    "issue-number";  // counter, by workspace: the greatest number given
inline constexpr std::string_view sole_owner =
    "sole-owner";                                     // counter, by user: shared workspaces only they own
inline constexpr std::string_view blocks = "blocks";  // relation, blocker → blocked
inline constexpr std::string_view parent = "parent";  // relation, child → parent
inline constexpr std::string_view active_sprint = "active-sprint";  // by project
inline constexpr std::string_view sprint_points = "sprint-points";  // counter, by sprint: of the issues in it
inline constexpr std::string_view sprint_unfinished_points = "sprint-unfinished-points";  // counter, by sprint
inline constexpr std::string_view running_timer = "running-timer";  // by workspace and user
inline constexpr std::string_view issue_place = "issue-place";   // ordered: where an issue was ranked
inline constexpr std::string_view epic = "epic";                 // claim, by issue: it is an epic
inline constexpr std::string_view epic_of = "epic-of";           // relation, issue → epic
inline constexpr std::string_view epic_issues = "epic-issues";   // counter, by epic: issues that name it, deleted ones too
inline constexpr std::string_view project_member = "project-member";  // by project and user
inline constexpr std::string_view notification_cause = "notification-cause";  // by user and what it tells of
inline constexpr std::string_view template_rating = "template-rating";  // by template and user
inline constexpr std::string_view invited = "invited";  // personal, by workspace and e-mail, while it is open
inline constexpr std::string_view project_owner = "project-owner";    // by project and user, while the project is private
}  // namespace scope

// Why a key of the scope is refused: it is held.
Rejection taken(std::string_view scope, std::string_view pointer);

// The key of something unique within a workspace: "<workspace>:<name>".
std::string key_in(events::WorkspaceId workspace, std::string_view name);
// Of something unique within a project: "<project>:<name>".
std::string key_in(events::ProjectId project, std::string_view name);

// By UUID, or by the address people use: a workspace's slug (old ones too), a project's key, an issue's
// identifier. Says nothing about whether it is deleted; a UUID is taken as it is.
std::optional<events::WorkspaceId> find_workspace(std::string_view address, const Facts& facts);
std::optional<events::ProjectId> find_project(std::string_view address, events::WorkspaceId workspace,
                                              const Facts& facts);
std::optional<events::IssueId> find_issue(std::string_view address, events::WorkspaceId workspace,
                                          const Facts& facts);

// The first of base, base-1 … base-8 that is free, else base and the spare characters, which nobody holds.
inline constexpr int suffix_max = 8;
template <class Taken>
std::string first_free(const std::string& base, std::string_view separator, std::string_view spare,
                       Taken taken) {
  if (!taken(base)) return base;
  for (int i = 1; i <= suffix_max; ++i) {
    auto candidate = base + std::string(separator) + std::to_string(i);
    if (!taken(candidate)) return candidate;
  }
  return base + std::string(separator) + std::string(spare);
}

}  // namespace daybook::domain
