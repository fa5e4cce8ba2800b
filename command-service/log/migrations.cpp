#include "command-service/log/migrations.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace daybook::log {

std::vector<pg::Migration> migrations() {
  std::vector<pg::Migration> steps;
  for (const auto& [file, text] : migration_files()) {
    int number = 0;
    const auto underscore = file.find('_');
    const auto dot = file.rfind('.');
    if (underscore == file.npos ||
        std::from_chars(file.data(), file.data() + underscore, number).ec != std::errc{})
      throw std::logic_error("a migration is not named NNNN_name.sql: " + std::string(file));
    steps.push_back(
        {number, std::string(file.substr(underscore + 1, dot - underscore - 1)), std::string(text)});
  }
  std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  return steps;
}

}  // namespace daybook::log
