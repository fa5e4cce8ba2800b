#include "command-service/delivering/matching.hpp"

#include <algorithm>

#include "events/comment/events.hpp"
#include "events/issue/events.hpp"
#include "events/project/events.hpp"
#include "events/webhook/events.hpp"

namespace daybook::delivering {
namespace {

namespace issue = events::issue;
namespace project = events::project;

bool is_done(const Told& event) { return event.type == issue::StatusChanged::type && event.status == events::word_of(issue::Status::done); }

// The older words say more than one type, or less.
bool is_older_word_of(std::string word, const Told& event) {
  std::replace(word.begin(), word.end(), '.', '_');
  if (word == "task_created") return event.type == issue::Opened::type;
  if (word == "task_completed") return is_done(event);
  if (word == "task_updated") return event.type.starts_with("issue.") && event.type != issue::Opened::type && !is_done(event);
  if (word == "project_created") return event.type == project::Created::type;
  if (word == "project_completed") return event.type == project::StatusChanged::type && event.status == events::word_of(project::Status::completed);
  if (word == "comment_created") return event.type == events::comment::Posted::type;
  return false;
}

bool names(const std::string& word, const Told& event) {
  if (word == "*" || word == event.type) return true;
  if (word.ends_with(".*")) return event.type.starts_with(std::string_view(word).substr(0, word.size() - 1));
  return is_older_word_of(word, event);
}

}  // namespace

bool may_be_told(std::string_view type) {
  return type != events::webhook::DeliverySucceeded::type && type != events::webhook::DeliveryFailed::type;
}

bool is_named(const std::vector<std::string>& words, const Told& event) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return names(word, event); });
}

bool is_for(const Receiver& receiver, const Told& event) {
  if (!may_be_told(event.type) || receiver.workspace != event.workspace) return false;
  if (receiver.project && receiver.project != event.project) return false;
  return is_named(receiver.words, event);
}

}  // namespace daybook::delivering
