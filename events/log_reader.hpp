#pragma once
// The log as its readers see it: events in the order of their positions, and how to tell one log from
// another. The interface lies here so that any service may read a log without knowing where it is kept.
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "events/core/envelope.hpp"

namespace daybook::events {

struct LogIdentity {
  LogId log_id{};
  Epoch epoch{};
  std::string key_fingerprint;  // of the key file this log was born beside
  bool operator==(const LogIdentity&) const = default;
};

// The log cannot be reached now; asking again later is right.
struct LogUnavailable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The log at this address is not the one that was read so far: another log, another epoch, or restored to an older point
// without what was read. The message is a sentence for whoever runs the program.
struct LogReplaced : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Used by one thread at a time. After LogUnavailable the next call tries to reach the log again.
class LogReader {
 public:
  virtual ~LogReader() = default;

  // Which log is read from here on. Everything else throws LogReplaced once another history answers, until this is
  // called again: whoever does compares its checkpoint with the log.
  virtual LogIdentity identity() = 0;
  // Position of the last event; 0 is an empty log.
  virtual Position head() = 0;
  // The events after a position, in order: at most `events_max`, and no more than fit into `bytes_max` of
  // data and personal data together, but always at least one if there is any.
  virtual std::vector<Envelope> read(Position after, std::size_t events_max, std::size_t bytes_max) = 0;
  // The head, as soon as it lies beyond `after` or when `timeout_ms` have passed.
  virtual Position wait_beyond(Position after, int timeout_ms) = 0;
  // The leaf of the event at a position, by which a consumer finds out that its checkpoint is of this log.
  virtual std::optional<crypto::Digest> leaf_at(Position position) = 0;
};

}  // namespace daybook::events
