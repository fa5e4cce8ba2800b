#pragma once
// A reactor, and all timers, each on a thread of its own, over the read tables that are served. They live in the process of the command
// service, whose appender must outlive them.
#include <memory>

#include "command-service/reactors/reactor.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/metrics.hpp"
#include "platform/crypto/uuid_source.hpp"

namespace daybook::app {

class ReactingThread {
 public:
  // What the options leave unsaid is the deployment's.
  ReactingThread(const Deployment& deployment, std::shared_ptr<log::Appender> appender, reactors::Options options);
  ~ReactingThread();
  // Ends what is under way; what is left is done by whoever leads next.
  void stop();
  void tell(Metrics& metrics) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class TimingThread {
 public:
  TimingThread(const Deployment& deployment, std::shared_ptr<log::Appender> appender, std::shared_ptr<crypto::UuidV7Source> ids);
  ~TimingThread();
  void stop();
  void tell(Metrics& metrics) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::app
