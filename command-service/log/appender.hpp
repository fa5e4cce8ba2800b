#pragma once
// The one writer of a process. Requests queue up; a thread takes what has gathered, settles it in order under the log's
// lock, writes it in one transaction and answers everybody. Whoever waits is answered only after COMMIT is certain.
// Several appenders, in several processes, may share one log.
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <variant>

#include "command-service/log/settling.hpp"

namespace daybook::log {

inline constexpr std::chrono::milliseconds lost_commit_retry_interval{200};
inline constexpr std::chrono::milliseconds lost_commit_search_max{30000};          // for a batch whose COMMIT was not answered
inline constexpr std::chrono::milliseconds lost_commit_search_draining_max{5000};  // since the search began, when told to stop

// Nothing of the request was written; it may be sent again later. Where that is not known it may have been written all the
// same, and only an idempotency key keeps a repetition from doing it twice.
struct Unavailable {
  std::string reason;
  bool maybe_written = false;
};
using Reply = std::variant<Outcome, Unavailable>;

struct AppenderStats {
  std::uint64_t batches = 0, requests = 0, events = 0, rounds = 0, unavailable = 0, lost_commits = 0, unknown_commits = 0, failed = 0, conflicts = 0;
  std::size_t queued = 0;
};

// One batch that was written.
struct BatchReport {
  std::size_t requests = 0, events = 0;
  std::chrono::steady_clock::duration duration{};   // from taking it up to the end of its COMMIT
};

class Appender {
 public:
  struct Options {
    std::size_t cache_bytes_max = 256 << 20;
    std::function<text::Instant()> clock;                                       // recorded_at
    std::function<const domain::AggregateOps*(events::StreamType)> aggregates;  // to render repeated requests
    std::function<events::EventId()> new_event_id;
    std::chrono::milliseconds lost_commit_search = lost_commit_search_max;
    std::function<void(const BatchReport&)> on_batch = {};                      // on the appender's thread
    std::function<void(const std::string&)> on_failed = {};                     // a request that threw; it alone is lost
    std::function<void(const std::string&)> on_broken;                          // a broken invariant: the process must end
  };

  Appender(std::unique_ptr<Store> store, std::shared_ptr<events::KeyRing> keys, Options options);
  ~Appender();

  // Answers on the appender's thread. False when the queue is full: busy, come again.
  [[nodiscard]] bool submit(Request request, std::function<void(Reply)> answer);
  // The same, waiting.
  Reply submit_and_wait(Request request);
  // Settles what is queued, then stops. Further submits are refused.
  void drain();

  AppenderStats stats() const;
  Position head() const;

 private:
  struct Waiting {
    Request request;
    std::function<void(Reply)> answer;
  };
  using Batch = std::vector<Waiting>;

  void loop();
  Batch take_batch();
  void process(Batch batch);
  // Returns how many requests of the batch were settled; the rest did not fit.
  std::size_t settle_and_write(Batch& batch, std::vector<Outcome>& outcomes);
  std::size_t settle_round(Settling& settling, Batch& batch, std::vector<Outcome>& outcomes);
  // How many events it wrote.
  std::size_t commit(Settling& settling);
  void write_or_find(const BatchWrite& write);
  // Nothing when that could not be found out in time.
  std::optional<bool> was_written(BatchId batch);
  [[nodiscard]] bool may_search(std::chrono::steady_clock::time_point since) const;
  Reply reply_with(Outcome outcome);
  void rebuild_replayed(Outcome& outcome);
  void finished(const Request& request);
  void count(const std::vector<Outcome>& outcomes, const BatchReport& report);

  std::unique_ptr<Store> store_;
  Options options_;
  SettleContext context_;
  StreamCache cache_;
  Position seen_{};  // up to here the cache has followed other processes' writes
  std::map<CounterKey, std::int64_t> counters_;  // as this process wrote them last

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::condition_variable retry_;
  std::deque<Waiting> queue_;
  std::set<RequestKey> in_flight_;
  bool draining_ = false;
  AppenderStats stats_;
  Position head_{};
  std::thread thread_;
};

}  // namespace daybook::log
