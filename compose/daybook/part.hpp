#pragma once
// One of the three services as a piece of a process: what it serves, whether it can, what it tells of itself. Made in the
// order in which parts depend on each other, destroyed in the opposite one, by the process that composes them.
#include <string_view>
#include <vector>

#include "compose/daybook/metrics.hpp"
#include "schemas/api/api.hpp"

namespace daybook::app {

class Part {
 public:
  virtual ~Part() = default;
  virtual std::string_view name() const = 0;
  // Live as long as the part.
  virtual std::vector<api::Route> routes() { return {}; }
  // How it recognises callers, where no part before it does.
  virtual void recognise_callers(api::Api&) {}
  // Asked for /readyz, by a thread that may wait for the database.
  virtual bool ready() = 0;
  // True when it has ended for good; the process then ends with a failure when it is asked to end.
  virtual bool failed() const { return false; }
  // Asked like ready(), by one thread at a time.
  virtual void tell(Metrics& metrics) = 0;
  // Before the server drains: ends replies that would go on for ever.
  virtual void end_streams() {}
  // After the last request was answered.
  virtual void drain() {}
};

}  // namespace daybook::app
