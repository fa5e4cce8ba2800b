// The audit over a log in memory: what it computes of the side tables, with an aggregate made for the
// purpose.
#include "command-service/log/audit.hpp"

#include <gtest/gtest.h>

#include "command-service/log/memory_audit.hpp"
#include "command-service/log/memory_store.hpp"
#include "tests/command-service/log/batches.hpp"

namespace daybook::log::test {
namespace {

const StreamId container = new_stream();
const StreamId owner = new_stream();
const text::Uuid other_end = new_uuid();
events::Personal personal_text(events::Personal::State state) {
  events::Personal personal{"ada@example.org"};
  personal.state = state;
  return personal;
}
auto text_state = events::Personal::State::open;

// The type of an event says what it does; its data plays no part.
void carry_out(void*, const Envelope& event, const events::PersonalOpener&, domain::Effects* sink) {
  if (event.type == "thing.unreadable") throw events::UnreadableEvent("no such field");
  if (event.type == "thing.born") sink->born(std::nullopt);
  if (event.type == "thing.moved") sink->moved(container);
  if (event.type == "thing.died") sink->died();
  if (event.type == "thing.given") sink->owned_by(owner);
  if (event.type == "thing.freed") sink->owned_by(std::nullopt);
  if (event.type == "thing.named") sink->claim("slug", "name", "/name");
  if (event.type == "thing.unnamed") sink->release("slug", "name");
  if (event.type == "thing.mailed") sink->claim_personal("email", personal_text(text_state), "/email");
  if (event.type == "thing.counted") sink->count("things", container, 2);
  if (event.type == "thing.linked") sink->relate("blocks", event.stream_id.value, other_end, "/to");
  if (event.type == "thing.unlinked") sink->unrelate("blocks", event.stream_id.value, other_end);
}

const domain::AggregateOps* thing(events::StreamType) {
  static const events::Stamp stamp{};
  static const domain::AggregateOps ops{
      events::StreamType::issue,
      []() -> std::shared_ptr<void> { return std::make_shared<int>(); },
      [](const void*) -> std::shared_ptr<void> { return std::make_shared<int>(); },
      [](const void*) { return events::EncodedEvent{}; },
      carry_out,
      [](void*, const void*, const Envelope&, domain::Effects*) {},
      [](const void*) -> const events::Stamp& { return stamp; },
      [](const void*) { return std::size_t{0}; },
      std::nullopt};
  return &ops;
}

class Audit : public testing::Test {
 protected:
  // One stream, one event of each type, and beside them what the batch says.
  void write(const std::vector<std::string>& types, const std::function<void(BatchWrite&)>& fill = {}) {
    std::vector<Envelope> events;
    for (const auto& type : types) {
      events.push_back(some_event(stream, ++version));
      events.back().type = type;
    }
    auto batch = batch_after(store.identity(), store.open_batch(Position{}, {}).head, std::move(events));
    if (fill) fill(batch);
    reference = {events::StreamType::issue, batch.events.front().workspace_id, std::nullopt, false};
    store.write_batch(batch);
  }
  void write_reference() {
    auto batch = batch_after(store.identity(), store.open_batch(Position{}, {}).head, {});
    batch.references[stream] = reference;
    store.write_batch(batch);
  }
  AuditReport audit() {
    MemoryReader reader(log);
    MemoryAuditTables tables(log);
    static const events::LeaveSealed opener;
    AuditOptions options;
    options.fold = AuditFoldOptions{thing, &opener, [](std::string_view, std::string_view text) {
                                      return "hmac of " + std::string(text);
                                    }};
    options.progress = [&](Position at, Position head) { reached.push_back({at, head}); };
    return verify(reader, tables, options);
  }
  void expect_finding(const AuditReport& report, std::string_view words) {
    ASSERT_EQ(report.side_findings_total, 1u);
    EXPECT_NE(report.side_findings[0].find(words), std::string::npos) << report.side_findings[0];
    EXPECT_FALSE(report.sound());
  }

