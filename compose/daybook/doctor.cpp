#include "compose/daybook/doctor.hpp"

#include <algorithm>
#include <iostream>

#include "compose/daybook/deployment.hpp"
#include "events/core/json.hpp"

namespace daybook::app {
namespace {

void print_json(const std::vector<Finding>& findings, bool healthy) {
  std::string out = std::string("{\"healthy\":") + (healthy ? "true" : "false") + ",\"findings\":[";
  const auto member = [&out](const char* name, const std::string& value) {
    out += std::string(",\"") + name + "\":";
    events::write_json_string(value, out);
  };
  for (const auto& finding : findings) {
    out += std::string(out.back() == '[' ? "" : ",") + "{\"healthy\":" + (finding.healthy ? "true" : "false");
    member("check", finding.check);
    member("detail", finding.detail);
    if (!finding.remedy.empty()) member("remedy", finding.remedy);
    out += '}';
  }
  std::cout << out << "]}\n";
}

}  // namespace

int doctor(const Config& config, bool json) {
  const auto findings = examine(config, {system_now()});
  const bool healthy = std::all_of(findings.begin(), findings.end(), [](const auto& finding) { return finding.healthy; });
  if (json) print_json(findings, healthy);
  else
    for (const auto& finding : findings) {
      std::cout << (finding.healthy ? "fine   " : "WRONG  ") << finding.check << ": " << finding.detail << "\n";
      if (!finding.remedy.empty()) std::cout << "       " << finding.remedy << "\n";
    }
  return healthy ? 0 : exit_failed;
}

}  // namespace daybook::app
