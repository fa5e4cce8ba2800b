#pragma once
// The platform's API (compat/platform) in front of this process's own: what its gateway asks the log, asked by a thread that may wait for
// the database. The Api must outlive it.
#include <memory>

#include "command-service/log/pg_contents.hpp"
#include "compat/platform/gateway.hpp"
#include "compose/daybook/deployment.hpp"
#include "platform/runtime/worker_pool.hpp"

namespace daybook::app {

inline constexpr std::size_t log_questions_max = 1024;   // that wait for their answer; more hear that the log cannot be reached

class PlatformApi {
 public:
  PlatformApi(const Deployment& deployment, const api::Api& api);

  // Whether it has answered, or will.
  bool took(http::Request& request, http::Respond& respond) const;

 private:
  compat::Tools tools(const Deployment& deployment, const api::Api& api);
  template <class Answer, class Ask>
  void ask_log(std::function<void(std::optional<Answer>)> then, Ask ask);

  std::unique_ptr<events::LogReader> log_;   // this and the next: used by the one thread alone
  log::PgContents contents_;
  compat::Gateway gateway_;
  runtime::WorkerPool thread_{1, log_questions_max};
};

}  // namespace daybook::app
