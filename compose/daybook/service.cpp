#include "compose/daybook/service.hpp"

#include <algorithm>
#include <iostream>

#include "compose/daybook/command_part.hpp"
#include "compose/daybook/platform_api.hpp"
#include "compose/daybook/projector_part.hpp"
#include "compose/daybook/query_part.hpp"
#include "compose/daybook/request_log.hpp"
#include "compose/daybook/test_clock.hpp"
#include "platform/http/server.hpp"
#include "platform/logging/log.hpp"
#include "platform/runtime/signals.hpp"

namespace daybook::app {
namespace {

constexpr std::size_t probes_max = 64;   // of readiness and metrics that wait for their answer; more get 503

std::string word_of(Role role) {
  constexpr const char* words[] = {"all", "command", "projector", "query"};
  return words[static_cast<std::size_t>(role)];
}

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
      auto part = std::make_unique<ProjectorPart>(deployment_, progress_, metrics_);
      projector = &part->projector();
      parts_.push_back(std::move(part));
    }
    if (has(role, Role::command)) parts_.push_back(std::make_unique<CommandPart>(deployment_, together ? progress_ : nullptr, metrics_));
    if (has(role, Role::query))
      parts_.push_back(std::make_unique<QueryPart>(deployment_, progress_, projector,
                                                   [this](int delay_ms, std::function<void()> work) {
                                                     server_.post_after(std::chrono::milliseconds(delay_ms), std::move(work));
                                                   }));
    add_routes();
    add_operations();
    if (role != Role::projector) platform_.emplace(deployment_, api_);
  }

  int run() {
    server_.start([this](http::Request request, http::Respond respond) {
      if (platform_ && platform_->took(request, respond)) return;
      api_.handle(std::move(request), std::move(respond));
    });
    std::cout << "Daybook serves http://" << listen_of(deployment_.config).address << ":" << server_.port() << " (log " << deployment_.identity.log_id.text() << ")" << std::endl;
    if (has(role_, Role::command)) std::cout << where_mail_goes(deployment_.config) << std::endl;
    if (const auto warning = test_clock_warning(deployment_.test_clock.get()); !warning.empty()) std::cout << warning << std::endl;
    runtime::wait_for_stop_signal();
    draining_ = true;
    for (const auto& part : parts_) part->end_streams();
    server_.drain(std::chrono::seconds(deployment_.config.drain_timeout_s));
    for (const auto& part : parts_) part->drain();
    return std::all_of(parts_.begin(), parts_.end(), [](const auto& part) { return !part->failed(); }) ? 0 : exit_failed;
  }

 private:
  void add_routes() {
    for (const auto& part : parts_) {
      api_.add(part->routes());
      part->recognise_callers(api_);
    }
    // The projector apart serves health and metrics alone.
    if (role_ == Role::command) api_.add(elsewhere(query_service_routes(nobodys_context_), "query"));
    if (role_ == Role::query) api_.add(elsewhere(command_service_routes(nobodys_tools_), "command"));
  }

  // Readiness and metrics ask the database, which must not hold up an I/O thread: they have a thread of their own.
  void add_operations() {
    auto routes = query::operations_routes({[this] { return ready(); }, [this] { return metrics_text(); }, [this] { return api_.openapi(); }, deployment_.test_clock != nullptr});
    for (auto& route : routes) {
      if (route.id != "readyz" && route.id != "metrics") continue;
      route.handler = [this, ask = route.handler](api::CallPtr call, api::Respond respond) {
        if (!probes_.post([ask, call, respond] { ask(call, respond); })) respond(api::respond_problem(*call, api::unavailable("Too many ask at once.")));
      };
    }
    api_.add(std::move(routes));
    api_.on_answered = [this](const api::Answered& answered) {
      request_metrics_.count(answered);
      log_request(answered);
    };
  }

  http::ServerOptions server_options() {
    const auto& config = deployment_.config;
    const auto listen = listen_of(config);
    http::ServerOptions options;
    options.address = listen.address;
    options.port = listen.port;
    options.connections_max = static_cast<std::size_t>(config.connections_max);
    options.idle_timeout_s = config.idle_timeout_s;
    options.header_read_timeout_s = config.header_timeout_s;
    options.body_read_timeout_s = config.body_timeout_s;
    options.header_bytes_max = static_cast<std::size_t>(config.header_bytes_max);
    options.body_limit = [this](std::string_view method, std::string_view path) { return api_.body_bytes_max(method, path); };
    options.problem = [this](int status, std::string_view detail, const http::Request& seen) { return api_.refuse_unread(seen, status, detail); };
    return options;
  }

  api::ApiOptions api_options() const {
    const auto& config = deployment_.config;
    const std::chrono::seconds window(config.rate_window_s);
    api::ApiOptions options;
    options.rates = {{config.principal_requests, window}, {config.address_requests, window}, config.limit_loopback};
    options.proxies = http::TrustedProxies(config.trusted_proxies);
    options.cors = {config.cors_origins, std::chrono::seconds(config.cors_preflight_age_s)};
    options.body_bytes_max = static_cast<std::size_t>(config.body_bytes_max);
    return options;
  }

  bool ready() {
    return !draining_ && std::all_of(parts_.begin(), parts_.end(), [](const auto& part) { return part->ready(); });
  }

  std::string metrics_text() {
    tell_process(metrics_, word_of(role_));
    metrics_.set("daybook_http_connections", {}, static_cast<double>(server_.connections()));
    metrics_.set("daybook_http_connections_limit", {}, deployment_.config.connections_max);
    tell_queue(metrics_, "probes", probes_.queued(), probes_.queue_max());
    for (const auto& part : parts_) part->tell(metrics_);
    return metrics_.text();
  }

  Deployment deployment_;
  Role role_;
  Metrics metrics_{metric_definitions()};
  RequestMetrics request_metrics_{metrics_};
  std::atomic<bool> draining_{false};
  const routes::CommandTools nobodys_tools_{};
  const query::QueryContext nobodys_context_{};
  api::Api api_{"Daybook", [this](std::string_view token) { return deployment_.tokens->verify(token); }, api_options()};
  std::shared_ptr<projector::Progress> progress_ = std::make_shared<projector::Progress>();
  std::vector<std::unique_ptr<Part>> parts_;   // what they still hold at their end is answered through api_
  http::Server server_;
  std::optional<PlatformApi> platform_;        // asks api_ and answers through server_, so it ends before them
  runtime::WorkerPool probes_{1, probes_max};   // asks the parts, so it ends before them
};

}  // namespace

int serve(const Config& config, Role role) {
  runtime::block_stop_signals();
  logging::set_level(*logging::level_of(config.log_level));
  try {
    return Service(config, role).run();
  } catch (const http::AddressInUse& taken) {
    throw Refusal(std::string(taken.what()) + " Choose another with --listen.", exit_port_taken);
  }
}

}  // namespace daybook::app
