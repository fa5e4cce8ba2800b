#pragma once
// A source that a test writes down.
#include <map>

#include "compose/daybook/import/models/source.hpp"

namespace daybook::importer::models::test {

using Cells = std::map<std::string, std::optional<std::string>, std::less<>>;

class WrittenRow final : public SourceRow {
 public:
  explicit WrittenRow(const Cells& cells) : cells_(cells) {}
  bool has(std::string_view column) const override { return cells_.contains(column); }
  std::optional<std::string> get(std::string_view column) const override {
    const auto found = cells_.find(column);
    return found == cells_.end() ? std::nullopt : found->second;
  }
  std::size_t bytes() const override { return text().size(); }
  std::string text() const override {
    std::string all;
    for (const auto& [name, value] : cells_) all += name + "=" + value.value_or("NULL") + ";";
    return all;
  }

 private:
  const Cells& cells_;
};

// Rows come as they were written down, whatever order is asked for.
class WrittenSource final : public Source {
 public:
  std::map<std::string, std::vector<Cells>, std::less<>> tables;

  bool has(std::string_view table) override { return tables.contains(table); }
  std::int64_t count(std::string_view table) override { return static_cast<std::int64_t>(tables.find(table)->second.size()); }
  void read(std::string_view table, const std::vector<std::string>&, const Visit& visit) override {
    for (const auto& cells : tables.find(table)->second) visit(WrittenRow(cells));
  }
};

}  // namespace daybook::importer::models::test
