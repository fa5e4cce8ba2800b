#include "command-service/relay/relay.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "command-service/relay/topic.hpp"
#include "events/kafka_message.hpp"
#include "platform/runtime/pause.hpp"

namespace daybook::relay {

using events::Position;
using std::chrono::milliseconds;

namespace {

kafka::Message message_of(events::KafkaRecord record, const std::string& topic, int partition) {
  kafka::Message message{
      .topic = topic, .partition = partition, .key = std::move(record.key), .value = std::move(record.value)};
  message.headers.reserve(record.headers.size());
  for (auto& [name, value] : record.headers) message.headers.push_back({std::move(name), std::move(value)});
  return message;
}

}  // namespace

Relay::Relay(Options options, std::unique_ptr<events::LogReader> log)
    : options_(std::move(options)), log_(std::move(log)), window_(Position{}, {}) {}
Relay::~Relay() = default;

Stats Relay::stats() const {
  const std::lock_guard lock(mutex_);
  auto stats = stats_;
  stats.lag = std::max<std::int64_t>(stats.head.value - stats.position.value, 0);
  return stats;
}

void Relay::run(std::stop_token stop) {
  const milliseconds retry_interval(options_.retry_interval_ms);
  while (!stop.stop_requested()) {
    try {
      if (producer_ || take_lead())
        step();
      else
        runtime::pause(stop, retry_interval);
    } catch (const std::exception& trouble) {
      // Gone with the session is the lock; and with any other trouble somebody else may fare better.
      give_up_lead();
      {
        const std::lock_guard lock(mutex_);
        ++stats_.retries;
        stats_.last_error = trouble.what();
      }
      runtime::pause(stop, retry_interval);
    }
  }
  finish();
}

bool Relay::take_lead() {
  if (!leadership_) leadership_.emplace(options_.database_url, options_.topic);
  if (!leadership_->take()) return false;
  ensure_topic(options_.brokers, leadership_->checkpoint(), options_.replication_factor);
  identity_ = log_->identity();
  if (compare_topic(options_.brokers, leadership_->checkpoint(), identity_, *log_) == TopicHistory::emptied)
    leadership_->store(Position{}, {});
  const auto head = log_->head();
  const auto& checkpoint = leadership_->checkpoint();
  if (checkpoint.position > head)
    throw std::runtime_error("The Kafka topic " + checkpoint.topic + " is filled up to event " +
                             std::to_string(checkpoint.position.value) + ", but the log ends at " +
                             std::to_string(head.value) + ": the log has lost its end.");
  auto previous = checkpoint.previous;
  previous.resize(static_cast<std::size_t>(checkpoint.partitions), 0);
  window_ = SentWindow(checkpoint.position, std::move(previous));
  page_.clear();
  rebuilt_at_.reset();
  confirmed_at_ = Clock::now();
  producer_ = std::make_unique<kafka::Producer>(
      options_.brokers,
      kafka::ProducerOptions{.client_id = "daybook-relay", .queue_bytes_max = in_flight_bytes_max});
  const std::lock_guard lock(mutex_);
  stats_.leads = true;
  stats_.position = checkpoint.position;
  stats_.head = head;
  return true;
}

// The producer goes first: what it has not sent yet is dropped before anybody else can take the lock.
void Relay::give_up_lead() {
  producer_.reset();
  leadership_.reset();
  page_.clear();
  const std::lock_guard lock(mutex_);
  stats_.leads = false;
  stats_.in_flight = 0;
}

void Relay::step() {
  if (page_.empty()) read_page();
  if (!page_.empty() || Clock::now() - confirmed_at_ >= milliseconds(confirm_interval_ms)) {
    leadership_->confirm();
    confirmed_at_ = Clock::now();
  }
  produce_page();
  collect(window_.empty() ? 0 : acknowledgement_wait_ms);
  if (const auto reason = producer_->fatal()) rebuild_producer(*reason);
  store_when_due();
  if (window_.empty() && page_.empty()) wait_for_events();
}

void Relay::read_page() {
  if (window_.size() >= in_flight_events_max) return;
  auto events = log_->read(window_.sent(), page_events_max, page_bytes_max);
  if (events.empty()) return;
  if (events.front().position != window_.sent().next())
    throw std::runtime_error("the log lacks event " + std::to_string(window_.sent().value + 1));
  note_head(events.back().position);
  page_.assign(std::move_iterator(events.begin()), std::move_iterator(events.end()));
}

// What does not fit into the window or the producer's queue stays in the page until there is room.
void Relay::produce_page() {
  std::uint64_t produced = 0;
  for (; !page_.empty() && window_.size() < in_flight_events_max; page_.pop_front(), ++produced)
    if (!produce(page_.front())) break;
  const std::lock_guard lock(mutex_);
  stats_.produced += produced;
}

// False when the producer takes no more: its queue is full, or it has become of no use.
bool Relay::produce(const events::Envelope& event) {
  const auto& checkpoint = leadership_->checkpoint();
  const auto partition = events::partition_of(events::partition_key(event), checkpoint.partitions);
  const auto previous = window_.previous_sent(partition);
  const auto message = message_of(events::to_record(identity_.log_id, identity_.epoch, event, previous),
                                  checkpoint.topic, partition);
  try {
    if (!producer_->produce(message, static_cast<std::uint64_t>(event.position.value))) return false;
  } catch (const kafka::Error&) {
    // It may have been refused something on its own thread at this moment; anything else is trouble.
    if (producer_->fatal()) return false;
    throw;
  }
  window_.sent(event.position, partition);
  return true;
}

void Relay::collect(int timeout_ms) {
  std::size_t acknowledged = 0;
  for (const auto& report : producer_->poll(timeout_ms))
    if (report.ok) acknowledged += window_.acknowledge(Position{static_cast<std::int64_t>(report.tag)});
  const std::lock_guard lock(mutex_);
  stats_.acknowledged += acknowledged;
  stats_.in_flight = window_.size();
  if (acknowledged > 0) stats_.last_error.clear();
  if (!producer_->last_error().empty()) stats_.last_error = producer_->last_error();
}

void Relay::store_when_due() {
  const auto waiting = window_.acknowledged().value - leadership_->checkpoint().position.value;
  if (waiting == 0) return;
  if (waiting >= options_.store_interval_events ||
      Clock::now() - stored_at_ >= milliseconds(options_.store_interval_ms))
    store();
}

void Relay::store() {
  const auto before = leadership_->checkpoint().position;
  leadership_->store(window_.acknowledged(), window_.previous());
  options_.on_stored(window_.acknowledged().value - before.value);
  stored_at_ = confirmed_at_ = Clock::now();
  const std::lock_guard lock(mutex_);
  stats_.position = window_.acknowledged();
}

// A producer that was refused is of no more use: what is not in the unbroken run is read and sent again by a
// new one. One that gets nowhere either is trouble, with its pause.
void Relay::rebuild_producer(const std::string& reason) {
  if (rebuilt_at_ == window_.acknowledged()) throw kafka::Error(reason);
  rebuilt_at_ = window_.acknowledged();
  producer_ = std::make_unique<kafka::Producer>(
      options_.brokers,
      kafka::ProducerOptions{.client_id = "daybook-relay", .queue_bytes_max = in_flight_bytes_max});
  window_.rewind();
  page_.clear();
  const std::lock_guard lock(mutex_);
  ++stats_.producers_rebuilt;
  stats_.last_error = reason;
}

// Not longer than until the next store is due.
void Relay::wait_for_events() {
  auto wait = milliseconds(idle_wait_ms);
  if (window_.acknowledged() > leadership_->checkpoint().position) {
    const auto due = stored_at_ + milliseconds(options_.store_interval_ms) - Clock::now();
    wait = std::clamp(std::chrono::ceil<milliseconds>(due), milliseconds(0), wait);
  }
  note_head(log_->wait_beyond(window_.sent(), static_cast<int>(wait.count())));
}

void Relay::note_head(Position head) {
  const std::lock_guard lock(mutex_);
  stats_.head = std::max(stats_.head, head);
}

// What is under way gets a moment to be acknowledged and stored; the rest is sent again by the next leader.
void Relay::finish() {
  if (!producer_) return;
  try {
    const auto deadline = Clock::now() + milliseconds(drain_ms);
    while (!window_.empty() && !producer_->fatal() && Clock::now() < deadline)
      collect(acknowledgement_wait_ms);
    if (window_.acknowledged() > leadership_->checkpoint().position) store();
  } catch (const std::exception& trouble) {
    const std::lock_guard lock(mutex_);
    stats_.last_error = trouble.what();
  }
  give_up_lead();
}

}  // namespace daybook::relay
