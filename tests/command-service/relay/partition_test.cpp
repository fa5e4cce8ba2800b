// The partition of a key is a promise to every foreign consumer: the vectors of FNV-1a, 64 bits
// (draft-eastlake-fnv, appendix C), by which another language's implementation can be checked.
#include <gtest/gtest.h>

#include "events/kafka_message.hpp"

namespace daybook::relay {
namespace {

int modulo(std::uint64_t hash, int partitions) {
  return static_cast<int>(hash % static_cast<std::uint64_t>(partitions));
}

TEST(Partition, IsTheFnvHashOfTheKeyModuloTheirNumber) {
  for (const int partitions : {1, 12, 24, 1'000'003}) {
    EXPECT_EQ(events::partition_of("", partitions), modulo(0xcbf29ce484222325, partitions));
    EXPECT_EQ(events::partition_of("a", partitions), modulo(0xaf63dc4c8601ec8c, partitions));
    EXPECT_EQ(events::partition_of("foobar", partitions), modulo(0x85944171f73967e8, partitions));
  }
}

TEST(Partition, IsThatOfTheWorkspaceAndOutsideOneThatOfTheStream) {
  events::Envelope event{};
  event.stream_id = *events::StreamId::parse("02000000-0000-0000-0000-000000000005");
  EXPECT_EQ(events::partition_key(event), "02000000-0000-0000-0000-000000000005");
  event.workspace_id = *events::WorkspaceId::parse("03000000-0000-0000-0000-00000000000A");
  EXPECT_EQ(events::partition_key(event), "03000000-0000-0000-0000-00000000000a");
}

}  // namespace
}  // namespace daybook::relay
