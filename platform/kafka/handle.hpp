#pragma once

// Private to this folder: librdkafka itself, behind the public headers.

#include <librdkafka/rdkafka.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "platform/kafka/message.hpp"

namespace daybook::kafka {

template <auto Function>
struct Calls {
  template <class T>
  void operator()(T* thing) const noexcept {
    Function(thing);
  }
};

using Client = std::unique_ptr<rd_kafka_t, Calls<rd_kafka_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Calls<rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Calls<rd_kafka_event_destroy>>;
using Metadata = std::unique_ptr<const rd_kafka_metadata_t, Calls<rd_kafka_metadata_destroy>>;
using RecordHandle = std::unique_ptr<rd_kafka_message_t, Calls<rd_kafka_message_destroy>>;
using HeadersHandle = std::unique_ptr<rd_kafka_headers_t, Calls<rd_kafka_headers_destroy>>;
using TopicHandle = std::unique_ptr<rd_kafka_topic_t, Calls<rd_kafka_topic_destroy>>;
using Partitions =
    std::unique_ptr<rd_kafka_topic_partition_list_t, Calls<rd_kafka_topic_partition_list_destroy>>;

/// Settings of one client before it starts.
class Settings {
 public:
  Settings(const std::string& brokers, const std::string& client_id);

  Settings& set(const char* name, const std::string& value);
  Settings& set(const char* name, long long value) { return set(name, std::to_string(value)); }
  [[nodiscard]] rd_kafka_conf_t* raw() const noexcept { return conf_.get(); }

  /// Starts the client; the settings are used up. Throws Error.
  [[nodiscard]] Client start(rd_kafka_type_t type);

 private:
  std::unique_ptr<rd_kafka_conf_t, Calls<rd_kafka_conf_destroy>> conf_;
};

}  // namespace daybook::kafka
