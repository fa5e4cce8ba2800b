// The AsyncAPI document that is checked in is what the events and their messages are.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "events/kafka_message.hpp"
#include "events/registry.hpp"
#include "schemas/asyncapi/asyncapi.hpp"
#include "tests/events/files.hpp"

namespace daybook::contracts::test::asyncapi_test {
namespace {

namespace json = boost::json;
using events::test::asked_to_write;
using events::test::indented;
using events::test::read_file;
using events::test::write_file;

const std::filesystem::path file = "schemas/asyncapi.json";
constexpr char how_to_write[] =
    " differs from the events; to write it again, run in the root of the repository: "
    "DAYBOOK_WRITE_SCHEMAS=1 <build folder>/tests/contracts_test";

TEST(AsyncApi, IsPublishedAsTheEventsAre) {
  const auto document = indented(asyncapi::document());
  if (asked_to_write("DAYBOOK_WRITE_SCHEMAS")) write_file(file, document);
  EXPECT_EQ(read_file(file) == document, true) << file << how_to_write;
}

TEST(AsyncApi, HasAMessageForEveryEventType) {
  const auto document = json::parse(asyncapi::document());
  const auto& in_topic = document.at("channels").at("events").at("messages").as_object();
  for (const auto& type : events::all_event_types()) EXPECT_TRUE(in_topic.contains(type.type)) << type.type;
  EXPECT_EQ(in_topic.size(), events::all_event_types().size());
}

TEST(AsyncApi, DescribesEveryHeaderThatAMessageMayCarry) {
  events::Envelope event{};
  event.workspace_id.emplace();
  event.actor_id.emplace();
  event.via_id.emplace();
  event.causation_id.emplace();
  event.personal = "[]";
  const auto document = json::parse(asyncapi::document());
  const auto& schema = document.at("components").at("schemas").at("kafka-headers");
  const auto& described = schema.at("properties").as_object();
  const auto whole = events::to_record({}, {}, event, {});
  for (const auto& [name, value] : whole.headers) EXPECT_TRUE(described.contains(name)) << name;
  EXPECT_EQ(described.size(), whole.headers.size()) << "headers are described that no message carries";

  // And what is required is what the barest message has.
  const auto bare = events::to_record({}, {}, events::Envelope{}, {});
  EXPECT_EQ(schema.at("required").as_array().size(), bare.headers.size());
}

}  // namespace
}  // namespace daybook::contracts::test::asyncapi_test
