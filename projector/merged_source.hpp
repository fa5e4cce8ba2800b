#pragma once
// Events from Kafka, merged by position over all partitions. Reading starts at the partitions' ends: what lies before them,
// what a partition lost and what does not come in time is read from the log, so Kafka brings speed and never decides what
// is true. On the projector's thread.
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "platform/kafka/consumer.hpp"
#include "projector/source.hpp"

namespace daybook::projector {

inline constexpr std::chrono::milliseconds hole_patience{200};      // before a missing position is read from the log
inline constexpr std::chrono::milliseconds silence_patience{1000};  // before the log's head is asked
inline constexpr std::chrono::milliseconds connect_interval{5000};  // between attempts to find the topic
inline constexpr std::size_t merge_events_max = 50000;              // held while waiting for a hole to fill

class MergedSource final : public Source {
 public:
  MergedSource(std::string brokers, std::string topic, events::LogIdentity identity, std::shared_ptr<events::LogReader> log);

  std::vector<events::Envelope> next(events::Position after, int timeout_ms) override;

  struct Stats {
    std::uint64_t from_kafka = 0, from_log = 0, refused = 0;
  };
  Stats stats() const { return {counters_->from_kafka, counters_->from_log, counters_->refused}; }
  // The same and more, for any thread, also when the source is somebody else's or gone.
  struct Counters {
    std::atomic<std::uint64_t> from_kafka{0}, from_log{0}, refused{0};
    std::atomic<std::size_t> waiting{0};     // events held until a hole is filled
    std::atomic<bool> connected{false};      // has the topic and reads it
  };
  std::shared_ptr<const Counters> counters() const { return counters_; }

 private:
  using Clock = std::chrono::steady_clock;

  void connect();
  void poll(events::Position after, int timeout_ms);
  std::vector<events::Envelope> contiguous(events::Position after);
  std::vector<events::Envelope> from_log(events::Position after);

  std::string brokers_;
  std::string topic_;
  events::LogIdentity identity_;
  std::shared_ptr<events::LogReader> log_;
  std::unique_ptr<kafka::Consumer> consumer_;
  std::map<events::Position, events::Envelope> waiting_;
  Clock::time_point last_progress_ = Clock::now();
  Clock::time_point next_connect_ = Clock::time_point::min();
  bool behind_ = true;                       // the log is known to hold more than was given, as at the start
  std::shared_ptr<Counters> counters_ = std::make_shared<Counters>();
};

}  // namespace daybook::projector
