#include "compose/daybook/service.hpp"

#include <algorithm>
#include <iostream>

#include "compose/daybook/command_part.hpp"
#include "compose/daybook/projector_part.hpp"
#include "compose/daybook/query_part.hpp"
#include "platform/http/server.hpp"
#include "platform/runtime/signals.hpp"

namespace daybook::app {
namespace {

constexpr std::chrono::milliseconds drain_deadline{10000};

bool has(Role role, Role part) { return role == Role::all || role == part; }

// Routes of a service that another process runs: known here, so that methods, bodies and OpenAPI are those of the whole API
// whichever service is asked, and answered with where to go.
std::vector<api::Route> elsewhere(std::vector<api::Route> routes, std::string_view service) {
  for (auto& route : routes) {
    route.handler = [service](api::CallPtr call, api::Respond respond) {
      api::Problem problem{};
      problem.status = 421;
      problem.code = "misdirected";
      problem.detail = "The " + std::string(service) + " service answers this; GET, HEAD and event tickets go to the query service, the rest to the command service.";
      respond(api::respond_problem(*call, problem));
    };
  }
  return routes;
}

// Members in the order in which they are made. The server goes first at the end, so that no request meets a part that is gone.
class Service {
 public:
  Service(const Config& config, Role role) : deployment_(open_deployment(config)), role_(role), server_(server_options()) {
    const bool together = role == Role::all;
    const projector::Projector* projector = nullptr;
    if (has(role, Role::projector)) {
      auto part = std::make_unique<ProjectorPart>(deployment_, progress_);
      projector = &part->projector();
      parts_.push_back(std::move(part));
    }
    if (has(role, Role::command)) parts_.push_back(std::make_unique<CommandPart>(deployment_, together ? progress_ : nullptr));
    if (has(role, Role::query))
      parts_.push_back(std::make_unique<QueryPart>(deployment_, progress_, projector,
                                                   [this](int delay_ms, std::function<void()> work) {
                                                     server_.post_after(std::chrono::milliseconds(delay_ms), std::move(work));
                                                   }));
    add_routes();
  }

  int run() {
    server_.start([this](http::Request request, http::Respond respond) { api_.handle(std::move(request), std::move(respond)); });
    std::cout << "Daybook serves http://" << deployment_.config.address << ":" << server_.port() << " (log " << deployment_.identity.log_id.text() << ")" << std::endl;
    runtime::wait_for_stop_signal();
    draining_ = true;
    for (const auto& part : parts_) part->end_streams();
    server_.drain(drain_deadline);
    for (const auto& part : parts_) part->drain();
    return std::all_of(parts_.begin(), parts_.end(), [](const auto& part) { return !part->failed(); }) ? 0 : exit_failed;
  }

 private:
  void add_routes() {
    for (const auto& part : parts_) api_.add(part->routes());
    // The projector apart serves health and metrics alone.
    if (role_ == Role::command) api_.add(elsewhere(query_service_routes(nobodys_context_), "query"));
    if (role_ == Role::query) api_.add(elsewhere(command_service_routes(nobodys_tools_), "command"));
    api_.add(query::operations_routes({[this] { return ready(); }, [this] { return metrics_text(); }, [this] { return api_.openapi(); }}));
    api_.on_answered = [this](const api::Answered& answered) { metrics_.answered(answered.route, answered.status); };
  }

  http::ServerOptions server_options() {
    http::ServerOptions options;
    options.address = deployment_.config.address;
    options.port = deployment_.config.port;
    options.body_limit = [this](std::string_view method, std::string_view path) { return api_.body_bytes_max(method, path); };
    options.problem = api::server_problem;
    return options;
  }

  bool ready() {
    return !draining_ && std::all_of(parts_.begin(), parts_.end(), [](const auto& part) { return part->ready(); });
  }

  std::string metrics_text() {
    for (const auto& part : parts_) part->tell(metrics_);
    return metrics_.text();
  }

  Deployment deployment_;
  Role role_;
  Metrics metrics_;
  std::atomic<bool> draining_{false};
  const routes::CommandTools nobodys_tools_{};
  const query::QueryContext nobodys_context_{};
  std::shared_ptr<projector::Progress> progress_ = std::make_shared<projector::Progress>();
  std::vector<std::unique_ptr<Part>> parts_;
  api::Api api_{"Daybook", [this](std::string_view token) { return deployment_.tokens->verify(token); }};
  http::Server server_;
};

}  // namespace

int serve(const Config& config, Role role) {
  runtime::block_stop_signals();
  try {
    return Service(config, role).run();
  } catch (const http::AddressInUse& taken) {
    throw Refusal(std::string(taken.what()) + " Choose another with --listen.", exit_port_taken);
  }
}

}  // namespace daybook::app
