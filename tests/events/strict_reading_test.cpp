// What is refused of strangers, how it is called and where it stands; and what is passed over in our own log.
#include <gtest/gtest.h>

#include "tests/events/shapes.hpp"

namespace daybook::events::test {
namespace {

using Kind = ReadResult::Kind;

struct Bag {
  std::optional<std::string> words;
  std::optional<std::int8_t> tiny;
  std::optional<std::int64_t> whole;
  std::optional<double> real;
  std::optional<bool> flag;
  std::optional<ShortText> brief;
  std::optional<ItemId> id;
  std::optional<text::Instant> at;
  std::optional<text::Date> day;
  std::optional<Colour> colour;
  std::optional<Json> free;
  std::optional<TinyJson> tiny_free;
  std::vector<Item> items;
  std::map<std::string, Item> by_name;
};
BOOST_DESCRIBE_STRUCT(Bag, (),
                      (words, tiny, whole, real, flag, brief, id, at, day, colour, free, tiny_free, items,
                       by_name))

struct Refusal {
  std::string fields;  // of a Bag, beside the two that are required
  Kind kind;
  std::string pointer;
  std::string code;
};

std::string bag_with(const std::string& fields) {
  return R"({"items":[],"by_name":{})" + (fields.empty() ? "" : "," + fields) + "}";
}

void expect_refusal(const std::string& json, const Refusal& expected) {
  Bag bag{};
  const auto read = from_json(json, bag, Reading::strict);
  ASSERT_FALSE(read) << json << " was taken";
  EXPECT_EQ(read.kind, expected.kind) << json << ": " << read.text();
  ASSERT_EQ(read.errors.size(), 1u) << json << ": " << read.text();
  EXPECT_EQ(read.errors[0].pointer, expected.pointer) << json;
  EXPECT_EQ(read.errors[0].code, expected.code) << json << ": " << read.text();
  EXPECT_FALSE(read.errors[0].detail.empty());
}

std::string nested(std::size_t lists, const std::string& core) {
  return std::string(lists, '[') + core + std::string(lists, ']');
}

TEST(StrictReading, ABagOfNothingIsFine) {
  Bag bag{};
  EXPECT_TRUE(from_json(bag_with(""), bag, Reading::strict));
}

TEST(StrictReading, RefusesWrongTypesWhereTheyStand) {
  for (const Refusal& refusal : std::vector<Refusal>{
           {R"("words":1)", Kind::refused, "/words", "wrong-type"},
           {R"("words":{"a":[1]})", Kind::refused, "/words", "wrong-type"},
           {R"("whole":"1")", Kind::refused, "/whole", "wrong-type"},
           {R"("whole":1.5)", Kind::refused, "/whole", "wrong-type"},
           {R"("whole":1e2)", Kind::refused, "/whole", "wrong-type"},
           {R"("real":"0.5")", Kind::refused, "/real", "wrong-type"},
           {R"("flag":1)", Kind::refused, "/flag", "wrong-type"},
           {R"("flag":[true])", Kind::refused, "/flag", "wrong-type"},
           {R"("id":7)", Kind::refused, "/id", "wrong-type"},
           {R"("id":"7")", Kind::refused, "/id", "invalid-id"},
           {R"("id":"{0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b}")", Kind::refused, "/id", "invalid-id"},
           {R"("at":"yesterday")", Kind::refused, "/at", "invalid-time"},
           {R"("at":"2026-02-30T00:00:00Z")", Kind::refused, "/at", "invalid-time"},
           {R"("day":"2026-02-29")", Kind::refused, "/day", "invalid-date"},
           {R"("colour":"green")", Kind::refused, "/colour", "unknown-value"},
           {R"("colour":2)", Kind::refused, "/colour", "wrong-type"},
           {R"("brief":"sixsix")", Kind::refused, "/brief", "too-long"},
           {R"("tiny_free":[1,2,3,4])", Kind::refused, "/tiny_free", "too-long"},
       })
    expect_refusal(bag_with(refusal.fields), refusal);
}

TEST(StrictReading, RefusesIntegersOutOfRange) {
  for (const Refusal& refusal : std::vector<Refusal>{
           {R"("tiny":128)", Kind::refused, "/tiny", "out-of-range"},
           {R"("tiny":-129)", Kind::refused, "/tiny", "out-of-range"},
           {R"("whole":9223372036854775808)", Kind::refused, "/whole", "out-of-range"},
           {R"("whole":18446744073709551616)", Kind::refused, "/whole", "number-out-of-range"},
           {R"("whole":-9223372036854775809)", Kind::refused, "/whole", "number-out-of-range"},
           {R"("real":1e400)", Kind::refused, "/real", "number-out-of-range"},
           {R"("free":{"a/b":[0,-1e400]})", Kind::refused, "/free/a~1b/1", "number-out-of-range"},
       })
    expect_refusal(bag_with(refusal.fields), refusal);
  Bag bag{};
  ASSERT_TRUE(from_json(bag_with(R"("tiny":-128,"whole":-9223372036854775808)"), bag, Reading::strict));
  EXPECT_EQ(bag.tiny, -128);
}

TEST(StrictReading, RefusesTextThatNoStoreKeeps) {
  for (const Refusal& refusal : std::vector<Refusal>{
           {R"("words":"a\u0000b")", Kind::refused, "/words", "invalid-text"},
           {R"("words":"\ud800")", Kind::refused, "/words", "invalid-text"},
           {R"("words":"\udc00")", Kind::refused, "/words", "invalid-text"},
           {R"("words":"\udc00\ud800")", Kind::refused, "/words", "invalid-text"},
           {R"("words":"\ud83dx")", Kind::refused, "/words", "invalid-text"},
           {R"("words":"\ud83d\u0041")", Kind::refused, "/words", "invalid-text"},
           {R"("free":[0,{"k":"\u0000"}])", Kind::refused, "/free/1/k", "invalid-text"},
           {R"("free":[0,{"k":"\uDEAD"}])", Kind::refused, "/free/1/k", "invalid-text"},
           {R"("free":{"x":{"\udead":1}})", Kind::refused, "/free/x", "invalid-text"},
           {R"("free":{"~/":"\ud800"})", Kind::refused, "/free/~0~1", "invalid-text"},
       }) {
    Bag bag{};
    const auto read = from_json(bag_with(refusal.fields), bag, Reading::strict);
    EXPECT_EQ(read.kind, refusal.kind) << refusal.fields;
    ASSERT_EQ(read.errors.size(), 1u) << refusal.fields;
    EXPECT_EQ(read.errors[0].code, "invalid-text");
    EXPECT_TRUE(read.errors[0].pointer.starts_with(refusal.pointer))
        << refusal.fields << read.errors[0].pointer;
  }
}

TEST(StrictReading, NamesUnknownMissingAndRepeatedFields) {
  expect_refusal(bag_with(R"("colou/r~":"red")"), {"", Kind::refused, "/colou~1r~0", "unknown-field"});
  expect_refusal(bag_with(R"("flag":true,"flag":true)"), {"", Kind::malformed, "/flag", "repeated-key"});
  expect_refusal(bag_with(R"("flag":true,"\u0066lag":true)"), {"", Kind::malformed, "/flag", "repeated-key"});
  expect_refusal(bag_with(R"("free":[{"a":{"b/":1,"c":2,"b/":3}}])"),
                 {"", Kind::malformed, "/free/0/a/b~1", "repeated-key"});
  expect_refusal(R"({"items":[]})", {"", Kind::refused, "/by_name", "required"});
}

TEST(StrictReading, PointsIntoListsAndMaps) {
  expect_refusal(
      R"({"by_name":{},"items":[{"name":"a","amount":1},{"name":"b","amount":1},{"name":"c","amount":1},{"name":5,"amount":1}]})",
      {"", Kind::refused, "/items/3/name", "wrong-type"});
  expect_refusal(R"({"items":[{"name":"a"}],"by_name":{}})",
                 {"", Kind::refused, "/items/0/amount", "required"});
  expect_refusal(R"({"items":[7],"by_name":{}})", {"", Kind::refused, "/items/0", "wrong-type"});
  expect_refusal(R"({"items":{},"by_name":{}})", {"", Kind::refused, "/items", "wrong-type"});
  expect_refusal(R"({"items":[],"by_name":[]})", {"", Kind::refused, "/by_name", "wrong-type"});
  expect_refusal(R"({"items":[],"by_name":{"x/y":{"name":"a","amount":"b"}}})",
                 {"", Kind::refused, "/by_name/x~1y/amount", "wrong-type"});
}

TEST(StrictReading, NamesEveryMistakeOfADocumentAndGoesOnAfterEach) {
  Bag bag{};
  const auto read = from_json(
      R"({"flag":{"x":[1,{}]},"whole":[[]],"items":[{"name":1,"amount":"x"}],"words":null,"odd":{"a":[1]},"tiny":3})",
      bag, Reading::strict);
  std::vector<std::string> pointers;
  for (const auto& error : read.errors) pointers.push_back(error.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/flag", "/whole", "/items/0/name", "/items/0/amount", "/odd",
                                                "/by_name"}));
  EXPECT_EQ(bag.tiny, 3);
}

