#pragma once
// `daybook doctor`: looks at a deployment from outside, changes nothing, and says in words what is wrong and what to do. Works
// beside running services.
#include <filesystem>
#include <string>
#include <vector>

#include "compose/daybook/config.hpp"
#include "platform/text/instant.hpp"

namespace daybook::app {

struct Finding {
  std::string check;      // what was looked at, one stable word or two: "relay lag"
  bool healthy = true;
  std::string detail;     // what was found
  std::string remedy;     // what to do; empty where nothing is
};

// What is asked of the machine itself.
struct Host {
  text::Instant now{};
  std::filesystem::path cgroup = "/sys/fs/cgroup";   // of the container: version 2 as it is seen from within
};

std::vector<Finding> examine(const Config& config, const Host& host);

// Prints the findings, as lines or as one JSON object. 1 where anything is not healthy, else 0.
int doctor(const Config& config, bool json);

}  // namespace daybook::app
