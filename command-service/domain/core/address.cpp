#include "command-service/domain/core/address.hpp"

#include "platform/text/slug.hpp"

namespace daybook::domain {
namespace {

template <class IdType>
std::optional<IdType> find(std::string_view address, std::string_view in_scope, const std::string& key,
                           const Facts& facts) {
  if (const auto id = IdType::parse(address)) return id;
  const auto holder = facts.claimed(in_scope, key);
  if (!holder) return std::nullopt;
  return IdType{holder->value};
}

}  // namespace

Rejection taken(std::string_view scope, std::string_view pointer) {
  const auto sentence = [&]() -> std::string {
    if (scope == scope::workspace_slug) return "Another workspace has or had this slug.";
    if (scope == scope::project_key) return "Another project of this workspace has or had this key.";
    if (scope == scope::label_name) return "Another label of this workspace has this name.";
    if (scope == scope::email) return "Somebody is registered with this e-mail address.";
    if (scope == scope::username) return "Somebody has this username.";
    if (scope == scope::google_account) return "Somebody is linked with this account.";
    if (scope == scope::dependency) return "These two issues are joined like this already.";
    if (scope == scope::document_slug) return "Another document of this project has or had this slug.";
    if (scope == scope::running_timer) return "A timer of this person runs already: stop it first.";
    if (scope == scope::active_sprint) return "Another sprint of this project is active: complete or cancel it first.";
    if (scope == scope::template_rating) return "This person has rated the template.";
    if (scope == scope::skill_review) return "This person has reviewed the skill.";
    return "This is taken.";
  };
  return already_exists(std::string(pointer), sentence());
}

std::string key_in(events::WorkspaceId workspace, std::string_view name) {
  return workspace.text() + ":" + std::string(name);
}

std::string key_in(events::ProjectId project, std::string_view name) { return project.text() + ":" + std::string(name); }

std::optional<events::WorkspaceId> find_workspace(std::string_view address, const Facts& facts) {
  return find<events::WorkspaceId>(address, scope::workspace_slug, std::string(address), facts);
}

std::optional<events::ProjectId> find_project(std::string_view address, events::WorkspaceId workspace,
                                              const Facts& facts) {
  return find<events::ProjectId>(address, scope::project_key, key_in(workspace, text::with_capitals(address)),
                                 facts);
}

std::optional<events::IssueId> find_issue(std::string_view address, events::WorkspaceId workspace,
                                          const Facts& facts) {
  return find<events::IssueId>(address, scope::issue_identifier, key_in(workspace, text::with_capitals(address)),
                               facts);
}

}  // namespace daybook::domain