  std::shared_ptr<MemoryLog> log =
      std::make_shared<MemoryLog>(LogIdentity{events::LogId{new_uuid()}, events::Epoch{1}, "f"});
  MemoryStore store{log};
  StreamId stream = new_stream();
  std::int64_t version = 0;
  Reference reference;
  std::vector<std::pair<Position, Position>> reached;
};

TEST_F(Audit, AnEmptyLogIsSound) {
  const auto report = audit();
  EXPECT_TRUE(report.sound());
  EXPECT_EQ(report.root, crypto::sha256(""));
}

TEST_F(Audit, TellsHowFarItIs) {
  write({"thing.seen", "thing.seen"});
  EXPECT_TRUE(audit().sound());
  EXPECT_EQ(reached.back(), (std::pair{Position{2}, Position{2}}));
}

TEST_F(Audit, SideTablesThatFollowFromTheEventsAreSound) {
  text_state = events::Personal::State::open;
  write(
      {"thing.born", "thing.moved", "thing.died", "thing.named", "thing.mailed", "thing.counted",
       "thing.counted", "thing.linked"},
      [&](BatchWrite& batch) {
        batch.references[stream] = {events::StreamType::issue, batch.events[0].workspace_id, container, true};
        batch.claims = {{{"slug", "name"}, stream}, {{"email", "hmac of ada@example.org"}, stream}};
        batch.counters[{"things", container}] = 4;
        batch.relations[{"blocks", stream.value, other_end}] = true;
      });
  const auto report = audit();
  EXPECT_TRUE(report.sound()) << testing::PrintToString(report.side_findings);
}

TEST_F(Audit, WhatWasUndoneIsNotExpected) {
  write({"thing.named", "thing.linked", "thing.unnamed", "thing.unlinked"});
  EXPECT_TRUE(audit().sound());
}

TEST_F(Audit, AClaimThatIsMissingIsNamed) {
  write({"thing.named"});
  expect_finding(audit(), "claim slug / name follows from the events but is not in the table");
}

TEST_F(Audit, AClaimOfSomeoneElseIsNamed) {
  write({"thing.named"}, [](BatchWrite& batch) { batch.claims[{"slug", "name"}] = new_stream(); });
  expect_finding(audit(), "claim slug / name differs");
}

TEST_F(Audit, AClaimFromNowhereIsNamed) {
  write({"thing.seen"}, [](BatchWrite& batch) { batch.claims[{"slug", "stray"}] = new_stream(); });
  expect_finding(audit(), "claim slug / stray is in the table but follows from no event");
}

TEST_F(Audit, APersonalClaimThatCannotBeOpenedIsSaidToBeUnchecked) {
  text_state = events::Personal::State::sealed;
  write({"thing.mailed"}, [&](BatchWrite& batch) {
    batch.claims[{"email", "hmac of ada@example.org"}] = stream;
  });
  const auto report = audit();
  EXPECT_TRUE(report.sound());
  EXPECT_EQ(report.unchecked_scopes, std::vector<std::string>{"email"});
}

TEST_F(Audit, AClaimThatOutlivedAnErasureIsNamed) {
  text_state = events::Personal::State::erased;
  write({"thing.mailed"}, [&](BatchWrite& batch) {
    batch.claims[{"email", "hmac of ada@example.org"}] = stream;
  });
  expect_finding(audit(), "claim email / hmac of ada@example.org is in the table");
}

TEST_F(Audit, AReferenceThatDiffersIsNamed) {
  write({"thing.born"});
  reference.deleted = true;
  write_reference();
  expect_finding(audit(), "stream " + stream.text() + " differs");
}

TEST_F(Audit, ToWhomAStreamBelongsFollowsFromItsEvents) {
  write({"thing.born", "thing.given"});
  const auto born = reference;
  reference.owner = owner;
  write_reference();
  EXPECT_TRUE(audit().sound());
  write({"thing.freed"});
  reference = born;
  write_reference();
  EXPECT_TRUE(audit().sound());
  reference.owner = owner;
  write_reference();
  expect_finding(audit(), "stream " + stream.text() + " differs");
}

TEST_F(Audit, ACounterThatDiffersIsNamed) {
  write({"thing.counted"}, [](BatchWrite& batch) { batch.counters[{"things", container}] = 3; });
  expect_finding(audit(), "counter things of " + container.text() + " differs");
}

TEST_F(Audit, ARelationThatIsMissingOrTooManyIsNamed) {
  write({"thing.linked"});
  expect_finding(audit(), "is not in the table");
  write({"thing.unlinked"}, [&](BatchWrite& batch) {
    batch.relations[{"blocks", stream.value, other_end}] = true;
  });
  expect_finding(audit(), "follows from no event");
}

TEST_F(Audit, AnEventThatCannotBeReadIsNamedInsteadOfEveryDifference) {
  write({"thing.named", "thing.unreadable"});
  expect_finding(audit(), "event 2 cannot be read: no such field");
}

TEST_F(Audit, ABadLogIsNotFolded) {
  write({"thing.named"});
  log->tamper([](auto& events) { events[0].data = "{}"; });
  const auto report = audit();
  EXPECT_EQ(report.first_bad, Position{1});
  EXPECT_EQ(report.side_findings_total, 0u);
}

TEST_F(Audit, ALogThatLostItsTailIsBadFromThere) {
  write({"thing.seen", "thing.seen", "thing.seen"});
  log->tamper([](auto& events) { events.pop_back(); });
  EXPECT_EQ(audit().first_bad, Position{3});
}

}  // namespace
}  // namespace daybook::log::test
