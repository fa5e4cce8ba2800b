// What the codec writes, and that it reads back what it wrote.
#include "tests/events/shapes.hpp"

#include "events/template/structure.hpp"
#include "events/workflow/definition.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace daybook::events::test {
namespace {

struct Real {
  double value = 0;
};
BOOST_DESCRIBE_STRUCT(Real, (), (value))
struct Words {
  std::string value;
};
BOOST_DESCRIBE_STRUCT(Words, (), (value))
struct Free {
  Json value;
};
BOOST_DESCRIBE_STRUCT(Free, (), (value))
struct Time {
  text::Instant value{};
};
BOOST_DESCRIBE_STRUCT(Time, (), (value))
struct Long {
  std::string title;
  LongText value;
};
BOOST_DESCRIBE_STRUCT(Long, (), (title, value))
struct Change {
  Patch<std::string> value;
};
BOOST_DESCRIBE_STRUCT(Change, (), (value))

Everything least() {
  Everything value{};
  const auto read = from_json(least_json, value, Reading::strict);
  EXPECT_TRUE(read) << read.text();
  return value;
}

template <class T>
T read_back(const std::string& json) {
  T value{};
  for (const auto reading : {Reading::strict, Reading::lenient}) {
    value = T{};
    const auto read = from_json(json, value, reading);
    EXPECT_TRUE(read) << json << ": " << read.text();
  }
  return value;
}

TEST(Shapes, RequiredFieldsRoundTripToTheSameBytesInDeclaredOrder) {
  const auto value = least();
  EXPECT_EQ(to_json(value), least_json);
  EXPECT_EQ(value.version.value, 3);
  EXPECT_EQ(value.whole, -9007199254740993);
  EXPECT_EQ(value.narrow, -32768);
  EXPECT_EQ(value.colour, Colour::dark_green);
  EXPECT_EQ(value.id.text(), "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");
  EXPECT_EQ(value.free.text, R"({"b":1, "a":[]})");
  EXPECT_FALSE(value.note);
  EXPECT_FALSE(value.change.sent);
}

TEST(Shapes, EveryFieldRoundTrips) {
  auto value = least();
  value.items = {{"one", 1}, {"two", -2}};
  value.by_name = {{"", {"empty", 0}}, {"a/b~\"", {"odd", 7}}};
  value.note = "";
  value.spare = Item{"spare", 9};
  value.extra = Json{"[1,  2]"};
  value.change = Patch<std::int64_t>(5);
  EXPECT_EQ(read_back<Everything>(to_json(value)), value);
}

TEST(Shapes, FieldOrderAndWhiteSpaceOfTheSenderDoNotMatter) {
  Item item{};
  ASSERT_TRUE(from_json(" {\n\t\"amount\" : 4 ,\r\n \"name\" : \"n\" } \n", item, Reading::strict));
  EXPECT_EQ(item, (Item{"n", 4}));
}

TEST(Shapes, TextsKeepUnicodeAndEscapeOnlyWhatMustBe) {
  const std::string all = "\" \\ / \b \f \n \r \t \x01 \x1f \x7f é 漢 🙂";
  EXPECT_EQ(to_json(Words{all}),
            "{\"value\":\"\\\" \\\\ / \\u0008 \\u000c \\n \\r \\t \\u0001 \\u001f \x7f é 漢 🙂\"}");
  EXPECT_EQ(read_back<Words>(to_json(Words{all})).value, all);
  EXPECT_EQ(read_back<Words>(R"({"value":"\ud83d\ude42\u00e9\/"})").value, "🙂é/");
}

TEST(Shapes, RealNumbersAreWrittenShortAndReadBackExactly) {
  for (const double n : {0.0, -0.0, 0.1, 1.0 / 3, 1e300, -5e-324, 123456789.125, 1e21}) {
    const auto back = read_back<Real>(to_json(Real{n})).value;
    EXPECT_EQ(back, n);
    EXPECT_EQ(std::signbit(back), std::signbit(n));
  }
  EXPECT_EQ(to_json(Real{0.1}), R"({"value":0.1})");
  EXPECT_EQ(read_back<Real>(R"({"value":7})").value, 7.0);
}

TEST(Shapes, InfinityAndNanAreNeverWritten) {
  EXPECT_THROW(to_json(Real{std::numeric_limits<double>::infinity()}), std::domain_error);
  EXPECT_THROW(to_json(Real{std::nan("")}), std::domain_error);
}

TEST(Shapes, TimesHaveSixDigitsAndAreWrittenInUtc) {
  EXPECT_EQ(to_json(read_back<Time>(R"({"value":"2026-11-21T04:24:46.5+02:00"})")),
            R"({"value":"2026-11-21T02:24:46.500000Z"})");
  EXPECT_EQ(to_json(Time{}), R"({"value":"1970-01-01T00:00:00.000000Z"})");
}

TEST(Shapes, FreeJsonIsKeptByteForByte) {
  for (const std::string kept :
       {R"({"b" : 1,"a":[ 1, {"c" :null } ]  })", R"([])", R"({})", R"([ 1 ,2 ])", R"("a \u00e9 \n")", "1.50",
        "-0", "12345678901234567890", "true", "false", "1E+2", R"([[[{"x":[ ]}]]])"}) {
    for (const std::string around :
         {"{\"value\":@}", "{ \"value\" :\n @ \t\n }\n", "  {\"value\":   @   }"}) {
      auto json = around;
      json.replace(json.find('@'), 1, kept);
      EXPECT_EQ(read_back<Free>(json).value.text, kept) << json;
    }
  }
  EXPECT_EQ(read_back<Free>(R"({"value": null })").value.text, "null");
}

TEST(Shapes, FreeJsonBetweenOtherFieldsEndsWhereItEnds) {
  auto value = least();
  value.free.text = R"({ "deep" : [ 1 , [ ] ] })";
  const auto back = read_back<Everything>(to_json(value));
  EXPECT_EQ(back.free, value.free);
  EXPECT_EQ(back.colour, Colour::dark_green);
}

TEST(Shapes, PatchKnowsNotSentFromNullFromAValue) {
  EXPECT_EQ(read_back<Change>("{}").value, Patch<std::string>());
  EXPECT_EQ(read_back<Change>(R"({"value":null})").value, Patch<std::string>::cleared());
  EXPECT_EQ(read_back<Change>(R"({"value":"x"})").value, Patch<std::string>("x"));
  EXPECT_EQ(to_json(Change{}), "{}");
  EXPECT_EQ(to_json(Change{Patch<std::string>::cleared()}), R"({"value":null})");
  EXPECT_EQ(to_json(Change{Patch<std::string>("x")}), R"({"value":"x"})");
}

TEST(Shapes, NullLeavesAnOptionalUnset) {
  auto json = std::string(least_json);
  json.insert(json.size() - 1, R"(,"note":null,"spare":null)");
  EXPECT_EQ(read_back<Everything>(json), least());
}

TEST(Shapes, WithNullsEveryUnsetFieldIsPresent) {
  const auto json = to_json_with_nulls(least());
  EXPECT_EQ(json, std::string(least_json.substr(0, least_json.size() - 1)) +
                      R"(,"note":null,"spare":null,"extra":null,"change":null})");
}

TEST(Shapes, ALongTextIsATextInJsonAndItsSizeInBrief) {
  const Long value{"Plan", {"We gö."}};
  EXPECT_EQ(to_json(value), R"({"title":"Plan","value":"We gö."})");
  EXPECT_EQ(read_back<Long>(to_json(value)).value, value.value);
  EXPECT_EQ(to_json_in_brief(value), R"({"title":"Plan","value":{"bytes":7}})");
}

TEST(Shapes, ALongRecordIsWholeInJsonAndItsSizeInBrief) {
  template_::ProjectStructure value{};
  EXPECT_EQ(to_json(value), R"({"tasks":[],"skills":[],"automations":[]})");
  EXPECT_EQ(to_json_in_brief(value), R"({"bytes":41})");
  value.skills.push_back({});
  EXPECT_EQ(to_json_in_brief(value), "{\"bytes\":" + std::to_string(to_json(value).size()) + "}");
}

TEST(Shapes, LongFreeJsonIsKeptAsItIsAndItsSizeInBrief) {
  workflow::Definition value{};
  value.text = R"({"nodes" : []})";
  EXPECT_EQ(to_json(value), R"({"nodes" : []})");
  EXPECT_EQ(to_json_in_brief(value), R"({"bytes":14})");
}

}  // namespace
}  // namespace daybook::events::test
