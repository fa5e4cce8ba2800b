#include "tests/e2e/chaos/topic.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

namespace daybook::test {
namespace {

// A broker that starts on a busy machine takes its time, in which everybody has gone on writing.
constexpr std::chrono::seconds relay_limit{240};
constexpr const char* topic = "daybook.events.1";

// "partition,name=value,name=value,…": headers are told before key and value.
std::int64_t number_in(const std::string& line, const std::string& name) {
  const auto at = line.find("," + name + "=");
  return at == line.npos ? -1 : std::stoll(line.substr(at + name.size() + 2));
}

}  // namespace

bool topic_reaches(const KafkaServer& kafka, std::int64_t head) {
  std::string all;
  const auto reached = [&] {
    all = kafka.dump(topic);
    std::set<std::int64_t> positions;
    std::istringstream lines(all);
    for (std::string line; std::getline(lines, line);)
      if (const auto position = number_in(line, "ce_position"); position > 0) positions.insert(position);
    return !positions.empty() && static_cast<std::int64_t>(positions.size()) == *positions.rbegin() &&
           *positions.rbegin() >= head;
  };
  if (!wait_until(reached, relay_limit)) return false;
  std::map<std::string, std::int64_t> last;  // by partition
  std::istringstream lines(all);
  for (std::string line; std::getline(lines, line);) {
    const auto position = number_in(line, "ce_position");
    if (position < 0) continue;  // a line inside a value
    auto& before = last[line.substr(0, line.find(','))];
    if (position <= before) continue;
    EXPECT_EQ(number_in(line, "prev"), before) << "a hole before " << position;
    before = position;
  }
  return true;
}

}  // namespace daybook::test
