#pragma once
// The projector on a thread of its own. It goes on over outages; what it cannot mend by itself ends the thread, is said in
// the log, and makes the process not ready, while the other parts go on.
#include <atomic>
#include <memory>
#include <thread>

#include "compose/daybook/deployment.hpp"
#include "compose/daybook/part.hpp"
#include "projector/merged_source.hpp"
#include "projector/projector.hpp"

namespace daybook::app {

class ProjectorPart final : public Part {
 public:
  ProjectorPart(const Deployment& deployment, std::shared_ptr<projector::Progress> progress, Metrics& metrics);

  std::string_view name() const override { return "projector"; }
  bool ready() override { return !failed_; }
  bool failed() const override { return failed_; }
  void tell(Metrics& metrics) override;
  const projector::Projector& projector() const { return *projector_; }

 private:
  std::shared_ptr<projector::Progress> progress_;
  std::unique_ptr<projector::Projector> projector_;
  std::unique_ptr<events::LogReader> log_;  // for metrics
  std::shared_ptr<const projector::MergedSource::Counters> kafka_;   // null without it
  std::atomic<bool> failed_{false};
  std::jthread thread_;  // the last member: it ends before what it uses
};

}  // namespace daybook::app
