#include "platform/kafka/consumer.hpp"

#include <algorithm>

#include "platform/kafka/handle.hpp"

namespace daybook::kafka {
namespace {

/// librdkafka wants a group even from a reader that never joins one.
constexpr const char* unused_group = "daybook-no-group";
constexpr int poll_interval_ms_max = 86'400'000;

std::string bytes(const void* data, std::size_t size) {
  return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
}

std::vector<Header> read_headers(const rd_kafka_message_t* record) {
  std::vector<Header> out;
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(record, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return out;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0; ++i) {
    out.push_back({name, bytes(value, size)});
  }
  return out;
}

Message read_message(const rd_kafka_message_t* record) {
  Message message;
  message.topic = rd_kafka_topic_name(record->rkt);
  message.partition = record->partition;
  message.offset = record->offset;
  if (record->key != nullptr) message.key = bytes(record->key, record->key_len);
  message.value = bytes(record->payload, record->len);
  message.headers = read_headers(record);
  return message;
}

}  // namespace

struct Consumer::Impl {
  Impl(const std::string& brokers, const ConsumerOptions& options);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl();

  void assign();
  std::optional<Message> poll(int timeout_ms);
  void judge(const rd_kafka_message_t* record);

  /// Every assigned partition with the offset that comes next.
  std::vector<Assignment> next;
  std::string last_error;
  Client client;
};

Consumer::Impl::Impl(const std::string& brokers, const ConsumerOptions& options) {
  constexpr auto fetch_bytes = static_cast<long long>(message_bytes_max);
  Settings settings(brokers, options.client_id);
  settings.set("group.id", unused_group)
      .set("enable.auto.commit", "false")
      .set("enable.auto.offset.store", "false")
      .set("auto.offset.reset", "error")
      .set("max.poll.interval.ms", poll_interval_ms_max)
      .set("message.max.bytes", fetch_bytes)
      .set("max.partition.fetch.bytes", fetch_bytes)
      .set("fetch.max.bytes", 2 * fetch_bytes)
      .set("receive.message.max.bytes", 2 * fetch_bytes + (1 << 20))
      .set("fetch.wait.max.ms", options.fetch_wait_ms)
      .set("queued.max.messages.kbytes", options.queued_kilobytes_max)
      .set("socket.nagle.disable", "true");
  rd_kafka_conf_set_opaque(settings.raw(), this);
  rd_kafka_conf_set_error_cb(settings.raw(), [](rd_kafka_t*, int, const char* reason, void* opaque) {
    static_cast<Impl*>(opaque)->last_error = reason;
  });
  client = settings.start(RD_KAFKA_CONSUMER);
  rd_kafka_poll_set_consumer(client.get());
}

Consumer::Impl::~Impl() {
  rd_kafka_consumer_close(client.get());
  client.reset();
}

void Consumer::Impl::assign() {
  const Partitions list(rd_kafka_topic_partition_list_new(static_cast<int>(next.size())));
  for (const Assignment& one : next) {
    rd_kafka_topic_partition_list_add(list.get(), one.topic.c_str(), one.partition)->offset = one.offset;
  }
  const auto code = rd_kafka_assign(client.get(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) throw Error(rd_kafka_err2str(code));
}

/// Tells an error that passes from one that does not.
void Consumer::Impl::judge(const rd_kafka_message_t* record) {
  const std::string reason = rd_kafka_message_errstr(record);
  switch (record->err) {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
      return;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      throw OffsetOutOfRange(reason, record->rkt == nullptr ? "" : rd_kafka_topic_name(record->rkt),
                             record->partition);
    case RD_KAFKA_RESP_ERR__FATAL:
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
      throw Error(reason);
    default:
      last_error = reason;
  }
}

std::optional<Message> Consumer::Impl::poll(int timeout_ms) {
  const RecordHandle record(rd_kafka_consumer_poll(client.get(), timeout_ms));
  if (!record) return std::nullopt;
  if (record->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    judge(record.get());
    return std::nullopt;
  }
  last_error.clear();
  auto message = read_message(record.get());
  for (Assignment& one : next) {
    if (one.partition == message.partition && one.topic == message.topic) one.offset = message.offset + 1;
  }
  return message;
}

Consumer::Consumer(const std::string& brokers, const ConsumerOptions& options)
    : impl_(std::make_unique<Impl>(brokers, options)) {}
Consumer::Consumer(Consumer&&) noexcept = default;
Consumer& Consumer::operator=(Consumer&&) noexcept = default;
Consumer::~Consumer() = default;

void Consumer::assign(std::span<const Assignment> assignments) {
  impl_->next.assign(assignments.begin(), assignments.end());
  impl_->assign();
}

void Consumer::seek(const std::string& topic, int partition, std::int64_t offset) {
  const auto one = std::find_if(impl_->next.begin(), impl_->next.end(), [&](const Assignment& assignment) {
    return assignment.partition == partition && assignment.topic == topic;
  });
  if (one == impl_->next.end()) throw Error("seek in a partition that is not assigned: " + topic);
  one->offset = offset;
  impl_->assign();
}

std::optional<Message> Consumer::poll(int timeout_ms) { return impl_->poll(timeout_ms); }

std::vector<Message> Consumer::poll_batch(std::size_t messages_max, int timeout_ms) {
  std::vector<Message> batch;
  while (batch.size() < messages_max) {
    auto message = impl_->poll(batch.empty() ? timeout_ms : 0);
    if (!message) break;
    batch.push_back(std::move(*message));
  }
  return batch;
}

std::optional<Watermarks> Consumer::watermarks(const std::string& topic, int partition, int timeout_ms) {
  Watermarks marks;
  const auto code = rd_kafka_query_watermark_offsets(impl_->client.get(), topic.c_str(), partition,
                                                     &marks.low, &marks.high, timeout_ms);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
  return marks;
}

std::optional<int> Consumer::partitions(const std::string& topic, int timeout_ms) {
  const TopicHandle handle(rd_kafka_topic_new(impl_->client.get(), topic.c_str(), nullptr));
  const rd_kafka_metadata_t* raw = nullptr;
  if (rd_kafka_metadata(impl_->client.get(), 0, handle.get(), &raw, timeout_ms) !=
      RD_KAFKA_RESP_ERR_NO_ERROR) {
    return std::nullopt;
  }
  const Metadata metadata(raw);
  if (metadata->topic_cnt != 1 || metadata->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR) return std::nullopt;
  return metadata->topics[0].partition_cnt;
}

const std::string& Consumer::last_error() const noexcept { return impl_->last_error; }

}  // namespace daybook::kafka
