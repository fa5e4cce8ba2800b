#include "platform/rocksdb/database.hpp"

#include <gtest/gtest.h>

#include "tests/support/support.hpp"

namespace daybook::rocks {
namespace {

class RocksDatabase : public testing::Test {
 protected:
  void put(Database& database, std::string_view key, std::string_view value) {
    auto batch = database.batch();
    batch.put(key, value);
    database.commit(batch, Sync::yes);
  }

  test::TempDir folder;
};

TEST_F(RocksDatabase, WhatWasCommittedIsThereAfterOpeningAgain) {
  {
    auto database = Database::open(folder / "db");
    put(database, "a", std::string("\0x", 2));
  }
  const auto database = Database::open(folder / "db", {.create_if_missing = false});
  EXPECT_EQ(database.get("a"), std::string("\0x", 2));
  EXPECT_EQ(database.get("b"), std::nullopt);
}

TEST_F(RocksDatabase, OneInMemoryHoldsWhatIsCommittedAndLeavesNothingBehind) {
  {
    auto database = Database::in_memory();
    put(database, "a", "1");
    database.flush();
    EXPECT_EQ(database.get("a"), "1");
    EXPECT_FALSE(std::filesystem::exists("/memory"));
  }
  EXPECT_EQ(Database::in_memory().get("a"), std::nullopt);
}

TEST_F(RocksDatabase, AMissingFolderIsAnErrorUnlessItMayBeMade) {
  EXPECT_THROW(Database::open(folder / "none", {.create_if_missing = false}), Error);
}

TEST_F(RocksDatabase, UnloggedCommitsAreThereAfterAFlushAsInACrash) {
  auto database = Database::open(folder / "db");
  auto batch = database.batch();
  batch.put("a", "flushed");
  database.commit(batch, Sync::unlogged);
  database.flush();
  batch.put("a", "lost");
  database.commit(batch, Sync::unlogged);
  // A copy of the files as they lie there is what a crash leaves.
  std::filesystem::copy(folder / "db", folder / "after", std::filesystem::copy_options::recursive);
  EXPECT_EQ(database.get("a"), "lost");
  EXPECT_EQ(Database::open(folder / "after").get("a"), "flushed");
}

TEST_F(RocksDatabase, OfUnseenChangesToAKeyTheLastStandsHoweverMuchKeysAreAlike) {
  auto database = Database::open(folder / "db");
  const std::string alike(20, 'k');
  const std::vector<std::string> keys{alike, alike + "a",          alike + "b",                 alike + std::string(1, '\0'),
                                      "k",   std::string("k\0", 2), std::string("k\0\xff", 3), "\xff", ""};
  auto batch = database.batch();
  for (const auto* round : {"first", "last"})
    for (const auto& key : keys) batch.put_unseen("." + key, round);
  batch.erase_unseen("." + alike);
  database.commit(batch);
  std::size_t found = 0;
  for (auto at = database.seek("."); at.valid(); at.next(), ++found) EXPECT_EQ(at.value(), "last");
  EXPECT_EQ(found, keys.size() - 1);
  EXPECT_EQ(database.get("." + alike), std::nullopt);
}

TEST_F(RocksDatabase, ASecondWriterIsRefused) {
  const auto database = Database::open(folder / "db");
  EXPECT_THROW(Database::open(folder / "db"), Error);
}

TEST_F(RocksDatabase, ABatchSeesItsOwnChangesAndTheDatabaseDoesNot) {
  auto database = Database::open(folder / "db");
  put(database, "kept", "1");
  put(database, "gone", "1");
  auto batch = database.batch();
  batch.put("new", "1");
  batch.put("new", "2");
  batch.erase("gone");
  EXPECT_EQ(batch.get("new"), "2");
  EXPECT_EQ(batch.get("gone"), std::nullopt);
  EXPECT_EQ(batch.get("kept"), "1");
  EXPECT_EQ(database.get("new"), std::nullopt);
  EXPECT_EQ(database.get("gone"), "1");
  database.commit(batch);
  EXPECT_EQ(batch.size(), 0u);
  EXPECT_EQ(database.get("new"), "2");
  EXPECT_EQ(database.get("gone"), std::nullopt);
}

TEST_F(RocksDatabase, UnseenChangesAreWrittenWithTheBatchAndTheLastOneStands) {
  auto database = Database::open(folder / "db");
  put(database, "gone", "1");
  auto batch = database.batch();
  batch.put_unseen("c", "1");
  batch.put_unseen("a", "1");
  batch.put_unseen("c", "2");
  batch.erase_unseen("gone");
  batch.put_unseen("back", "1");
  batch.erase_unseen("back");
  batch.put("seen", "1");
  EXPECT_EQ(batch.get("a"), std::nullopt);
  EXPECT_EQ(batch.get("gone"), "1");
  EXPECT_EQ(batch.size(), 7u);
  database.commit(batch);
  EXPECT_EQ(batch.size(), 0u);
  EXPECT_EQ(database.get("a"), "1");
  EXPECT_EQ(database.get("c"), "2");
  EXPECT_EQ(database.get("gone"), std::nullopt);
  EXPECT_EQ(database.get("back"), std::nullopt);
  EXPECT_EQ(database.get("seen"), "1");
}

TEST_F(RocksDatabase, AClearedBatchChangesNothing) {
  auto database = Database::open(folder / "db");
  auto batch = database.batch();
  batch.put("a", "1");
  batch.put_unseen("b", "1");
  EXPECT_GT(batch.bytes(), 0u);
  batch.clear();
  database.commit(batch);
  EXPECT_EQ(database.get("a"), std::nullopt);
}

TEST_F(RocksDatabase, ASnapshotStandsStill) {
  auto database = Database::open(folder / "db");
  put(database, "a", "old");
  const auto snapshot = database.snapshot();
  put(database, "a", "new");
  put(database, "b", "new");
  EXPECT_EQ(snapshot.get("a"), "old");
  auto walk = snapshot.seek("");
  EXPECT_EQ(walk.value(), "old");
  walk.next();
  EXPECT_FALSE(walk.valid());
}

TEST_F(RocksDatabase, ASecondaryFollowsWhenItIsAskedTo) {
  auto writer = Database::open(folder / "db");
  put(writer, "a", "1");
  auto reader = Database::open(folder / "db", {.read_only_secondary = folder / "reader"});
  EXPECT_EQ(reader.get("a"), "1");
  put(writer, "a", "2");
  EXPECT_EQ(reader.get("a"), "1");
  EXPECT_TRUE(reader.try_catch_up());
  EXPECT_EQ(reader.snapshot().get("a"), "2");
  writer.compact();
  put(writer, "a", "3");
  EXPECT_TRUE(test::wait_until([&] { return reader.try_catch_up() && reader.get("a") == "3"; }));
  auto batch = reader.batch();
  batch.put("b", "1");
  EXPECT_THROW(reader.commit(batch), Error);
}

TEST_F(RocksDatabase, ACheckpointIsAWholeDatabaseOfItsOwn) {
  auto database = Database::open(folder / "db");
  put(database, "a", "1");
  database.checkpoint(folder / "copy");
  put(database, "a", "2");
  EXPECT_EQ(Database::open(folder / "copy").get("a"), "1");
  EXPECT_THROW(database.checkpoint(folder / "copy"), Error);
}

TEST_F(RocksDatabase, CompactionGivesBackTheRoomOfErasedRows) {
  auto database = Database::open(folder / "db", {.write_buffer_bytes = 1 << 20});
  auto batch = database.batch();
  std::string noise(1000, ' ');
  for (unsigned i = 0; i < 4000; ++i) {
    for (char& c : noise) c = static_cast<char>(i * 2654435761u >> (&c - noise.data()) % 24);
    batch.put(std::to_string(i), noise);
  }
  database.commit(batch);
  database.compact();
  const auto full = database.size_on_disk();
  EXPECT_GT(full, 50'000u);
  for (int i = 0; i < 4000; ++i) batch.erase(std::to_string(i));
  database.commit(batch);
  database.compact();
  EXPECT_FALSE(database.seek("").valid());
}

TEST_F(RocksDatabase, TheFolderStaysOpenWhileABatchLives) {
  std::optional<Batch> batch;
  {
    auto database = Database::open(folder / "db");
    put(database, "a", "1");
    batch = database.batch();
  }
  EXPECT_EQ(batch->get("a"), "1");
  EXPECT_THROW(Database::open(folder / "db"), Error);
  batch.reset();
  EXPECT_EQ(Database::open(folder / "db").get("a"), "1");
}

TEST_F(RocksDatabase, TwoDatabasesMayShareTheirCache) {
  const auto cache = make_block_cache(1 << 20);
  auto one = Database::open(folder / "one", {.block_cache = cache});
  auto two = Database::open(folder / "two", {.block_cache = cache});
  put(one, "a", "1");
  put(two, "a", "2");
  one.compact();
  two.compact();
  EXPECT_EQ(one.get("a"), "1");
  EXPECT_EQ(two.get("a"), "2");
}

}  // namespace
}  // namespace daybook::rocks
