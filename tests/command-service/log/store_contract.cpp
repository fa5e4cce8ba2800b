#include "tests/command-service/log/store_contract.hpp"

#include <atomic>
#include <thread>

namespace daybook::log::test {
namespace {

TEST_P(StoreContract, ANewLogIsEmptyAndItsRootIsTheHashOfNothing) {
  const auto head = store->head();
  EXPECT_EQ(head.position, Position{0});
  EXPECT_EQ(head.frontier.size(), 0u);
  EXPECT_EQ(head.root, digest(""));
  const auto opened = store->open_batch(Position{}, {});
  EXPECT_EQ(opened.head.position, Position{0});
  EXPECT_TRUE(opened.changed.empty());
  store->abandon();
  EXPECT_TRUE(all_events(*store).empty());
}

TEST_P(StoreContract, EventsComeBackBitForBit) {
  auto sparse = some_event(new_stream(), 1, R"({ "b":1,"a" : [ 1.50, 1e2 ] })");
  sparse.workspace_id = {};
  sparse.actor_id = {};
  sparse.via_id = {};
  sparse.causation_id = {};
  sparse.personal = {};
  const auto batch = append(*store, {some_event(new_stream(), 1), sparse});
  EXPECT_EQ(all_events(*store), batch.events);
  for (const auto& event : all_events(*store))
    EXPECT_EQ(events::leaf_of(store->identity().log_id, event), event.leaf);
}

TEST_P(StoreContract, TheHeadAfterABatchIsTheOneWritten) {
  append(*store, births(3));
  const auto batch = append(*store, births(2));
  const auto head = log->store()->head();
  EXPECT_EQ(head.position, Position{5});
  EXPECT_EQ(head.batch_id, batch.batch_id);
  EXPECT_EQ(head.frontier, batch.head.frontier);
  EXPECT_EQ(head.root, batch.head.root);
  EXPECT_EQ(head.recorded_at, batch.head.recorded_at);
}

TEST_P(StoreContract, ABatchWithoutEventsMovesOnlyTheClock) {
  append(*store, births(1));
  const auto batch = append(*store, {});
  EXPECT_EQ(store->head().position, Position{1});
  EXPECT_EQ(store->head().batch_id, batch.batch_id);
  EXPECT_EQ(store->head().recorded_at, batch.head.recorded_at);
}

TEST_P(StoreContract, AnEventOfFourMebibytesIsKept) {
  const auto batch = append(
      *store, {some_event(new_stream(), 1,
                          "{\"text\":\"" + std::string(events::event_bytes_max - 100, '"' - 1) + "\"}")});
  EXPECT_EQ(all_events(*store), batch.events);
}

TEST_P(StoreContract, WhatOthersWroteSinceIsNamedWithItsNewestVersion) {
  const auto own = new_stream(), others = new_stream();
  append(*store, {some_event(own, 1)});
  auto other = log->store();
  append(*other, {some_event(own, 2), some_event(others, 1)});
  append(*other, {some_event(others, 2)});
  const auto opened = store->open_batch(Position{1}, {});
  const std::map<StreamId, StreamVersion> changed(opened.changed.begin(), opened.changed.end());
  EXPECT_EQ(changed,
            (std::map<StreamId, StreamVersion>{{own, StreamVersion{2}}, {others, StreamVersion{2}}}));
  EXPECT_EQ(opened.head.position, Position{4});
  store->abandon();
}

TEST_P(StoreContract, EventsOfAStreamAfterAVersionAreAnswered) {
  const auto stream = new_stream(), unknown = new_stream();
  const auto batch = append(*store, {some_event(stream, 1), some_event(stream, 2),
                                     some_event(new_stream(), 1), some_event(stream, 3)});
  Asks asks;
  asks.streams = {{stream, StreamVersion{1}}, {unknown, StreamVersion{0}}};
  const auto answers = ask(*store, asks);
  EXPECT_EQ(answers.streams.at(stream), (std::vector<Envelope>{batch.events[1], batch.events[3]}));
  EXPECT_TRUE(answers.streams.at(unknown).empty());
}

TEST_P(StoreContract, WhatIsKeptOfAStreamIsAnsweredWithTheEventsBehindIt) {
  const auto stream = new_stream();
  const auto fold = crypto::sha256("a fold"), other = crypto::sha256("another fold");
  const auto keep = [&](std::vector<Envelope> events, const Snapshot& snapshot) {
    auto batch = batch_after(store->identity(), store->open_batch(Position{}, {}).head, std::move(events));
    batch.snapshots[stream] = snapshot;
    store->write_batch(batch);
  };
  const auto versions_after = [&](StreamAsk wanted, std::optional<StreamVersion> kept) {
    Asks asks;
    asks.streams[stream] = wanted;
    const auto answers = ask(*store, asks);
    EXPECT_EQ(answers.snapshots.count(stream), kept ? 1u : 0u);
    if (kept) { EXPECT_EQ(answers.snapshots.at(stream).version, *kept); }
    std::vector<std::int64_t> versions;
    for (const auto& event : answers.streams.at(stream)) versions.push_back(event.stream_version.value);
    return versions;
  };
  using Versions = std::vector<std::int64_t>;
  keep({some_event(stream, 1), some_event(stream, 2), some_event(stream, 3)}, {fold, StreamVersion{2}, R"({"title": "two"})"});
  EXPECT_EQ(versions_after({StreamVersion{}, fold}, StreamVersion{2}), Versions({3}));
  EXPECT_EQ(versions_after({StreamVersion{}, other}, std::nullopt), Versions({1, 2, 3}));
  EXPECT_EQ(versions_after({}, std::nullopt), Versions({1, 2, 3}));
  Asks asks;
  asks.streams[stream] = {StreamVersion{}, fold};
  EXPECT_EQ(ask(*store, asks).snapshots.at(stream).state, R"({"title": "two"})");

  keep({some_event(stream, 4)}, {other, StreamVersion{4}, "{}"});
  EXPECT_EQ(versions_after({StreamVersion{}, other}, StreamVersion{4}), Versions());
  EXPECT_EQ(versions_after({StreamVersion{}, fold}, std::nullopt), Versions({1, 2, 3, 4})) << "one is kept of a stream";
}

TEST_P(StoreContract, AStreamIsReadFromOneVersionToAnother) {
  const auto stream = new_stream();
  const auto batch = append(*store, {some_event(stream, 1), some_event(new_stream(), 1),
                                     some_event(stream, 2), some_event(stream, 3)});
  EXPECT_EQ(store->read_stream(stream, StreamVersion{1}, StreamVersion{2}),
            (std::vector<Envelope>{batch.events[2]}));
  EXPECT_TRUE(store->read_stream(new_stream(), StreamVersion{}, StreamVersion{9}).empty());
}

TEST_P(StoreContract, FurtherQuestionsAreAnsweredWithinTheBatch) {
  const ClaimKey claim{"slug", "x"};
  const auto holder = new_stream();
  commit(*store, [&](auto& batch) { batch.claims[claim] = holder; });
  const auto opened = store->open_batch(Position{}, {});
  Asks asks;
  asks.claims = {claim};
  EXPECT_EQ(store->fetch(asks).claims.at(claim), holder);
  EXPECT_TRUE(store->fetch({}).claims.empty());
  EXPECT_TRUE(store->data_keys({}).empty());
  store->write_batch(batch_after(store->identity(), opened.head, births(1)));
  EXPECT_EQ(store->head().position, Position{2});
}

TEST_P(StoreContract, AnAbandonedBatchLeavesNothingAndFreesTheLock) {
  (void)store->open_batch(Position{}, {});
  store->abandon();
  auto other = log->store();
  append(*other, births(1));
  EXPECT_EQ(store->head().position, Position{1});
  EXPECT_THROW(store->write_batch(BatchWrite{}), std::logic_error);
  EXPECT_THROW((void)store->fetch({}), std::logic_error);
}

TEST_P(StoreContract, AStoreThatGoesAwayFreesTheLock) {
  auto other = log->store();
  (void)other->open_batch(Position{}, {});
  other.reset();
  append(*store, births(1));
  EXPECT_EQ(store->head().position, Position{1});
}

TEST_P(StoreContract, WhoWaitedForTheLockSeesWhatItsHolderWrote) {
  const ClaimKey claim{"slug", "x"};
  const auto holder = new_stream();
  const auto opened = store->open_batch(Position{}, {});
  auto batch = batch_after(store->identity(), opened.head, births(2));
  batch.claims[claim] = holder;

  auto other = log->store();
  std::atomic<bool> answered = false;
  Opened seen;
  std::thread waiting([&] {
    Asks asks;
    asks.claims = {claim};
    seen = other->open_batch(Position{}, asks);
    answered = true;
    other->abandon();
  });
  EXPECT_FALSE(answered);
  store->write_batch(batch);
  waiting.join();
  EXPECT_EQ(seen.head.position, Position{2});
  EXPECT_EQ(seen.changed.size(), 2u);
  EXPECT_EQ(seen.answers.claims.at(claim), holder);
}

TEST_P(StoreContract, WritersSideBySideMakeOneGapFreeLog) {
  constexpr int writers = 4, batches = 25;
  std::vector<std::thread> threads;
  for (int w = 0; w < writers; ++w)
    threads.emplace_back([own = std::shared_ptr<Store>(log->store())] {
      for (int b = 0; b < batches; ++b) append(*own, births(2));
    });
  for (auto& thread : threads) thread.join();
  const auto events = all_events(*store);
  ASSERT_EQ(events.size(), static_cast<std::size_t>(writers * batches * 2));
  crypto::Frontier frontier;
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].position.value, static_cast<std::int64_t>(i) + 1);
    frontier.append(events[i].leaf);
  }
  EXPECT_EQ(store->head().root, frontier.root());
}

