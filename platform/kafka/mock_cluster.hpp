#pragma once

#include <memory>
#include <string>

#include "platform/kafka/message.hpp"

namespace daybook::kafka {

/// A Kafka cluster inside this process, for tests and for trying Daybook without a broker: it listens on
/// loopback, keeps everything in memory and ends with this object. It knows produce, fetch, metadata and
/// offsets, but not topic creation by request and not topic settings.
class MockCluster {
 public:
  explicit MockCluster(int brokers_count = 1);
  MockCluster(MockCluster&&) noexcept;
  MockCluster& operator=(MockCluster&&) noexcept;
  ~MockCluster();

  /// host:port, as producers and consumers take it.
  [[nodiscard]] std::string brokers() const;
  void create_topic(const std::string& name, int partitions, int replication_factor = 1);

  /// Brokers answer nothing until they are up again.
  void brokers_down();
  void brokers_up();
  /// The next `count` produce requests fail with "not enough replicas", which a producer retries.
  void fail_produce(int count);
  /// The next `count` produce requests are refused for good, as by a broker that forbids them.
  void refuse_produce(int count);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::kafka
