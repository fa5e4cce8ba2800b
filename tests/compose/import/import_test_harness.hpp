#pragma once

#include <boost/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "compose/daybook/import/ids.hpp"
#include "compose/daybook/import/mapping.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::importer::testing {

inline const text::Uuid workspace = *text::Uuid::parse("0190a5b0-0000-7000-8000-000000000001");

/// A line of a change log. `rest` is what follows, such as `"set":{…}`.
inline std::string line_of(std::string_view op, std::string_view id, std::string_view rest = "",
                           std::string_view at = "2025-05-01T10:00:00Z") {
  return R"({"seq":1,"at":")" + std::string(at) + R"(","by":"p1","op":")" + std::string(op) + R"(","id":")" +
         std::string(id) + '"' + (rest.empty() ? "" : "," + std::string(rest)) + "}";
}

inline Change change_of(const std::string& line, std::int64_t number) {
  auto [change, trouble] = parse_change(line);
  if (!change) throw std::invalid_argument(trouble + ": " + line);
  change->line = number;
  return *change;
}

/// Sends lines through a mapping and keeps what it says.
class Said : public CommandSink {
 public:
  explicit Said(const std::vector<std::string>& lines, std::map<std::string, text::Uuid> labels = {})
      : mapping_({workspace, std::move(labels)}, *this, report) {
    for (const auto& line : lines) add(line);
    mapping_.finish();
  }
  void item(Item item) override { items.push_back(std::move(item)); }
  void end_of_group() override { ++groups; }

  /// The types of all commands, in order.
  [[nodiscard]] std::vector<std::string> types() const {
    std::vector<std::string> out;
    for (const auto& item : items)
      for (const auto& command : item) out.push_back(command.type);
    return out;
  }
  [[nodiscard]] std::vector<Command> commands(std::string_view type) const {
    std::vector<Command> out;
    for (const auto& item : items)
      for (const auto& command : item)
        if (command.type == type) out.push_back(command);
    return out;
  }
  /// A member of the data of the n-th command of a type, as JSON.
  [[nodiscard]] std::string data(std::string_view type, std::size_t n, std::string_view member) const {
    const auto all = commands(type);
    if (n >= all.size()) return "(no such command)";
    const auto value = boost::json::parse(all[n].data);
    const auto* found = value.get_object().if_contains(member);
    return found ? boost::json::serialize(*found) : "(none)";
  }
  /// A member of its custom fields.
  [[nodiscard]] std::string custom(std::string_view type, std::size_t n, std::string_view member) const {
    const auto fields = boost::json::parse(data(type, n, "custom_fields"));
    const auto* found = fields.get_object().if_contains(member);
    return found ? boost::json::serialize(*found) : "(none)";
  }

  std::vector<Item> items;
  int groups = 0;
  Report report;

 private:
  void add(const std::string& line) { mapping_.add(change_of(line, ++last_line_)); }

  std::int64_t last_line_ = 0;
  Mapping mapping_;
};

inline std::string id_text(std::string_view record) { return issue_id(workspace, record).text(); }
inline std::string in_quotes(const std::string& words) { return '"' + words + '"'; }

}  // namespace daybook::importer::testing
