// Bytes of strangers never bring the reader down, and whatever it takes it can write and read again. The
// noise is seeded: a failure repeats.
#include <gtest/gtest.h>

#include <random>

#include "tests/events/shapes.hpp"

namespace daybook::events::test {
namespace {

constexpr int rounds = 4000;

void read_every_way(const std::string& json) {
  Everything value{};
  if (from_json(json, value, Reading::strict)) {
    Everything again{};
    const auto written = to_json(value);
    const auto read = from_json(written, again, Reading::strict);
    ASSERT_TRUE(read) << json << " became " << written << ": " << read.text();
    ASSERT_EQ(to_json(again), written);
  }
  Everything taken{};
  std::ignore = from_json(json, taken, Reading::lenient);
  Json free{};
  std::ignore = from_json(json, free, Reading::lenient);
  std::ignore = check_json(json);
}

TEST(Noise, RandomBytesAreReadWithoutHarm) {
  std::mt19937_64 random(20261121);
  for (int round = 0; round < rounds; ++round) {
    std::string json(random() % 200, ' ');
    for (auto& c : json) c = static_cast<char>(random());
    read_every_way(json);
  }
}

TEST(Noise, RandomTokensAreReadWithoutHarm) {
  static constexpr std::string_view tokens[] = {
      "{",        "}",    "[",    "]", ",",      ":",           "\"flag\"", "\"items\"", "\"by_name\"",
      "\"free\"", "true", "null", "1", "-1e999", "\"\\ud800\"", "\"",       "\\",        " "};
  std::mt19937_64 random(7);
  for (int round = 0; round < rounds; ++round) {
    std::string json;
    for (auto count = random() % 60; count > 0; --count) json += tokens[random() % std::size(tokens)];
    read_every_way(json);
    read_every_way("{\"free\":" + json + "}");
  }
}

TEST(Noise, DamagedDocumentsAreReadWithoutHarm) {
  std::mt19937_64 random(1);
  auto whole = std::string(least_json);
  whole.insert(whole.size() - 1,
               R"(,"items":[{"name":"a","amount":1}],"note":"\u00e9\ud83d\ude42","extra":[1,{"x":[]}])");
  for (int round = 0; round < rounds; ++round) {
    auto json = round % 2 == 0 ? whole : std::string(least_json);
    for (auto damage = random() % 4 + 1; damage > 0 && !json.empty(); --damage) {
      const auto at = random() % json.size();
      switch (random() % 4) {
        case 0:
          json[at] = static_cast<char>(random());
          break;
        case 1:
          json.erase(at, random() % 8);
          break;
        case 2:
          json.insert(at, json.substr(random() % json.size(), random() % 16));
          break;
        default:
          json.resize(at + 1);
      }
    }
    read_every_way(json);
  }
}

}  // namespace
}  // namespace daybook::events::test
