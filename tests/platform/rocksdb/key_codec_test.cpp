#include "platform/rocksdb/key_codec.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <vector>

namespace daybook::rocks {
namespace {

using namespace std::string_literals;

template <class T, class Encode>
void expect_same_order(const std::vector<T>& values, Encode encode, bool descending) {
  for (const T& left : values) {
    for (const T& right : values) {
      const bool before = descending ? right < left : left < right;
      EXPECT_EQ(encode(left) < encode(right), before)
          << testing::PrintToString(left) << " and " << testing::PrintToString(right);
    }
  }
}

const std::vector<std::uint64_t> unsigned_values{0,   1,          255,
                                                 256, 1ull << 32, std::numeric_limits<std::uint64_t>::max()};
const std::vector<std::int64_t> signed_values{std::numeric_limits<std::int64_t>::min(), -256, -1, 0, 1, 255,
                                              std::numeric_limits<std::int64_t>::max()};
const std::vector<std::string> texts{"",     "\0"s,   "\0\0"s, "\0\1"s, "\0\xff"s, "\1",  "a",
                                     "a\0"s, "a\0b"s, "a\1",   "ab",    "b",       "\xff"};

TEST(KeyCodec, NumbersKeepTheirOrder) {
  expect_same_order(
      unsigned_values, [](auto v) { return KeyWriter().u64(v).key(); }, false);
  expect_same_order(
      unsigned_values, [](auto v) { return KeyWriter().u64_descending(v).key(); }, true);
  expect_same_order(
      signed_values, [](auto v) { return KeyWriter().i64(v).key(); }, false);
  expect_same_order(
      signed_values, [](auto v) { return KeyWriter().i64_descending(v).key(); }, true);
}

TEST(KeyCodec, TextsKeepTheirOrderWhateverFollows) {
  for (const char* rest : {"", "\x01", "\xff"}) {
    expect_same_order(
        texts, [&](const auto& v) { return KeyWriter().text(v).raw(rest).key(); }, false);
    expect_same_order(
        texts, [&](const auto& v) { return KeyWriter().text_descending(v).raw(rest).key(); }, true);
  }
}

TEST(KeyCodec, RandomTextsKeepTheirOrder) {
  std::mt19937 random(1);
  std::vector<std::string> values(60);
  for (auto& value : values) {
    for (unsigned i = random() % 5; i > 0; --i) value.push_back("\0\1\xff-"[random() % 4]);
  }
  expect_same_order(
      values, [](const auto& v) { return KeyWriter().text(v).u64(7).key(); }, false);
}

TEST(KeyCodec, EveryPartIsReadBack) {
  const KeyWriter::Uuid uuid{1, 2, 3, 255};
  const auto key = KeyWriter()
                       .byte(9)
                       .u64(1ull << 63)
                       .i64(-5)
                       .text("a\0b"s)
                       .uuid(uuid)
                       .u64_descending(7)
                       .i64_descending(-7)
                       .text_descending("\0"s)
                       .raw("rest")
                       .key();
  KeyReader reader(key);
  EXPECT_EQ(reader.byte(), 9);
  EXPECT_EQ(reader.u64(), 1ull << 63);
  EXPECT_EQ(reader.i64(), -5);
  EXPECT_EQ(reader.text(), "a\0b"s);
  EXPECT_EQ(reader.uuid(), uuid);
  EXPECT_EQ(reader.u64_descending(), 7u);
  EXPECT_EQ(reader.i64_descending(), -7);
  EXPECT_EQ(reader.text_descending(), "\0"s);
  EXPECT_EQ(reader.rest(), "rest");
}

TEST(KeyCodec, TheBytesAreThoseOfTheDescription) {
  EXPECT_EQ(KeyWriter().u64(0x0102030405060708).key(), "\x01\x02\x03\x04\x05\x06\x07\x08");
  EXPECT_EQ(KeyWriter().i64(0).key(), "\x80\0\0\0\0\0\0\0"s);
  EXPECT_EQ(KeyWriter().text("a\0"s).key(), "a\0\xff\0\1"s);
}

TEST(KeyCodec, ShortOrUnknownBytesReadNothing) {
  for (const auto& bytes : {""s, "a"s, "a\0"s, "a\0\2"s, "\0\xff"s}) {
    KeyReader reader(bytes);
    EXPECT_EQ(reader.text(), std::nullopt);
    EXPECT_EQ(reader.u64(), std::nullopt);
    EXPECT_EQ(reader.uuid(), std::nullopt);
    EXPECT_EQ(reader.rest(), bytes);
  }
}

TEST(KeyCodec, ThePrefixSuccessorIsTheFirstKeyBehindThePrefix) {
  EXPECT_EQ(prefix_successor("ab"), "ac");
  EXPECT_EQ(prefix_successor("a\xff\xff"), "b");
  EXPECT_EQ(prefix_successor("\x7f"), "\x80");
  EXPECT_EQ(prefix_successor("\xff\xff"), std::nullopt);
  EXPECT_EQ(prefix_successor(""), std::nullopt);
}

}  // namespace
}  // namespace daybook::rocks
