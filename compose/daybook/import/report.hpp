#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace daybook::importer {

/// What an import met, made and left out. A plain value, filled by the mapping; one thread.
class Report {
 public:
  static constexpr std::size_t examples_max = 5;

  struct Reason {
    std::int64_t count = 0;
    std::vector<std::string> examples;
  };

  void came_in(std::string_view operation) { ++came_in_[std::string(operation)]; }
  void mapped(std::string_view command) { ++mapped_[std::string(command)]; }
  /// Something that could not be kept as it was. The line is 0 where no single line is at fault.
  void left_out(std::string_view reason, std::int64_t line, std::string_view what);

  [[nodiscard]] const std::map<std::string, std::int64_t>& came_in() const { return came_in_; }
  [[nodiscard]] const std::map<std::string, std::int64_t>& mapped() const { return mapped_; }
  [[nodiscard]] const std::map<std::string, Reason>& left_out() const { return left_out_; }
  [[nodiscard]] std::int64_t count_of(std::string_view reason) const;

  /// The whole report as lines for people.
  [[nodiscard]] std::string text() const;

 private:
  std::map<std::string, std::int64_t> came_in_;
  std::map<std::string, std::int64_t> mapped_;
  std::map<std::string, Reason> left_out_;
};

/// Why something was left out or changed: the words of the report.
namespace reason {
inline constexpr std::string_view unknown_status = "unknown status, taken as backlog";
inline constexpr std::string_view unknown_type = "unknown issue type, taken as task";
inline constexpr std::string_view unknown_priority = "unknown priority, taken as medium";
inline constexpr std::string_view no_priority = "no priority, taken as 0";
inline constexpr std::string_view not_a_text = "value of another kind, taken as text";
inline constexpr std::string_view title_cut = "title cut to 255 characters";
inline constexpr std::string_view title_filled = "blank title, filled with the record's id";
inline constexpr std::string_view title_one_line = "control characters in a title, replaced by spaces";
inline constexpr std::string_view text_cut = "text cut to 64 KiB";
inline constexpr std::string_view nul_removed = "U+0000 removed";
inline constexpr std::string_view estimate_odd = "estimate out of range, kept among the custom fields";
inline constexpr std::string_view custom_dropped = "field too much for 64 KiB of custom fields";
inline constexpr std::string_view label_odd = "label that is no name";
inline constexpr std::string_view label_twice = "label named twice";
inline constexpr std::string_view labels_many = "label beyond 200 of one issue";
inline constexpr std::string_view comment_odd = "comment without text";
inline constexpr std::string_view edge_odd = "dependency without a target";
inline constexpr std::string_view edge_of_another = "dependency that names another issue as its own";
inline constexpr std::string_view edge_to_itself = "dependency of an issue on itself";
inline constexpr std::string_view edge_twice = "dependency that stands already";
inline constexpr std::string_view edges_many = "dependency beyond 1,000 of one issue";
inline constexpr std::string_view edge_details = "details of a dependency (who, when)";
inline constexpr std::string_view second_parent = "second parent, taken as related";
inline constexpr std::string_view edge_circle = "dependency that would close a circle";
inline constexpr std::string_view parent_circle = "parent that would close a circle";
inline constexpr std::string_view edge_dangling = "dependency on an issue that never came";
inline constexpr std::string_view edge_apart = "dependency of issues that were never there together";
inline constexpr std::string_view edge_withdrawn =
    "dependency withdrawn before its issues were there together";
inline constexpr std::string_view created_again = "created again, taken as a change";
inline constexpr std::string_view never_created = "never created, taken as a creation";
inline constexpr std::string_view removed_unknown = "removed but never created";
inline constexpr std::string_view removed_twice = "removed, but deleted already";
inline constexpr std::string_view nothing_changed = "line that changes nothing";
inline constexpr std::string_view born_later = "creation time after the change, which counts instead";
inline constexpr std::string_view refused = "refused by the server";
}  // namespace reason

}  // namespace daybook::importer
