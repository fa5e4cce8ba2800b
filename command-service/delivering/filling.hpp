#pragma once
// From what happened to what is to be sent: the queue is filled as far as the read models show the log, and filled again with what is to
// be replayed.
#include "command-service/delivering/queue.hpp"
#include "command-service/delivering/read_models.hpp"

namespace daybook::delivering {

inline constexpr std::int64_t positions_at_a_time = 1000;   // looked at between two stored positions
inline constexpr std::size_t entries_at_a_time_max = 1000;  // in one INSERT
inline constexpr std::size_t replayed_max = 10'000;         // by one replay
inline constexpr std::int64_t replay_events_max = 100'000;  // looked at by one replay

// Queues what the receivers are to be told of the stretch. What is queued already is not queued again.
void fill(pg::Connection& connection, ReadModels& read, const Stretch& stretch, text::Instant now);

// What one webhook is to be told once more, or for the first time: also what happened before it was registered. Nothing behind what the
// read models show.
struct Replay {
  Receiver to_whom;
  std::optional<text::Instant> since;        // when it was written down
  std::optional<events::Position> from, to;  // both belong to it
};
struct Replayed {
  std::int64_t queued = 0;
  events::Position to_position{};  // the last that was looked at
  bool is_complete = false;        // otherwise it goes on behind that
};
BOOST_DESCRIBE_STRUCT(Replayed, (), (queued, to_position, is_complete))

Replayed replay(pg::Connection& connection, ReadModels& read, const Replay& what, text::Instant now);

}  // namespace daybook::delivering
