#pragma once
// The open event streams of this process: how many there may be, tickets that were used, and the end of all streams when the
// process drains. One for each query context; safe from any thread.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "platform/text/instant.hpp"

namespace daybook::query {

inline constexpr std::size_t live_streams_max = 512;     // of one process
inline constexpr std::size_t spent_tickets_max = 65536;  // remembered until they expire

class LiveStreams : public std::enable_shared_from_this<LiveStreams> {
 public:
  // The right to one stream, given back at its end.
  class Place {
   public:
    ~Place();
    // Runs when the process drains; at once when it already does.
    void on_drain(std::function<void()> end);

   private:
    friend class LiveStreams;
    std::shared_ptr<LiveStreams> streams_;
    std::uint64_t number_ = 0;
  };

  // Nothing when all places are taken or the process drains.
  std::shared_ptr<Place> take();
  // Ends every stream; later ones are refused.
  void drain();
  std::size_t open() const;

  // False when the ticket was used before, or too many others were.
  bool spend(const std::string& ticket, text::Instant expires, text::Instant now);

 private:
  mutable std::mutex mutex_;
  std::map<std::uint64_t, std::function<void()>> places_;
  std::map<std::string, text::Instant> spent_;
  std::uint64_t next_ = 1;
  bool draining_ = false;
};

}  // namespace daybook::query
