#pragma once
// How far the reactor of a name is, and who may be it: a session lock of PostgreSQL elects, so that it ends with the session, and
// `lead` in log.reactors fences whoever led before. One session of its own, straight to the server. One thread at a time.
#include <stdexcept>
#include <string>
#include <vector>

#include "events/core/envelope.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::reactors {

// Another process reacts now.
struct LeadLost : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Checkpoint {
 public:
  Checkpoint(const std::string& database_url, std::string name);

  // False while another session leads.
  [[nodiscard]] bool take();
  [[nodiscard]] events::Position position() const noexcept { return position_; }
  // Throws LeadLost, or pg::ConnectionLost when the session is gone and the lock with it.
  void confirm();
  // The events of these types after the position, up to another one, in order.
  std::vector<events::Envelope> causes(const std::vector<std::string_view>& types, events::Position upto, std::size_t max);
  void store(events::Position position);

 private:
  pg::Connection session_;
  std::string name_;
  std::int64_t lead_ = 0;
  events::Position position_{};
};

}  // namespace daybook::reactors
