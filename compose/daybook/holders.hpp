#pragma once
// Whose keys are, for a query service in a process of its own: asked of the log by a thread of its own, once for each key. A key is
// known to the read models before its holder is told, unless they are far behind. Safe from any thread.
#include "command-service/log/pg_holders.hpp"
#include "compose/daybook/deployment.hpp"
#include "platform/runtime/worker_pool.hpp"
#include "query-service/core/context.hpp"
#include "schemas/api/known_holders.hpp"

namespace daybook::app {

inline constexpr std::size_t holders_queue_max = 256;   // keys waiting to be looked up; the rest hears "unavailable"

class Holders {
 public:
  Holders(const Deployment& deployment, std::shared_ptr<query::ReadPosition> position)
      : log_(deployment.config.database_url, deployment.ring), position_(std::move(position)) {}

  void find(std::string digest, std::function<void(api::Holder)> then);

 private:
  void look_up(const std::string& digest, const std::function<void(api::Holder)>& then);

  api::KnownHolders known_;
  log::PgHolders log_;                       // used by the one thread alone
  std::shared_ptr<query::ReadPosition> position_;
  runtime::WorkerPool thread_{1, holders_queue_max};
};

}  // namespace daybook::app
