#pragma once
// Delivers webhooks, on threads of its own, over the read tables that are served; replays them when asked. Lives in the process of the
// command service, whose appender must outlive it.
#include <memory>

#include "command-service/delivering/deliverer.hpp"
#include "command-service/routes/context.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/metrics.hpp"

namespace daybook::app {

class DeliveringThread {
 public:
  DeliveringThread(const Deployment& deployment, std::shared_ptr<log::Appender> appender);
  ~DeliveringThread();
  // Ends what is under way, which takes as long as a post may; what is left is sent by whoever leads next.
  void stop();
  void tell(Metrics& metrics) const;
  routes::Deliveries deliveries() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::app
