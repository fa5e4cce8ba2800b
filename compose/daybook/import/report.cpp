#include "compose/daybook/import/report.hpp"

#include <cstdio>

namespace daybook::importer {
namespace {

constexpr std::size_t example_bytes_max = 100;

std::int64_t total(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

std::string row(std::int64_t count, std::string_view name) {
  char number[32];
  std::snprintf(number, sizeof number, "%10lld  ", static_cast<long long>(count));
  return number + std::string(name) + "\n";
}

void write_counts(std::string_view title, const std::map<std::string, std::int64_t>& counts,
                  std::string& out) {
  out += std::string(title) + ": " + std::to_string(total(counts)) + "\n";
  for (const auto& [name, count] : counts) out += row(count, name);
}

// Cuts between characters: a byte 10xxxxxx continues the one before it.
std::string shortened(std::string_view what) {
  if (what.size() <= example_bytes_max) return std::string(what);
  auto end = example_bytes_max;
  while (end > 0 && (static_cast<unsigned char>(what[end]) & 0xC0) == 0x80) --end;
  return std::string(what.substr(0, end)) + "…";
}

}  // namespace

void Report::left_out(std::string_view reason, std::int64_t line, std::string_view what) {
  auto& entry = left_out_[std::string(reason)];
  ++entry.count;
  if (entry.examples.size() >= examples_max) return;
  const auto place = line > 0 ? "line " + std::to_string(line) + ": " : std::string();
  entry.examples.push_back(place + shortened(what));
}

std::int64_t Report::count_of(std::string_view reason) const {
  const auto found = left_out_.find(std::string(reason));
  return found == left_out_.end() ? 0 : found->second.count;
}

std::string Report::text() const {
  std::string out;
  write_counts("Changes that came in", came_in_, out);
  write_counts("Commands made of them", mapped_, out);
  out += "Left out or changed" + std::string(left_out_.empty() ? ": nothing\n" : "\n");
  for (const auto& [reason, entry] : left_out_) {
    out += row(entry.count, reason);
    for (const auto& example : entry.examples) out += std::string(14, ' ') + example + "\n";
  }
  return out;
}

}  // namespace daybook::importer
