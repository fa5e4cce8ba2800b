#include "platform/kafka/producer.hpp"

#include <utility>

#include "platform/kafka/handle.hpp"

namespace daybook::kafka {
namespace {

constexpr int no_timeout = 0;
constexpr int purge_everything =
    RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING;

HeadersHandle make_headers(const std::vector<Header>& headers) {
  HeadersHandle out(rd_kafka_headers_new(headers.size()));
  for (const Header& header : headers) {
    rd_kafka_header_add(out.get(), header.name.data(), static_cast<ssize_t>(header.name.size()),
                        header.value.data(), static_cast<ssize_t>(header.value.size()));
  }
  return out;
}

}  // namespace

struct Producer::Impl {
  Impl(const std::string& brokers, const ProducerOptions& options);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl();

  static void on_report(rd_kafka_t* client, const rd_kafka_message_t* record, void* opaque);
  static void on_error(rd_kafka_t*, int code, const char* reason, void* opaque);

  std::vector<DeliveryReport> reports;
  std::string last_error;
  /// Why the first undelivered message was refused.
  std::optional<std::string> failure;
  Client client;
};

Producer::Impl::Impl(const std::string& brokers, const ProducerOptions& options) {
  Settings settings(brokers, options.client_id);
  settings.set("acks", "all")
      .set("enable.idempotence", "true")
      .set("enable.gapless.guarantee", "true")
      .set("message.max.bytes", static_cast<long long>(message_bytes_max))
      .set("queue.buffering.max.messages", options.queue_messages_max)
      .set("queue.buffering.max.kbytes", options.queue_bytes_max / 1024)
      .set("linger.ms", options.linger_ms)
      .set("message.timeout.ms", no_timeout)
      .set("partitioner", "murmur2_random")
      .set("compression.type", "lz4")
      .set("socket.nagle.disable", "true");
  rd_kafka_conf_set_opaque(settings.raw(), this);
  rd_kafka_conf_set_dr_msg_cb(settings.raw(), &Impl::on_report);
  rd_kafka_conf_set_error_cb(settings.raw(), &Impl::on_error);
  client = settings.start(RD_KAFKA_PRODUCER);
}

Producer::Impl::~Impl() {
  // Without the purge, destruction would wait for messages nobody will hear about.
  rd_kafka_purge(client.get(), purge_everything);
  client.reset();
}

void Producer::Impl::on_report(rd_kafka_t* client, const rd_kafka_message_t* record, void* opaque) {
  auto& self = *static_cast<Impl*>(opaque);
  DeliveryReport report;
  report.tag = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(record->_private));
  report.ok = record->err == RD_KAFKA_RESP_ERR_NO_ERROR;
  report.partition = record->partition;
  report.offset = record->offset;
  if (report.ok) {
    self.last_error.clear();
  } else {
    report.error = rd_kafka_err2str(record->err);
    // What stands behind a refused message must not overtake it.
    if (!self.failure) rd_kafka_purge(client, purge_everything);
    if (!self.failure) self.failure = report.error;
  }
  self.reports.push_back(std::move(report));
}

void Producer::Impl::on_error(rd_kafka_t*, int, const char* reason, void* opaque) {
  static_cast<Impl*>(opaque)->last_error = reason;
}

Producer::Producer(const std::string& brokers, const ProducerOptions& options)
    : impl_(std::make_unique<Impl>(brokers, options)) {}
Producer::Producer(Producer&&) noexcept = default;
Producer& Producer::operator=(Producer&&) noexcept = default;
Producer::~Producer() = default;

bool Producer::produce(const Message& message, std::uint64_t tag) {
  if (auto reason = fatal()) throw Error(*reason);
  HeadersHandle headers = make_headers(message.headers);
  void* key = message.key ? const_cast<char*>(message.key->data()) : nullptr;
  const std::size_t key_bytes = message.key ? message.key->size() : 0;
  void* value = const_cast<char*>(message.value.data());
  void* opaque = reinterpret_cast<void*>(static_cast<std::uintptr_t>(tag));
  const auto code =
      rd_kafka_producev(impl_->client.get(), RD_KAFKA_V_TOPIC(message.topic.c_str()),
                        RD_KAFKA_V_PARTITION(message.partition), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                        RD_KAFKA_V_KEY(key, key_bytes), RD_KAFKA_V_VALUE(value, message.value.size()),
                        RD_KAFKA_V_HEADERS(headers.get()), RD_KAFKA_V_OPAQUE(opaque), RD_KAFKA_V_END);
  if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
    // A queued message owns its headers.
    (void)headers.release();
    return true;
  }
  if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) return false;
  throw Error(rd_kafka_err2str(code));
}

std::vector<DeliveryReport> Producer::poll(int timeout_ms) {
  rd_kafka_poll(impl_->client.get(), impl_->reports.empty() ? timeout_ms : 0);
  return std::exchange(impl_->reports, {});
}

bool Producer::flush(int timeout_ms) {
  return rd_kafka_flush(impl_->client.get(), timeout_ms) == RD_KAFKA_RESP_ERR_NO_ERROR;
}

std::optional<std::string> Producer::fatal() const {
  char reason[512];
  if (rd_kafka_fatal_error(impl_->client.get(), reason, sizeof reason) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    return impl_->failure;
  }
  return std::string(reason);
}

int Producer::pending() const { return rd_kafka_outq_len(impl_->client.get()); }

const std::string& Producer::last_error() const noexcept { return impl_->last_error; }

}  // namespace daybook::kafka
