#pragma once
// The words of the platform's enumerations and ours. Where several of ours stand for one of theirs, the first is what is written;
// where one of ours has no like, it is shown as the nearest. Constants.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::compat {

struct Word {
  std::string_view theirs, ours;
};
using Words = std::span<const Word>;

inline constexpr Word issue_statuses[] = {
    {"backlog", "backlog"}, {"backlog", "draft"},  {"todo", "todo"},           {"todo", "ready"},
    {"in_progress", "in_progress"}, {"in_review", "in_review"}, {"in_review", "needs_approval"}, {"done", "done"},
    {"done", "archived"},   {"blocked", "blocked"}, {"blocked", "failed"},     {"cancelled", "cancelled"}};
inline constexpr Word priorities[] = {{"urgent", "urgent"}, {"high", "high"}, {"medium", "medium"}, {"low", "low"}, {"none", "none"}};
inline constexpr Word project_statuses[] = {
    {"planned", "planning"}, {"in_progress", "active"}, {"paused", "on_hold"}, {"completed", "completed"}, {"cancelled", "cancelled"}};
inline constexpr Word agent_statuses[] = {{"idle", "idle"}, {"working", "working"}, {"working", "busy"}, {"working", "active"},
                                          {"blocked", "blocked"}, {"error", "error"}, {"offline", "offline"}};
inline constexpr Word runtime_modes[] = {{"local", "local"}, {"cloud", "cloud"}};
inline constexpr Word roles[] = {{"owner", "owner"}, {"admin", "admin"}, {"member", "member"}, {"member", "viewer"}};
inline constexpr Word dependency_types[] = {{"blocks", "blocks"}, {"blocked_by", "blocked_by"}, {"related", "related"}};
inline constexpr Word assignee_types[] = {{"member", "user"}, {"agent", "agent"}};
inline constexpr Word leads[] = {{"member", "user"}};   // projects are led by people

std::optional<std::string_view> ours_of(Words words, std::string_view theirs);
// All of ours that stand for it, by commas, as a filter takes them; empty where there is no such word.
std::string all_ours_of(Words words, std::string_view theirs);
// What has no like stays as it is.
std::string_view theirs_of(Words words, std::string_view ours);
// Each of theirs once, in the order of the table.
std::vector<std::string_view> all_theirs(Words words);
// "'a', 'b' or 'c'".
std::string told(Words words);

}  // namespace daybook::compat