TEST(StrictReading, NamesAtMostThirtyTwoMistakes) {
  std::string items;
  for (int i = 0; i < 100; ++i) items += (i == 0 ? "" : ",") + std::string(R"({"name":1,"amount":1})");
  Bag bag{};
  const auto read = from_json(R"({"by_name":{},"items":[)" + items + "]}", bag, Reading::strict);
  EXPECT_EQ(read.errors.size(), read_errors_max);
}

TEST(StrictReading, WhatIsNotJsonIsMalformed) {
  for (const std::string json : {"",
                                 " ",
                                 "{",
                                 "}",
                                 "{]",
                                 "[1,]",
                                 R"({"items":[],})",
                                 R"({"items":[]} x)",
                                 R"({"items":[]}{})",
                                 "nul",
                                 "{'a':1}",
                                 R"({"a":01})",
                                 R"({"a":1.})",
                                 R"({"a":.5})",
                                 R"({"a":+1})",
                                 R"({"a":-})",
                                 R"({"a":1e})",
                                 R"({"a":0x1})",
                                 R"({"a":"\x"})",
                                 R"({"a":"\u12"})",
                                 R"({"a":"\u12g4"})",
                                 "{\"a\":\"\n\"}",
                                 "{\"a\":\"\xff\"}",
                                 R"({"a":tru})",
                                 R"({"a" 1})",
                                 R"({"a":1 "b":2})",
                                 R"({1:2})",
                                 "{\"a\":\"",
                                 "{\"a\\x\":1}",
                                 "\xef\xbb\xbf{}"}) {
    Bag bag{};
    const auto read = from_json(json, bag, Reading::strict);
    EXPECT_EQ(read.kind, Kind::malformed) << json << ": " << read.text();
    EXPECT_EQ(check_json(json).kind, Kind::malformed) << json;
  }
}

