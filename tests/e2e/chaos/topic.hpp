#pragma once

#include <cstdint>

#include "tests/e2e/kafka_server.hpp"

namespace daybook::test {

/// Waits until every position up to `head` is in the topic, and expects that a consumer which drops repeats,
/// as docs/kafka.md says, never meets a hole in a partition.
[[nodiscard]] bool topic_reaches(const KafkaServer& kafka, std::int64_t head);

}  // namespace daybook::test
