#pragma once
// A log in memory with a place in it and an appender on it. Every test ends with an audit of what it left.
#include <gtest/gtest.h>

#include "command-service/log/memory_audit.hpp"
#include "command-service/log/memory_store.hpp"
#include "tests/command-service/log/appender/commands.hpp"

namespace daybook::log::test {

class Desk : public ::testing::Test {
 protected:
  // An appender of a process of its own: own store, own cache, own keys in memory.
  struct Process {
    MemoryStore* store{};
    std::shared_ptr<events::KeyRing> ring;
    std::unique_ptr<Appender> appender;
  };

  Process start(Appender::Options options = appender_options()) {
    Process process;
    process.ring = key_ring(log->identity(), [log = log](auto subjects) { return log->data_keys(subjects); });
    auto store = std::make_unique<MemoryStore>(log);
    process.store = store.get();
    process.appender = std::make_unique<Appender>(std::move(store), process.ring, std::move(options));
    return process;
  }

  void SetUp() override {
    main = start();
    send(*main.appender, many({register_user(place.olga, "olga"), found_workspace(place)}, true));
  }
  void TearDown() override {
    main.appender->drain();
    MemoryReader reader(log);
    MemoryAuditTables tables(log);
    const auto report = verify(reader, tables, audit_options(start().ring));
    EXPECT_TRUE(report.sound()) << report.why;
    for (const auto& finding : report.side_findings) ADD_FAILURE() << finding;
  }

  // Sends all so that one batch holds them.
  std::vector<Reply> send_together(std::vector<Request> requests) {
    log->lock();
    std::vector<std::future<Reply>> futures;
    auto first = submit(*main.appender, one(look(new_stream())));
    EXPECT_TRUE(daybook::test::wait_until([&] { return main.appender->stats().queued == 0; }));
    for (auto& request : requests) futures.push_back(submit(*main.appender, std::move(request)));
    log->unlock();
    reply_of(std::move(first));
    std::vector<Reply> replies;
    for (auto& future : futures) replies.push_back(reply_of(std::move(future)));
    return replies;
  }
  static const Outcome& outcome(const Reply& reply) { return std::get<Outcome>(reply); }
  std::int64_t head() const { return log->head().position.value; }
  std::vector<Envelope> stream_of(events::IssueId id) const {
    return log->read_stream(events::stream_of(id), StreamVersion{}, StreamVersion{1'000'000});
  }
  template <class State>
  static const State& state_of(const ItemOutcome& item) {
    return *static_cast<const State*>(item->state.get());
  }

  const Place place;
  std::shared_ptr<MemoryLog> log =
      std::make_shared<MemoryLog>(LogIdentity{new_id<events::LogId>(), events::Epoch{1}, "fingerprint"});
  Process main;
};

}  // namespace daybook::log::test