TEST(StrictReading, AnObjectIsExpectedWhereARecordIsRead) {
  for (const std::string json : {"5", "null", "\"x\"", "[]", "true"}) {
    Bag bag{};
    const auto read = from_json(json, bag, Reading::strict);
    EXPECT_EQ(read.kind, Kind::refused) << json << read.text();
    EXPECT_EQ(read.text(), " wrong-type: Expected an object.") << json;
  }
}

TEST(StrictReading, ThirtyTwoLevelsAreTakenAndThirtyThreeAreTooDeep) {
  for (const std::string core : {"", "1", "\"x\""}) {
    EXPECT_TRUE(check_json(nested(32, core))) << core;
    const auto read = check_json(nested(33, core));
    EXPECT_EQ(read.kind, Kind::malformed) << core;
    ASSERT_EQ(read.errors.size(), 1u);
    EXPECT_EQ(read.errors[0].code, "too-deep") << core;
  }
  EXPECT_TRUE(check_json(nested(31, "{}")));
  EXPECT_FALSE(check_json(nested(32, "{}")));
  EXPECT_FALSE(check_json(nested(100000, "")));
  EXPECT_FALSE(check_json(std::string(100000, '[')));
}

TEST(StrictReading, AScalarIsADocumentOfItsOwn) {
  for (const std::string json : {"1", "\"x\"", "null", " true ", "-0.0e-1"})
    EXPECT_TRUE(check_json(json)) << json;
  EXPECT_EQ(check_json("1e400").kind, Kind::refused);
  EXPECT_EQ(check_json("\"\\ud800\"").kind, Kind::refused);
  EXPECT_EQ(check_json("01").kind, Kind::malformed);
}

TEST(LenientReading, PassesUnknownFieldsOfAnyShape) {
  Item item{};
  const auto read =
      from_json(R"({"new":{"a":[1,{"name":"inner"}]},"name":"n","amount":2,"list":[[],{}],"s":"x"})", item,
                Reading::lenient);
  ASSERT_TRUE(read) << read.text();
  EXPECT_EQ(item, (Item{"n", 2}));
}

TEST(LenientReading, TakesTextsThatTodaysRuleWouldRefuse) {
  Bag bag{};
  ASSERT_TRUE(from_json(bag_with(R"("brief":"longer than five")"), bag, Reading::lenient));
  EXPECT_EQ(bag.brief->text, "longer than five");
}

TEST(LenientReading, StillRefusesWrongTypesAndMissingFields) {
  Item item{};
  EXPECT_FALSE(from_json(R"({"name":"n"})", item, Reading::lenient));
  EXPECT_FALSE(from_json(R"({"name":"n","amount":"2"})", item, Reading::lenient));
  EXPECT_FALSE(from_json(R"({"name":"n","amount":2)", item, Reading::lenient));
}

}  // namespace
}  // namespace daybook::events::test
