#pragma once
// The query service: a pool of sessions, workers, the state store, and the position the read models have reached. The last two
// come from the projector of this process; where that is elsewhere, from the read tables' checkpoint and, on the same host,
// from following its folder.
#include <functional>
#include <memory>

#include "compose/daybook/checkpoint_watch.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/holders.hpp"
#include "compose/daybook/part.hpp"
#include "projector/progress.hpp"
#include "projector/projector.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::app {

class QueryPart final : public Part {
 public:
  using After = std::function<void(int delay_ms, std::function<void()>)>;

  // `projector` is the one of this process, or null. `after` runs something later on an I/O thread. It must work as long as
  // the routes are called.
  QueryPart(const Deployment& deployment, std::shared_ptr<projector::Progress> progress, const projector::Projector* projector,
            After after);

  std::string_view name() const override { return "query"; }
  std::vector<api::Route> routes() override;
  bool ready() override;
  void recognise_callers(api::Api& api) override;
  void end_streams() override { context_.streams->drain(); }
  void tell(Metrics& metrics) override;

 private:
  std::shared_ptr<projector::Progress> progress_;
  std::shared_ptr<const crypto::KeyFile> keys_;
  bool has_test_clock_;
  query::QueryContext context_;
  std::unique_ptr<events::LogReader> log_;   // for metrics, and where it ended when this one began
  events::Position complete_at_{};           // from here on the read models have everything that was there then
  std::size_t connections_max_;
  std::unique_ptr<CheckpointWatch> watch_;
  std::function<std::unique_ptr<Holders>()> make_holders_;
  std::unique_ptr<Holders> holders_;         // where no command service is in this process
};

// Every route of the query service; the context must outlive them.
std::vector<api::Route> query_service_routes(const query::QueryContext& context, query::TokenCheck is_ours = {}, Clock test_clock = {});

}  // namespace daybook::app
