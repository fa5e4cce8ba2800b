#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compose/daybook/import/replay.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::importer {

/// An issue as a reader sees it, in the form in which two of them are held against each other.
struct IssueView {
  std::string title;
  std::string type;
  std::string status;
  std::string priority;
  std::optional<std::string> description;
  std::optional<std::string> acceptance_criteria;
  std::optional<std::int64_t> estimated_minutes;
  std::optional<text::Instant> due_at;
  std::string custom_fields;  ///< JSON, its members in order of their names.
  bool deleted = false;
  text::Instant created_at{};
  std::optional<text::Instant> started_at;
  std::optional<text::Instant> completed_at;
  // What follows is hidden while the issue is deleted, and left empty then.
  std::optional<std::string> parent;                              ///< An id.
  std::set<std::string> labels;                                   ///< Case-folded names.
  std::set<std::string> dependencies;                             ///< See `dependency_words`.
  std::multiset<std::pair<text::Instant, std::string>> comments;  ///< Time and text.
};

/// Issues by id.
using IssueViews = std::map<std::string, IssueView>;

struct Difference {
  std::string issue;
  std::string field;
  std::string expected;
  std::string found;
};

/// What the records at the end of a log must have become, told without commands.
[[nodiscard]] IssueViews expected_issues(const Replay& replay, const text::Uuid& workspace);

/// "blocked_by <id>" or "related <id>". Each dependency stands with one of its issues only, the blocked one
/// or the one of the smaller id, so that it does not matter from which side it was read. `type` is one of
/// blocks, blocked_by, related; the first of the pair is the issue it stands with.
[[nodiscard]] std::pair<std::string, std::string> dependency_words(const std::string& issue,
                                                                   const std::string& type,
                                                                   const std::string& depends_on);

/// The same JSON value, its members ordered by name at every level.
[[nodiscard]] std::string ordered_json(std::string_view json);

/// Every field of every issue in which the two differ.
[[nodiscard]] std::vector<Difference> differences(const IssueViews& expected, const IssueViews& found);

}  // namespace daybook::importer
