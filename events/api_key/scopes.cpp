#include "events/api_key/scopes.hpp"

#include <algorithm>

namespace daybook::events::api_key {
namespace {

constexpr std::string_view every_scope_elsewhere = "admin:*";
constexpr std::string_view in_workspace = "/api/v1/workspaces/{workspace}";

bool is_word(std::string_view word) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || c == '_'; };
  return !word.empty() && word.front() >= 'a' && word.front() <= 'z' && std::all_of(word.begin(), word.end(), fits);
}

}  // namespace

bool is_scope(std::string_view word) {
  if (word == every_scope) return true;
  const auto colon = word.find(':');
  if (colon == word.npos) return false;
  const auto what = word.substr(colon + 1);
  return is_word(word.substr(0, colon)) && (what == every_scope || is_word(what));
}

bool covers(std::span<const std::string> permissions, std::string_view scope) {
  const auto whole_area = std::string(scope.substr(0, scope.find(':') + 1)) + std::string(every_scope);
  return std::any_of(permissions.begin(), permissions.end(), [&](const std::string& held) {
    return held == scope || held == whole_area || held == every_scope || held == every_scope_elsewhere;
  });
}

std::string reading_scope(std::string_view path) {
  if (!path.starts_with(in_workspace)) return {};
  path.remove_prefix(in_workspace.size());
  if (!path.empty()) path.remove_prefix(1);
  const auto area = path.substr(0, path.find('/'));
  const bool of_the_workspace = area.empty() || area == "history";
  return std::string(of_the_workspace ? std::string_view("workspace") : area) + ":read";
}

}  // namespace daybook::events::api_key
