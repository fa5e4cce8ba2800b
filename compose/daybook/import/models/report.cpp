#include "compose/daybook/import/models/report.hpp"

#include "events/core/json.hpp"

namespace daybook::importer::models {
namespace {

struct WrittenReport {
  std::string model;
  bool is_dry_run = false;
  std::map<std::string, TableCounts> tables;
  std::int64_t findings_total = 0;
  std::vector<Finding> findings;
};
BOOST_DESCRIBE_STRUCT(WrittenReport, (), (model, is_dry_run, tables, findings_total, findings))

}  // namespace

TableCounts& Report::of(std::string_view table) { return tables_[std::string(table)]; }

void Report::note(Finding finding) {
  ++findings_total_;
  if (findings_.size() < findings_max) findings_.push_back(std::move(finding));
}

TableCounts Report::total() const {
  TableCounts total;
  for (const auto& [table, counts] : tables_) {
    total.read += counts.read;
    total.brought += counts.brought;
    total.already_there += counts.already_there;
    total.left_out += counts.left_out;
  }
  return total;
}

std::string Report::json(std::string_view model, bool is_dry_run) const {
  return events::to_json(WrittenReport{std::string(model), is_dry_run, tables_, findings_total_, findings_});
}

}  // namespace daybook::importer::models
