#include "events/kafka_message.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace daybook::events {
namespace {

template <class IdType>
IdType id(std::string_view last) {
  return IdType::parse("0190a1b2-c3d4-7e5f-8a9b-0000000000" + std::string(last)).value();
}

const auto log_id = id<LogId>("01");

Envelope minimal_event() {
  Envelope e{};
  e.position = Position{7};
  e.event_id = id<EventId>("02");
  e.stream_id = id<StreamId>("03");
  e.stream_type = StreamType::user;
  e.stream_version = StreamVersion{1};
  e.type = "user.deleted";
  e.correlation_id = id<CorrelationId>("04");
  e.recorded_at = *text::parse_instant("2026-11-21T05:07:45.000001Z");
  e.occurred_at = *text::parse_instant("2019-02-28T23:59:59Z");
  e.leaf = leaf_of(log_id, e);
  return e;
}

Envelope full_event() {
  auto e = minimal_event();
  e.stream_type = StreamType::issue;
  e.type = "issue.opened";
  e.schema_version = 2;
  e.workspace_id = id<WorkspaceId>("05");
  e.actor_type = ActorType::agent;
  e.actor_id = id<PrincipalId>("06");
  e.via_type = ViaType::import_run;
  e.via_id = id<EntityId>("07").value;
  e.origin = Origin::reactor;
  e.causation_id = id<EventId>("08");
  e.depth = 3;
  e.data = R"({"title":"Grüße, \"Ada\" \u0001"})";
  e.personal = R"([{"path":"/email","nonce":"a b"}])";
  e.leaf = leaf_of(log_id, e);
  return e;
}

class KafkaMessage : public testing::TestWithParam<Envelope> {};

TEST_P(KafkaMessage, ComesBackAsItWasSent) {
  const auto record = to_record(log_id, Epoch{4}, GetParam(), Position{5});
  const auto read = from_record(record.headers, record.value);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->event, GetParam());
  EXPECT_EQ(read->log, log_id);
  EXPECT_EQ(read->epoch, Epoch{4});
  EXPECT_EQ(read->previous, Position{5});
}

TEST_P(KafkaMessage, IsRefusedWhenAByteOfItsValueChanged) {
  auto record = to_record(log_id, Epoch{1}, GetParam(), Position{});
  record.value.back() = ' ';
  EXPECT_FALSE(from_record(record.headers, record.value));
}

// Not part of the leaf: CloudEvents' own two, and what is about the topic and not about the event.
bool is_outside_the_leaf(std::string_view header) {
  return header == "content-type" || header == "ce_specversion" || header == "ce_epoch" || header == "prev";
}

TEST_P(KafkaMessage, IsRefusedWhenAnyHeaderOfTheLeafIsMissingOrChanged) {
  const auto record = to_record(log_id, Epoch{1}, GetParam(), Position{});
  for (std::size_t i = 0; i < record.headers.size(); ++i) {
    if (is_outside_the_leaf(record.headers[i].first)) continue;
    auto without = record.headers;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(from_record(without, record.value)) << "without " << record.headers[i].first;
    auto changed = record.headers;
    auto& last = changed[i].second.back();
    last = last == '1' ? '2' : '1';
    EXPECT_FALSE(from_record(changed, record.value)) << "with another " << record.headers[i].first;
  }
}

TEST_P(KafkaMessage, IsRefusedWithoutEpochOrPreviousPosition) {
  for (const std::string_view name : {"ce_epoch", "prev"}) {
    auto record = to_record(log_id, Epoch{1}, GetParam(), Position{});
    std::erase_if(record.headers, [&](const auto& header) { return header.first == name; });
    EXPECT_FALSE(from_record(record.headers, record.value)) << name;
  }
}

TEST_P(KafkaMessage, OfAnotherLogIsRefusedBecauseTheLeafIsBoundToTheLog) {
  auto record = to_record(log_id, Epoch{1}, GetParam(), Position{});
  for (auto& [name, value] : record.headers)
    if (name == "ce_source") value = "/logs/" + id<LogId>("99").text();
  EXPECT_FALSE(from_record(record.headers, record.value));
}

INSTANTIATE_TEST_SUITE_P(Envelopes, KafkaMessage, testing::Values(minimal_event(), full_event()),
                         [](const auto& info) { return info.index == 0 ? "Minimal" : "Full"; });

TEST(KafkaMessageForm, IsACloudEventInBinaryMode) {
  const auto record = to_record(log_id, Epoch{1}, full_event(), Position{});
  const auto header = [&](std::string_view name) {
    const auto found = std::find_if(record.headers.begin(), record.headers.end(),
                                    [&](const auto& h) { return h.first == name; });
    return found == record.headers.end() ? std::string("absent") : found->second;
  };
  EXPECT_EQ(record.value, full_event().data);
  EXPECT_EQ(header("ce_specversion"), "1.0");
  EXPECT_EQ(header("ce_id"), full_event().event_id.text());
  EXPECT_EQ(header("ce_source"), "/logs/" + log_id.text());
  EXPECT_EQ(header("ce_type"), "issue.opened");
  EXPECT_EQ(header("content-type"), "application/json");
  EXPECT_EQ(header("ce_time"), "2026-11-21T05:07:45.000001Z");
}

TEST(KafkaPartition, IsKeyedByTheWorkspaceOrElseByTheStream) {
  EXPECT_EQ(partition_key(full_event()), id<WorkspaceId>("05").text());
  EXPECT_EQ(partition_key(minimal_event()), id<StreamId>("03").text());
}

// FNV-1a of 64 bits: "" → cbf29ce484222325, "a" → af63dc4c8601ec8c, "foobar" → 85944171f73967e8 (Fowler,
// Noll, Vo).
TEST(KafkaPartition, IsTheFnv1aHashModuloTheCount) {
  EXPECT_EQ(partition_of("", 12), static_cast<int>(0xcbf29ce484222325ULL % 12));
  EXPECT_EQ(partition_of("a", 12), static_cast<int>(0xaf63dc4c8601ec8cULL % 12));
  EXPECT_EQ(partition_of("foobar", 12), static_cast<int>(0x85944171f73967e8ULL % 12));
  EXPECT_EQ(partition_of("foobar", 7), static_cast<int>(0x85944171f73967e8ULL % 7));
  EXPECT_EQ(partition_of("anything", 1), 0);
}

}  // namespace
}  // namespace daybook::events
