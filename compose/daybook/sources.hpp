#pragma once
// With Kafka or without: where the projector's events come from, and who brings them to Kafka.
#include <memory>
#include <thread>

#include "compose/daybook/deployment.hpp"
#include "compose/daybook/metrics.hpp"
#include "projector/source.hpp"

namespace daybook::app {

// From Kafka where brokers are named, merged by position and healed from the log; else straight from the log.
std::unique_ptr<projector::Source> make_source(const Deployment& deployment, std::shared_ptr<events::LogReader> log);

// The relay on a thread of its own, while this object lives.
class RelayThread {
 public:
  explicit RelayThread(const Deployment& deployment);
  ~RelayThread();
  void tell(Metrics& metrics) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Signs the log's root on a thread of its own until the end of this object.
class SigningThread {
 public:
  explicit SigningThread(const Deployment& deployment);
  ~SigningThread();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::app
