#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace daybook::test {

/// What is not the same on purpose, and why.
struct OnPurpose {
  /// `table.column` to the JSON that stands for every value that is not null: a seal.
  std::map<std::string, std::string> sealed;
  /// `table.column` or `table.column@key`: not compared. The reason is for the reader.
  std::map<std::string, std::string> other;
  /// `table` or `table@key`: not there. The reason is for the reader.
  std::map<std::string, std::string> left_out;
};

/// Every row and column of their database beside the view of the same names in schema `model`, by the rows' `id`; a sentence for each
/// difference. Numbers are compared as numbers, times as moments, JSON as JSON. The views may have more rows and columns.
[[nodiscard]] std::vector<std::string> differences(const std::string& their_url, const std::string& our_url, const std::string& model,
                                                   const OnPurpose& on_purpose = {});

}  // namespace daybook::test
