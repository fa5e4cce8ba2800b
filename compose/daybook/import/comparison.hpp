#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compose/daybook/import/api_client.hpp"
#include "compose/daybook/import/compare.hpp"

namespace daybook::importer {

/// What the query API tells; `trouble` is empty when it told all.
struct FoundIssues {
  IssueViews issues;
  std::string trouble;
};

/// Reads every issue of a workspace, deleted ones too, with labels, dependencies and comments, once the read
/// models have reached the position.
[[nodiscard]] FoundIssues read_issues(const ApiAddress& address, const text::Uuid& workspace,
                                      std::int64_t position);

struct ComparisonResult {
  std::size_t issues = 0;
  std::vector<Difference> differences;
  std::string trouble;

  [[nodiscard]] bool equal() const { return trouble.empty() && differences.empty(); }
};

/// Holds an imported workspace, record by record, against a plain replay of the log that it came from.
[[nodiscard]] ComparisonResult compare_import(const ApiAddress& address, const std::string& file,
                                              const text::Uuid& workspace, std::int64_t position);

}  // namespace daybook::importer
