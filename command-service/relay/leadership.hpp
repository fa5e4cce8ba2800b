#pragma once
// Who may relay, and how far the topic is filled. The right to relay is twofold: a session lock of PostgreSQL
// elects, so that it ends with the session; and `epoch` in log.relay fences, so that whoever led before finds
// no row to write even if it has not heard yet. One session of its own, straight to the server: a pooler that
// hands out sessions per transaction would lose the lock. One thread at a time.
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "events/core/id.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::relay {

// Somebody else leads now; nothing more may be produced or stored.
struct LeadLost : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What log.topics and log.relay say of a topic.
struct Checkpoint {
  std::string topic;
  int partitions = 0;
  events::Position position{};         // everything up to here is acknowledged
  std::vector<std::int64_t> previous;  // by partition: the last position sent there, 0 for none
};

// What an onlooker may ask over any session: whether some relay holds the lead, and how far it has stored. The checkpoint of a
// topic that nothing was ever sent to is at 0.
[[nodiscard]] bool is_led(pg::Connection& connection, const std::string& topic);
[[nodiscard]] Checkpoint stored_checkpoint(pg::Connection& connection, const std::string& topic);

class Leadership {
 public:
  // Connects; leads nothing yet. An empty topic is the current one of log.topics.
  Leadership(const std::string& database_url, std::string topic);

  // False while another session leads. True begins a new epoch: nobody of an older one can store any more.
  [[nodiscard]] bool take();
  [[nodiscard]] const Checkpoint& checkpoint() const noexcept { return checkpoint_; }

  // One round trip. Throws LeadLost, or pg::ConnectionLost when the session is gone and the lock with it.
  void confirm();
  // Compare-and-set from the checkpoint to a new one. Throws as `confirm`; after ConnectionLost nobody knows
  // whether it was stored, and the next leader reads what is.
  void store(events::Position position, const std::vector<std::int64_t>& previous);

 private:
  void find_topic();
  void begin_epoch();

  pg::Connection session_;
  std::int64_t epoch_ = 0;  // of the lead, not of the log
  Checkpoint checkpoint_;
};

}  // namespace daybook::relay
