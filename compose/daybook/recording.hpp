#pragma once
// Writes down refusals and exports, once a second, on a thread of its own. Lives in the process of the command service.
#include <memory>

#include "command-service/recording/recorder.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/metrics.hpp"

namespace daybook::app {

class RecordingThread {
 public:
  RecordingThread(const Deployment& deployment, std::shared_ptr<log::Appender> appender, std::shared_ptr<crypto::UuidV7Source> ids);
  ~RecordingThread();
  // Hands what is left to the appender, which must not be drained yet.
  void stop();
  const std::shared_ptr<recording::Recorder>& recorder() const;
  void tell(Metrics& metrics) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::app