TEST_P(StoreContract, ABatchIsFoundOrNot) {
  const auto batch = append(*store, births(1));
  EXPECT_TRUE(store->find_batch(batch.batch_id));
  EXPECT_FALSE(store->find_batch(BatchId{new_uuid()}));
  append(*store, births(1));
  EXPECT_TRUE(log->store()->find_batch(batch.batch_id));
}

TEST_P(StoreContract, AVersionThatIsTakenIsABugAndNothingIsWritten) {
  const auto stream = new_stream();
  append(*store, {some_event(stream, 1)});
  EXPECT_THROW(append(*store, {some_event(new_stream(), 1), some_event(stream, 1)}), std::logic_error);
  EXPECT_EQ(all_events(*store).size(), 1u);
  append(*store, {some_event(stream, 2)});
  EXPECT_EQ(store->head().position, Position{2});
}

TEST_P(StoreContract, APositionThatIsTakenIsABug) {
  append(*store, births(1));
  (void)store->open_batch(Position{}, {});
  EXPECT_THROW(store->write_batch(batch_after(store->identity(), Head{}, births(1))), std::logic_error);
  EXPECT_EQ(all_events(*store).size(), 1u);
}

TEST_P(StoreContract, APageEndsAtItsNumberOfEventsOrBytes) {
  const auto batch = append(*store, births(5));
  const auto size = batch.events[0].data.size() + batch.events[0].personal->size();
  const auto positions = [&](std::int64_t after, std::size_t events_max, std::size_t bytes_max) {
    std::vector<std::int64_t> found;
    for (const auto& event : store->read(Position{after}, events_max, bytes_max))
      found.push_back(event.position.value);
    return found;
  };
  using List = std::vector<std::int64_t>;
  EXPECT_EQ(positions(0, 2, page_bytes_max), (List{1, 2}));
  EXPECT_EQ(positions(2, 9, page_bytes_max), (List{3, 4, 5}));
  EXPECT_EQ(positions(1, 9, 2 * size), (List{2, 3}));
  EXPECT_EQ(positions(1, 9, 2 * size - 1), (List{2}));
  EXPECT_EQ(positions(1, 9, 1), (List{2})) << "one event always, or a reader would stand still";
  EXPECT_EQ(positions(5, 9, page_bytes_max), List{});
}

TEST_P(StoreContract, AReaderReadsTheSameLog) {
  auto reader = log->reader();
  EXPECT_EQ(reader->identity(), store->identity());
  EXPECT_EQ(reader->head(), Position{0});
  const auto batch = append(*store, births(3));
  EXPECT_EQ(reader->head(), Position{3});
  EXPECT_EQ(reader->read(Position{1}, 9, page_bytes_max),
            (std::vector<Envelope>{batch.events[1], batch.events[2]}));
  EXPECT_EQ(reader->leaf_at(Position{2}), batch.events[1].leaf);
  EXPECT_EQ(reader->leaf_at(Position{4}), std::nullopt);
}

TEST_P(StoreContract, AReaderIsWokenWhenTheLogGrows) {
  auto reader = log->reader();
  EXPECT_EQ(reader->wait_beyond(Position{0}, 1), Position{0});
  std::thread writer([&] { append(*store, births(2)); });
  EXPECT_EQ(reader->wait_beyond(Position{0}, 10000), Position{2});
  writer.join();
  EXPECT_EQ(reader->wait_beyond(Position{1}, 10000), Position{2});
}

}  // namespace
}  // namespace daybook::log::test
