#pragma once
// A log in memory with a place in it and an appender on it. Every test ends with an audit of what it left.
#include <gtest/gtest.h>

#include "command-service/log/memory_store.hpp"
#include "tests/command-service/log/appender/commands.hpp"

namespace daybook::log::test {

std::shared_ptr<MemoryLog> memory_log();

class Desk : public ::testing::Test {
 protected:
  // An appender of a process of its own: own store, own cache, own keys in memory.
  struct Process {
    MemoryStore* store{};
    std::shared_ptr<events::KeyRing> ring;
    std::unique_ptr<Appender> appender;
  };

  Process start(Appender::Options options = appender_options());

  void SetUp() override;
  void TearDown() override;

  // Sends all so that one batch holds them.
  std::vector<Reply> send_together(std::vector<Request> requests);
  static const Outcome& outcome(const Reply& reply) { return std::get<Outcome>(reply); }
  std::int64_t head() const { return log->head().position.value; }
  std::vector<Envelope> stream_of(events::IssueId id) const;
  template <class State>
  static const State& state_of(const ItemOutcome& item) {
    return *static_cast<const State*>(item->state.get());
  }

  const Place place;
  std::shared_ptr<MemoryLog> log = memory_log();
  Process main;
};

}  // namespace daybook::log::test
