#pragma once
// The query service: a pool of sessions, workers, and the position the read models have reached. That comes from the
// projector of this process, or from the read tables' checkpoint where the projector is elsewhere.
#include <functional>
#include <memory>

#include "compose/daybook/checkpoint_watch.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/part.hpp"
#include "projector/progress.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::app {

class QueryPart final : public Part {
 public:
  using After = std::function<void(int delay_ms, std::function<void()>)>;
  enum class Projects { here, elsewhere };

  // `after` runs something later on an I/O thread. It must work as long as the routes are called.
  QueryPart(const Deployment& deployment, std::shared_ptr<projector::Progress> progress, Projects projects, After after);

  std::string_view name() const override { return "query"; }
  std::vector<api::Route> routes() override;
  bool ready() override;
  void end_streams() override { context_.streams->drain(); }
  void tell(Metrics& metrics) override;

 private:
  std::shared_ptr<projector::Progress> progress_;
  query::QueryContext context_;
  std::unique_ptr<CheckpointWatch> watch_;
};

// Every route of the query service; the context must outlive them.
std::vector<api::Route> query_service_routes(const query::QueryContext& context);

}  // namespace daybook::app
