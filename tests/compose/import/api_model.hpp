#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compose/daybook/import/command.hpp"
#include "compose/daybook/import/compare.hpp"

namespace daybook::importer::testing {

/// The part of the command service that an import uses, on plain maps and in the plainest way: what the real
/// one refuses, this refuses.
class ApiModel {
 public:
  /// Empty when the command was carried out, else why not.
  [[nodiscard]] std::string carry(const Command& command);

  /// What a reader would see now.
  [[nodiscard]] IssueViews views() const;
  [[nodiscard]] std::size_t label_count() const { return labels_.size(); }

 private:
  struct Dependency {
    std::string type;
    std::string other;
  };
  struct Issue {
    IssueView view;  // without what others hide
    std::string parent;
    std::map<std::string, Dependency> dependencies;
    std::set<std::string> labels;  // ids
  };
  struct Comment {
    std::string issue;
    std::string content;
    text::Instant at{};
    bool deleted = false;
  };
  struct Arguments;

  std::string open(const Arguments& a);
  std::string change(const Arguments& a);
  std::string set_parent(Issue& issue, const Arguments& a);
  std::string change_life(const Arguments& a, bool deleted);
  std::string define_label(const Arguments& a);
  std::string attach(const Arguments& a);
  std::string detach(const Arguments& a);
  std::string join(const Arguments& a);
  std::string part(const Arguments& a);
  std::string post(const Arguments& a);
  std::string delete_comment(const Arguments& a);

  Issue* live(const std::string& id);
  [[nodiscard]] bool is_live(const std::string& id) const;
  [[nodiscard]] bool blocks_reach(const std::string& from, const std::string& to) const;

  std::map<std::string, Issue> issues_;
  std::map<std::string, Comment> comments_;
  std::map<std::string, std::string> labels_;  // id → case-folded name
};

}  // namespace daybook::importer::testing
