#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compose/daybook/import/change_log.hpp"
#include "compose/daybook/import/command.hpp"
#include "compose/daybook/import/edges.hpp"
#include "compose/daybook/import/record.hpp"
#include "compose/daybook/import/report.hpp"

namespace daybook::importer {

/// Turns the changes of a tracker in the `beads` form into commands. Pure apart from what it remembers: the
/// same changes always give the same commands, which is what lets a stopped import run again. Remembers every
/// record as it last stood. Lives for one import; one thread.
class Mapping {
 public:
  struct Target {
    text::Uuid workspace;
    /// Labels that the workspace has already, by case-folded name.
    std::map<std::string, text::Uuid> labels;
  };

  Mapping(Target target, CommandSink& sink, Report& report);
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  void add(const Change& change);
  /// After the last change.
  void finish();

 private:
  struct PostedComment {
    CommentText comment;
    text::Uuid id;
  };
  struct Known {
    Fields fields;
    std::string by;
    Reading reading;
    std::string status;
    bool removed = false;
    bool deleted = false;  // as the server has it
    std::vector<PostedComment> comments;
  };

  void apply(const Change& change);
  void update(Known& known, const Change& change);
  void report_notes(const Change& change, const Reading& reading, bool all);
  Item opening(const Change& change, Known& known);
  std::optional<Command> edit(const Change& change, const Known& known, const Reading& before,
                              const std::string& status_before, bool parent_goes);
  void change_labels(const Change& change, const std::vector<LabelName>& before,
                     const std::vector<LabelName>& after, Item& item);
  void change_comments(const Change& change, Known& known, Item& item);
  text::Uuid label_for(const Change& change, const LabelName& label, Item& item);
  /// Around commands on what is deleted, a restoration and, where it stays so, the deletion.
  Item within_life(const Change& change, const std::string& record, Known& known, Item inner);
  void emit(Item item);
  void end_group();

  Command command(const Change& change, std::string_view type, const text::Uuid& id,
                  std::string data = "{}") const;
  text::Uuid issue(const std::string& record) const;
  text::Uuid derived(std::string_view kind, const std::string& name) const;

  Target target_;
  CommandSink& sink_;
  Report& report_;
  std::unordered_map<std::string, Known> known_;
  EdgeBook edges_;
  std::map<Edge, text::Uuid> dependency_ids_;
  std::optional<text::Instant> group_;
};

}  // namespace daybook::importer
