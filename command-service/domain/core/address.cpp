#include "command-service/domain/core/address.hpp"

#include <algorithm>

namespace daybook::domain {
namespace {

// Keys and identifiers are ASCII; people write them in either case.
std::string with_capitals(std::string_view words) {
  std::string out(words);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return out;
}

template <class IdType>
std::optional<IdType> find(std::string_view address, std::string_view in_scope, const std::string& key,
                           const Facts& facts) {
  if (const auto id = IdType::parse(address)) return id;
  const auto holder = facts.claimed(in_scope, key);
  if (!holder) return std::nullopt;
  return IdType{holder->value};
}

}  // namespace

std::string key_in(events::WorkspaceId workspace, std::string_view name) {
  return workspace.text() + ":" + std::string(name);
}

std::optional<events::WorkspaceId> find_workspace(std::string_view address, const Facts& facts) {
  return find<events::WorkspaceId>(address, scope::workspace_slug, std::string(address), facts);
}

std::optional<events::ProjectId> find_project(std::string_view address, events::WorkspaceId workspace,
                                              const Facts& facts) {
  return find<events::ProjectId>(address, scope::project_key, key_in(workspace, with_capitals(address)),
                                 facts);
}

std::optional<events::IssueId> find_issue(std::string_view address, events::WorkspaceId workspace,
                                          const Facts& facts) {
  return find<events::IssueId>(address, scope::issue_identifier, key_in(workspace, with_capitals(address)),
                               facts);
}

}  // namespace daybook::domain
