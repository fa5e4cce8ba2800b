#include "projector/merged_source.hpp"

#include "events/kafka_message.hpp"

namespace daybook::projector {
namespace {

constexpr int poll_slice_ms = 20;
constexpr std::size_t poll_messages_max = 2000;
constexpr int metadata_timeout_ms = 500;

}  // namespace

MergedSource::MergedSource(std::string brokers, std::string topic, events::LogIdentity identity, std::shared_ptr<events::LogReader> log)
    : brokers_(std::move(brokers)), topic_(std::move(topic)), identity_(std::move(identity)), log_(std::move(log)) {}

// The topic may not be there yet, or the broker away: the log alone serves until they are, and is not held up by asking
// for them before every batch.
void MergedSource::connect() {
  if (consumer_ || Clock::now() < next_connect_) return;
  next_connect_ = Clock::now() + connect_interval;
  auto consumer = std::make_unique<kafka::Consumer>(brokers_);
  const auto partitions = consumer->partitions(topic_, metadata_timeout_ms);
  if (!partitions || *partitions == 0) return;
  std::vector<kafka::Assignment> assignments;
  for (int partition = 0; partition < *partitions; ++partition) assignments.push_back({topic_, partition, kafka::offset_end});
  consumer->assign(assignments);
  consumer_ = std::move(consumer);
}

void MergedSource::poll(events::Position after, int timeout_ms) {
  if (!consumer_) return;
  try {
    for (auto& message : consumer_->poll_batch(poll_messages_max, timeout_ms)) {
      events::KafkaHeaders headers;
      for (auto& header : message.headers) headers.emplace_back(std::move(header.name), std::move(header.value));
      auto read = events::from_record(headers, message.value);
      if (!read || read->log != identity_.log_id || read->epoch != identity_.epoch) {
        ++counters_->refused;
        continue;
      }
      if (read->event.position <= after) continue;   // a repeat after the relay's restart
      if (waiting_.size() >= merge_events_max) waiting_.erase(std::prev(waiting_.end()));
      const auto position = read->event.position;
      waiting_.emplace(position, std::move(read->event));
    }
  } catch (const kafka::Error&) {
    consumer_.reset();
  }
}

std::vector<events::Envelope> MergedSource::contiguous(events::Position after) {
  std::vector<events::Envelope> batch;
  std::size_t bytes = 0;
  waiting_.erase(waiting_.begin(), waiting_.upper_bound(after));
  for (auto next = after.next(); !waiting_.empty() && waiting_.begin()->first == next && batch.size() < batch_events_max && bytes < batch_bytes_max; next = next.next()) {
    bytes += waiting_.begin()->second.data.size();
    batch.push_back(std::move(waiting_.begin()->second));
    waiting_.erase(waiting_.begin());
  }
  counters_->from_kafka += batch.size();
  return batch;
}

std::vector<events::Envelope> MergedSource::from_log(events::Position after) {
  auto batch = log_->read(after, batch_events_max, batch_bytes_max);
  counters_->from_log += batch.size();
  behind_ = !batch.empty() && log_->head() > batch.back().position;
  return batch;
}

std::vector<events::Envelope> MergedSource::next(events::Position after, int timeout_ms) {
  const auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
  connect();
  for (;;) {
    poll(after, waiting_.empty() ? poll_slice_ms : 0);
    auto batch = contiguous(after);
    counters_->waiting = waiting_.size();
    counters_->connected = consumer_ != nullptr && consumer_->last_error().empty();
    const auto now = Clock::now();
    const auto patience = waiting_.empty() ? silence_patience : hole_patience;
    if (batch.empty() && (!consumer_ || behind_ || now - last_progress_ > patience)) {
      batch = from_log(after);
      last_progress_ = now;
    }
    if (!batch.empty()) {
      last_progress_ = now;
      return batch;
    }
    if (!consumer_ && log_->wait_beyond(after, timeout_ms) > after) return from_log(after);
    if (now >= deadline) return {};
    if (!waiting_.empty()) poll(after, poll_slice_ms);
  }
}

}  // namespace daybook::projector
