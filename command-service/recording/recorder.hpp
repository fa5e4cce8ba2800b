#pragma once
// Writes down what was refused. Noted behind the answer, in memory; sent to the log by whoever ticks, once a second. The first
// refusal of its kind goes out with the next tick; those like it in the same minute follow at its end as one, with a count. One for
// each process that writes; `note` from any thread, `tick` from one, the appender must outlive it.
#include <compare>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "command-service/log/appender.hpp"
#include "platform/crypto/uuid_source.hpp"

namespace daybook::recording {

inline constexpr std::size_t kinds_per_minute_max = 256;  // told apart; all further ones are told as one
inline constexpr std::size_t waiting_max = 1024;          // for the log to take them; further ones are dropped and counted

enum class What { sign_in_refused, command_denied };

// Refusals that differ in none of this are told as one.
struct Refusal {
  What what{};
  std::string workspace;  // as the path names it: only the id of one that is there is written down
  events::ActorType actor_type = events::ActorType::system;
  std::optional<events::PrincipalId> actor_id;
  events::ViaType via_type = events::ViaType::none;
  std::optional<text::Uuid> via_id;
  std::string operation;
  std::string code;
  std::string address;
  friend auto operator<=>(const Refusal&, const Refusal&) = default;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

struct Stats {
  std::uint64_t noted = 0, written = 0, dropped = 0;  // refusals, events, refusals
};

class Recorder : public std::enable_shared_from_this<Recorder> {
 public:
  Recorder(std::shared_ptr<log::Appender> appender, std::shared_ptr<crypto::UuidV7Source> ids, std::function<text::Instant()> clock);

  void note(Refusal refusal);
  void tick();
  // Everything that waits, before the process ends.
  void finish();
  Stats stats() const;

 private:
  struct Kind {
    text::Instant since{};   // the first that is not told yet
    std::int64_t untold = 0;
    bool told = false;       // one of this minute
  };
  struct Told {
    Refusal refusal;
    text::Instant since{};
    std::int64_t count = 0;
  };

  void turn(std::chrono::sys_time<std::chrono::minutes> minute);
  void tell(const Refusal& refusal, Kind& kind);
  void wait(Told told);
  void send();
  void send(Told told);

  const std::shared_ptr<log::Appender> appender_;
  const std::shared_ptr<crypto::UuidV7Source> ids_;
  const std::function<text::Instant()> clock_;
  mutable std::mutex mutex_;  // of what stands below
  std::chrono::sys_time<std::chrono::minutes> minute_{};
  std::map<Refusal, Kind> kinds_;  // of that minute
  std::deque<Told> waiting_;
  Stats stats_;
};

}  // namespace daybook::recording
