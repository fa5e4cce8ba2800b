#pragma once
// What an import read, brought, found there already and left out, and why: by table and row, for whoever has to look after it.
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>
#include <boost/describe/class.hpp>

namespace daybook::importer::models {

// left_out: the row is not there. changed: it is, but not in every value as it was.
BOOST_DEFINE_ENUM_CLASS(FindingKind, left_out, changed)

struct Finding {
  FindingKind kind = FindingKind::changed;
  std::string table, row, column, why;
  bool operator==(const Finding&) const = default;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (kind, table, row, column, why))

struct TableCounts {
  std::int64_t read = 0, brought = 0, already_there = 0, left_out = 0;
  bool operator==(const TableCounts&) const = default;
};
BOOST_DESCRIBE_STRUCT(TableCounts, (), (read, brought, already_there, left_out))

class Report {
 public:
  // Findings beyond them are counted only.
  static constexpr std::size_t findings_max = 100'000;

  TableCounts& of(std::string_view table);
  void note(Finding finding);

  const std::map<std::string, TableCounts>& tables() const { return tables_; }
  const std::vector<Finding>& findings() const { return findings_; }
  std::int64_t findings_total() const { return findings_total_; }
  TableCounts total() const;
  std::string json(std::string_view model, bool is_dry_run) const;

 private:
  std::map<std::string, TableCounts> tables_;
  std::vector<Finding> findings_;
  std::int64_t findings_total_ = 0;
};

}  // namespace daybook::importer::models
