#pragma once
// The command service: appender, reactors, timers, deliveries to webhooks, signing of tree heads, password hashing, and the relay where there is a Kafka.
#include <memory>

#include "command-service/routes/routes.hpp"
#include "compose/daybook/delivering.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/part.hpp"
#include "compose/daybook/reacting.hpp"
#include "compose/daybook/recording.hpp"
#include "compose/daybook/sources.hpp"
#include "projector/progress.hpp"

namespace daybook::app {

class CommandPart final : public Part {
 public:
  // With `progress`, replies wait until the read models show what was written; without, they are given at once.
  CommandPart(const Deployment& deployment, std::shared_ptr<projector::Progress> progress, Metrics& metrics);

  std::string_view name() const override { return "command"; }
  std::vector<api::Route> routes() override;
  // True also while the database is away: its routes say 503 themselves, and the first command that comes tries again.
  bool ready() override { return true; }
  void recognise_callers(api::Api& api) override;
  void tell(Metrics& metrics) override;
  void drain() override;

 private:
  routes::CommandTools tools_;
  std::shared_ptr<runtime::MovableClock> test_clock_;
  std::unique_ptr<events::LogReader> log_;   // for metrics
  std::unique_ptr<SigningThread> signing_;
  std::unique_ptr<RelayThread> relay_;
  std::unique_ptr<ReactingThread> reacting_, notifying_, mailing_;
  std::unique_ptr<TimingThread> timing_;
  std::unique_ptr<DeliveringThread> delivering_;
  std::unique_ptr<RecordingThread> recording_;
};

// A line for whoever starts it.
std::string where_mail_goes(const Config& config);

// Every route of the command service; the tools must outlive them.
std::vector<api::Route> command_service_routes(const routes::CommandTools& tools, std::shared_ptr<runtime::MovableClock> test_clock = nullptr);

}  // namespace daybook::app
