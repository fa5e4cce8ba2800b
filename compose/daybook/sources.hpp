#pragma once
// With Kafka or without: where the projector's events come from, and who brings them to Kafka.
#include <memory>
#include <thread>

#include "compose/daybook/deployment.hpp"
#include "compose/daybook/metrics.hpp"
#include "projector/merged_source.hpp"

namespace daybook::app {

// From Kafka where brokers are named, merged by position and healed from the log; else straight from the log.
struct ProjectionSource {
  std::unique_ptr<projector::Source> source;
  std::shared_ptr<const projector::MergedSource::Counters> kafka;   // null without it
};
ProjectionSource make_source(const Deployment& deployment, std::shared_ptr<events::LogReader> log);

// The relay on a thread of its own, while this object lives.
class RelayThread {
 public:
  RelayThread(const Deployment& deployment, Metrics& metrics);
  ~RelayThread();
  // Up to where Kafka has everything, as this process knows it.
  events::Position position() const;
  void tell(Metrics& metrics, const std::optional<Lag>& lag) const;

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
