#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

#include "platform/rocksdb/database.hpp"
#include "tests/support/support.hpp"

namespace daybook::rocks {
namespace {

using Keys = std::vector<std::string>;

Keys forward(Iterator walk) {
  Keys keys;
  for (; walk.valid(); walk.next()) keys.emplace_back(walk.key());
  return keys;
}

Keys backward(Iterator walk) {
  Keys keys;
  for (; walk.valid(); walk.prev()) keys.emplace_back(walk.key());
  return keys;
}

class RocksIterator : public testing::Test {
 protected:
  void commit(const Keys& keys) {
    auto batch = database.batch();
    for (const auto& key : keys) batch.put(key, "v");
    database.commit(batch);
  }

  test::TempDir folder;
  Database database = Database::open(folder / "db");
};

TEST_F(RocksIterator, AWalkStaysInsideItsPrefix) {
  commit({"a", "b", "b1", "b2", "b\xff\xff", "c"});
  EXPECT_EQ(forward(database.seek("b")), (Keys{"b", "b1", "b2", "b\xff\xff"}));
  EXPECT_EQ(backward(database.seek_last("b")), (Keys{"b\xff\xff", "b2", "b1", "b"}));
  EXPECT_FALSE(database.seek("d").valid());
  EXPECT_FALSE(database.seek_last("aa").valid());
}

TEST_F(RocksIterator, APrefixOfLastBytesAndTheEmptyPrefixReachTheEnd) {
  commit({"a", "\xff", "\xff\xff", "\xff\xff\x01"});
  EXPECT_EQ(backward(database.seek_last("\xff\xff")), (Keys{"\xff\xff\x01", "\xff\xff"}));
  EXPECT_EQ(forward(database.seek("")).size(), 4u);
  EXPECT_EQ(backward(database.seek_last("")).size(), 4u);
}

TEST_F(RocksIterator, AWalkMayStartInTheMiddle) {
  commit({"b1", "b3", "b5", "c1"});
  EXPECT_EQ(forward(database.seek("b", "b2")), (Keys{"b3", "b5"}));
  EXPECT_EQ(forward(database.seek("b", "a")), (Keys{"b1", "b3", "b5"}));
  EXPECT_EQ(forward(database.seek("b", "c")), Keys{});
  EXPECT_EQ(backward(database.seek_last("b", "b4")), (Keys{"b3", "b1"}));
  EXPECT_EQ(backward(database.seek_last("b", "b3")), (Keys{"b3", "b1"}));
  EXPECT_EQ(backward(database.seek_last("b", "z")), (Keys{"b5", "b3", "b1"}));
  EXPECT_EQ(backward(database.seek_last("b", "a")), Keys{});
}

TEST_F(RocksIterator, ABatchIsMergedIntoTheDatabase) {
  commit({"b1", "b2", "b4", "c"});
  auto batch = database.batch();
  batch.put("a9", "outside");
  batch.put("b3", "v");
  batch.put("b2", "changed");
  batch.erase("b4");
  batch.put("c", "outside");
  EXPECT_EQ(forward(batch.seek("b")), (Keys{"b1", "b2", "b3"}));
  EXPECT_EQ(backward(batch.seek_last("b")), (Keys{"b3", "b2", "b1"}));
  auto walk = batch.seek("b", "b2");
  EXPECT_EQ(walk.value(), "changed");
  walk.next();
  walk.prev();
  EXPECT_EQ(walk.key(), "b2");
}

TEST_F(RocksIterator, PastTheEndItStaysThere) {
  commit({"a", "b"});
  auto walk = database.seek("a");
  walk.next();
  EXPECT_FALSE(walk.valid());
  walk.prev();
  walk.next();
  EXPECT_FALSE(walk.valid());
}

/// A database with a batch on top must walk like one sorted map, in every direction and from everywhere.
TEST_F(RocksIterator, RandomOverlaysWalkLikeASortedMap) {
  std::mt19937 random(7);
  static constexpr char alphabet[] = {'a', 'b', '\xff', '\0'};
  const auto random_key = [&](unsigned length_max) {
    std::string key;
    for (unsigned i = random() % (length_max + 1); i > 0; --i) key.push_back(alphabet[random() % 4]);
    return key;
  };
  for (int round = 0; round < 60; ++round) {
    std::map<std::string, std::string> model;
    auto batch = database.batch();
    for (auto walk = database.seek(""); walk.valid(); walk.next()) batch.erase(walk.key());
    database.commit(batch);
    for (int i = 0; i < 30; ++i) {
      const auto key = random_key(4);
      if (random() % 4 == 0) {
        batch.erase(key);
        model.erase(key);
      } else {
        batch.put(key, std::to_string(i));
        model[key] = std::to_string(i);
      }
      if (i == 14) database.commit(batch);
    }
    for (int question = 0; question < 20; ++question) {
      const auto prefix = random_key(2);
      const auto from = prefix + random_key(2);
      auto walk = question % 2 == 0 ? batch.seek(prefix, from) : batch.seek_last(prefix, from);
      auto expected = question % 2 == 0 ? model.lower_bound(from) : model.upper_bound(from);
      bool inside = question % 2 == 0 ? expected != model.end() : expected != model.begin();
      if (inside && question % 2 == 1) --expected;
      for (int step = 0; step < 12; ++step) {
        inside = inside && expected->first.starts_with(prefix);
        ASSERT_EQ(walk.valid(), inside) << "round " << round << " question " << question;
        if (!inside) break;
        EXPECT_EQ(walk.key(), expected->first);
        EXPECT_EQ(walk.value(), expected->second);
        if (random() % 3 != 0) {
          walk.next();
          inside = ++expected != model.end();
        } else {
          walk.prev();
          inside = expected != model.begin();
          if (inside) --expected;
        }
      }
    }
  }
}

}  // namespace
}  // namespace daybook::rocks
