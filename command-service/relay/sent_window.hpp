#pragma once
// Which events a relay has handed to Kafka and which of them Kafka has acknowledged. A value without IO, on
// the relay's thread. Acknowledgements come in any order over the partitions; what may be stored is the
// unbroken run from the front.
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "events/core/id.hpp"

namespace daybook::relay {

class SentWindow {
 public:
  // Starts behind `acknowledged`; `previous` has the last position of each partition up to there, 0 for none.
  SentWindow(events::Position acknowledged, std::vector<std::int64_t> previous);

  // The last position sent to a partition, which the next message there names as `prev`.
  [[nodiscard]] events::Position previous_sent(int partition) const;
  // The event after `sent()` has been handed over. Throws std::logic_error for any other position: a hole
  // here would become a hole in the topic.
  void sent(events::Position position, int partition);
  // Positions that are not under way are ignored. Returns by how many events the unbroken run has grown.
  std::size_t acknowledge(events::Position position);
  // Everything behind the unbroken run counts as never sent.
  void rewind();

  [[nodiscard]] events::Position sent() const;
  [[nodiscard]] events::Position acknowledged() const noexcept { return acknowledged_; }
  // By partition, as of `acknowledged()`.
  [[nodiscard]] const std::vector<std::int64_t>& previous() const noexcept { return previous_; }
  [[nodiscard]] std::size_t size() const noexcept { return under_way_.size(); }
  [[nodiscard]] bool empty() const noexcept { return under_way_.empty(); }

 private:
  struct Sent {
    int partition = 0;
    bool acknowledged = false;
  };

  events::Position acknowledged_{};
  std::vector<std::int64_t> previous_;
  std::vector<std::int64_t> previous_sent_;
  std::deque<Sent> under_way_;  // the first one is acknowledged_ + 1, without holes
};

}  // namespace daybook::relay
