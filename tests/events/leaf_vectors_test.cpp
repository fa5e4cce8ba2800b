// Leaves against committed vectors, which a program of its own made from docs/log-format.md.
#include <gtest/gtest.h>

#include "events/core/envelope.hpp"
#include "events/core/json.hpp"
#include "platform/crypto/merkle.hpp"
#include "tests/events/files.hpp"

namespace daybook::events::test {
namespace {

struct VectorEvent {
  LogId log_id{};
  Position position{};
  EventId event_id{};
  StreamType stream_type{};
  StreamId stream_id{};
  StreamVersion stream_version{};
  std::string type;
  std::int64_t schema_version = 1;
  std::optional<WorkspaceId> workspace_id;
  ActorType actor_type{};
  std::optional<PrincipalId> actor_id;
  ViaType via_type{};
  std::optional<text::Uuid> via_id;
  Origin origin{};
  CorrelationId correlation_id{};
  std::optional<EventId> causation_id;
  std::int64_t depth = 0;
  text::Instant recorded_at{};
  text::Instant occurred_at{};
  std::string data;
  std::optional<std::string> personal;
};
BOOST_DESCRIBE_STRUCT(VectorEvent, (),
                      (log_id, position, event_id, stream_type, stream_id, stream_version, type,
                       schema_version, workspace_id, actor_type, actor_id, via_type, via_id, origin,
                       correlation_id, causation_id, depth, recorded_at, occurred_at, data, personal))

struct Vector {
  std::string name;
  VectorEvent event;
  std::optional<std::string> preimage;         // hex
  std::optional<std::string> preimage_sha256;  // hex, where the preimage is long
  std::string leaf;                            // hex
};
BOOST_DESCRIBE_STRUCT(Vector, (), (name, event, preimage, preimage_sha256, leaf))

struct VectorFile {
  std::int64_t format = 0;
  std::vector<Vector> vectors;
  std::vector<std::string> roots;  // hex; of the first 0, 1, 2, … leaves
};
BOOST_DESCRIBE_STRUCT(VectorFile, (), (format, vectors, roots))

template <class Bytes>
std::string hex(const Bytes& bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const auto byte : bytes) {
    out += digits[static_cast<unsigned char>(byte) >> 4];
    out += digits[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

Envelope envelope_of(const VectorEvent& e) {
  return {e.position, e.event_id,       e.stream_id,    e.stream_type,    e.stream_version,
          e.type,     e.schema_version, e.workspace_id, e.actor_type,     e.actor_id,
          e.via_type, e.via_id,         e.origin,       e.correlation_id, e.causation_id,
          e.depth,    e.recorded_at,    e.occurred_at,  e.data,           e.personal,
          {}};
}

const VectorFile& vector_file() {
  static const VectorFile file = [] {
    VectorFile read{};
    const auto result = from_json(read_file("tests/golden/leaf_vectors.json"), read, Reading::strict);
    EXPECT_TRUE(result) << result.text();
    return read;
  }();
  return file;
}

TEST(LeafVectors, PreimagesAndLeavesAreThoseOfTheVectors) {
  ASSERT_EQ(vector_file().format, 1);
  ASSERT_GE(vector_file().vectors.size(), 10u);
  for (const auto& vector : vector_file().vectors) {
    const auto envelope = envelope_of(vector.event);
    const auto preimage = leaf_preimage(vector.event.log_id, envelope);
    ASSERT_TRUE(vector.preimage || vector.preimage_sha256) << vector.name;
    const auto digest = hex(crypto::sha256(preimage));
    EXPECT_EQ(hex(preimage), vector.preimage.value_or(hex(preimage))) << vector.name;
    EXPECT_EQ(digest, vector.preimage_sha256.value_or(digest)) << vector.name;
    EXPECT_EQ(hex(leaf_of(vector.event.log_id, envelope)), vector.leaf) << vector.name;
  }
}

TEST(LeafVectors, RootsAreThoseOfTheVectors) {
  std::vector<crypto::Digest> leaves;
  crypto::Frontier frontier;
  ASSERT_EQ(vector_file().roots.size(), vector_file().vectors.size() + 1);
  EXPECT_EQ(hex(crypto::root_of(leaves)), vector_file().roots[0]);
  for (const auto& vector : vector_file().vectors) {
    leaves.push_back(leaf_of(vector.event.log_id, envelope_of(vector.event)));
    frontier.append(leaves.back());
    EXPECT_EQ(hex(crypto::root_of(leaves)), vector_file().roots[leaves.size()]) << vector.name;
    EXPECT_EQ(frontier.root(), crypto::root_of(leaves)) << vector.name;
  }
}

TEST(LeafVectors, EveryFieldChangesTheLeafAndTheLeafItselfDoesNot) {
  const auto& full = vector_file().vectors.at(1).event;
  const auto before = leaf_of(full.log_id, envelope_of(full));
  const auto changed = [&](auto change) {
    auto envelope = envelope_of(full);
    change(envelope);
    return leaf_of(full.log_id, envelope) != before;
  };
  auto other_log = full.log_id;
  other_log.value.bytes[0] ^= 1;
  EXPECT_NE(leaf_of(other_log, envelope_of(full)), before);
  EXPECT_TRUE(changed([](Envelope& e) { e.position = e.position.next(); }));
  EXPECT_TRUE(changed([](Envelope& e) { e.event_id = {}; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.stream_id = {}; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.stream_type = StreamType::agent; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.stream_version = e.stream_version.next(); }));
  EXPECT_TRUE(changed([](Envelope& e) { e.type += 'x'; }));
  EXPECT_TRUE(changed([](Envelope& e) { ++e.schema_version; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.workspace_id.reset(); }));
  EXPECT_TRUE(changed([](Envelope& e) { e.actor_type = ActorType::user; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.actor_id.reset(); }));
  EXPECT_TRUE(changed([](Envelope& e) { e.via_type = ViaType::session; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.via_id.reset(); }));
  EXPECT_TRUE(changed([](Envelope& e) { e.origin = Origin::timer; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.correlation_id = {}; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.causation_id.reset(); }));
  EXPECT_TRUE(changed([](Envelope& e) { ++e.depth; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.recorded_at += std::chrono::microseconds(1); }));
  EXPECT_TRUE(changed([](Envelope& e) { e.occurred_at += std::chrono::microseconds(1); }));
  EXPECT_TRUE(changed([](Envelope& e) { e.data += ' '; }));
  EXPECT_TRUE(changed([](Envelope& e) { e.personal.reset(); }));
  EXPECT_FALSE(changed([](Envelope& e) { e.leaf[0] ^= 1; }));
}

}  // namespace
}  // namespace daybook::events::test
