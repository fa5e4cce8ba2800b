// The log in PostgreSQL against the log in memory: the same random requests, one after the other, over an appender each.
// What they answer and what they leave must not differ. A failure names the seed and the step; fewer steps of the same seed
// are the same requests.
#include <gtest/gtest.h>

#include <random>

#include "command-service/log/memory_audit.hpp"
#include "command-service/log/memory_store.hpp"
#include "tests/command-service/log/appender/pg_writers.hpp"

namespace daybook::log::test {
namespace {

using events::IssueId;

constexpr int steps = 150;

// Requests over a few issues, labels, names and keys, so that they meet each other.
class Requests {
 public:
  Requests(const Place& place, std::uint32_t seed) : place_(place), random_(seed) {}

  Request next() {
    const bool bulk = below(4) == 0;
    std::vector<Execute> executes;
    for (int i = bulk ? 1 + below(5) : 1; i > 0; --i) executes.push_back(command());
    auto request = many(std::move(executes), below(2) == 0);
    if (below(3) == 0) request = with_key(std::move(request), std::to_string(below(20)), std::to_string(below(3)));
    return request;
  }

 private:
  int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }
  IssueId issue() {
    if (issues_.empty() || below(3) == 0) issues_.push_back(new_id<IssueId>());
    return issues_[static_cast<std::size_t>(below(static_cast<int>(issues_.size())))];
  }
  Execute command() {
    switch (below(7)) {
      case 0:
      case 1: return open_issue(place_, issue(), "Issue " + std::to_string(below(5)));
      case 2: return rename_issue(place_, issue(), "Issue " + std::to_string(below(5)));
      case 3: return define_label(place_, "label " + std::to_string(below(8)));
      case 4: return block(place_, issue(), issue());
      case 5: return register_user(new_id<events::UserId>(), "user" + std::to_string(below(10)));
      default: return refuse();
    }
  }

  const Place& place_;
  std::mt19937 random_;
  std::vector<IssueId> issues_;
};

// An outcome in words, but for what is drawn anew or told by a clock.
std::string words(const Outcome& outcome) {
  std::string all = "at " + std::to_string(outcome.position.value) + (outcome.replayed ? " replayed" : "");
  if (outcome.refused) all += " refused " + outcome.refused->code;
  if (outcome.refused_item) all += " for item " + std::to_string(*outcome.refused_item);
  for (const auto& item : outcome.items)
    all += item ? " " + item->entity.text() + " v" + std::to_string(item->version.value) + " " + std::to_string(item->status)
                : " " + item.error().code;
  return all;
}

std::string words(const Envelope& event) {
  return std::to_string(event.position.value) + " " + event.stream_id.text() + " v" +
         std::to_string(event.stream_version.value) + " " + event.type + (event.personal ? " sealed" : "");
}

class LogModel : public testing::TestWithParam<std::uint32_t> {};

TEST_P(LogModel, PostgresAndMemoryAnswerAndKeepTheSame) {
  const Place place;
  const auto url = daybook::test::PostgresServer::shared().fresh_database();
  PgStore::migrate(url);
  const auto identity = PgStore::initialise(url, test_keys()->fingerprint());
  Writer real(url, test_keys());
  auto memory = std::make_shared<MemoryLog>(identity);
  const auto ring = key_ring(identity, [memory](auto subjects) { return memory->data_keys(subjects); });
  Appender model(std::make_unique<MemoryStore>(memory), ring, appender_options());

  const auto both = [&](const Request& request, const std::string& where) {
    const auto expected = words(send(model, request));
    ASSERT_EQ(words(send(*real.appender, request)), expected) << where;
  };
  both(many({register_user(place.olga, "olga"), found_workspace(place)}, true), "the beginning");
  Requests requests(place, GetParam());
  for (int step = 0; step < steps && !HasFatalFailure(); ++step)
    both(requests.next(), "seed " + std::to_string(GetParam()) + ", step " + std::to_string(step));

  PgStore store(url, {.allow_unsafe = true});
  const auto kept = all_events(store), expected = memory->read(Position{}, page_events_max, page_bytes_max);
  ASSERT_EQ(kept.size(), expected.size());
  for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(words(kept[i]), words(expected[i]));
  PgAuditSnapshot tables(url);
  std::map<CounterKey, std::int64_t> counters;
  tables.each_counter([&](const CounterKey& key, std::int64_t value) { counters[key] = value; });
  EXPECT_EQ(counters, memory->counters());
  std::map<ClaimKey, StreamId> claims;
  tables.each_claim([&](const ClaimKey& key, StreamId holder) { claims[key] = holder; });
  EXPECT_EQ(claims, memory->claims());
  expect_sound(url, test_keys());
}

INSTANTIATE_TEST_SUITE_P(Seeds, LogModel, testing::Range(1u, 7u));

}  // namespace
}  // namespace daybook::log::test
