#include "command-service/domain/issue/transitions.hpp"

#include <algorithm>

namespace daybook::domain::issue {
namespace {

using events::workspace::Transitions;
using events::workspace::TransitionTable;

const Transitions workflow_manager{
    {"todo", {"in_progress", "done", "blocked"}},
    {"in_progress", {"in_review", "blocked", "todo", "done", "needs_approval"}},
    {"in_review", {"done", "in_progress", "blocked"}},
    {"done", {"in_progress", "blocked"}},
    {"blocked", {"todo"}},
    {"needs_approval", {"in_progress", "todo", "blocked"}},
    {"failed", {"todo", "in_progress"}},
};

const Transitions scrum{
    {"backlog", {"ready", "todo", "cancelled"}},
    {"draft", {"backlog", "ready", "cancelled"}},
    {"ready", {"backlog", "todo", "in_progress", "cancelled"}},
    {"todo", {"backlog", "in_progress", "blocked", "cancelled"}},
    {"in_progress", {"todo", "in_review", "blocked", "done", "cancelled"}},
    {"in_review", {"in_progress", "blocked", "done"}},
    {"blocked", {"todo", "in_progress", "cancelled"}},
    {"done", {"in_progress", "archived"}},
    {"cancelled", {"backlog"}},
    {"archived", {}},
};

std::vector<std::string> allowed_from(const Transitions& table, std::string_view from) {
  if (const auto row = table.find(std::string(from)); row != table.end()) return row->second;
  std::vector<std::string> known;
  for (const auto& [status, next] : table) known.push_back(status);
  return known;
}

}  // namespace

const Transitions* transitions_of(const events::workspace::State& workspace) {
  if (!workspace.transition_table) return nullptr;
  switch (*workspace.transition_table) {
    case TransitionTable::workflow_manager:
      return &workflow_manager;
    case TransitionTable::scrum:
      return &scrum;
    case TransitionTable::own:
      return workspace.transitions ? &*workspace.transitions : nullptr;
  }
  return nullptr;
}

std::optional<events::FieldError> refuse_transition(const events::workspace::State& workspace, events::issue::Status from,
                                                    events::issue::Status to) {
  const auto* table = transitions_of(workspace);
  if (table == nullptr || from == to) return std::nullopt;
  const auto allowed = allowed_from(*table, events::word_of(from));
  if (std::find(allowed.begin(), allowed.end(), events::word_of(to)) != allowed.end()) return std::nullopt;
  std::string words;
  for (const auto& word : allowed) words += (words.empty() ? "" : ", ") + word;
  return events::FieldError{"/status", "transition-not-allowed",
                            "From '" + std::string(events::word_of(from)) + "' an issue may go to: " + (words.empty() ? "nothing" : words) + "."};
}

}  // namespace daybook::domain::issue
