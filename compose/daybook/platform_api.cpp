#include "compose/daybook/platform_api.hpp"

namespace daybook::app {

PlatformApi::PlatformApi(const Deployment& deployment, const api::Api& api)
    : log_(deployment.open_log()), contents_(deployment.config.database_url), gateway_(tools(deployment, api)) {}

bool PlatformApi::took(http::Request& request, http::Respond& respond) const {
  if (!compat::Gateway::takes(request)) return false;
  gateway_.handle(std::move(request), std::move(respond));
  return true;
}

// What the log cannot be asked now is answered with nothing.
template <class Answer, class Ask>
void PlatformApi::ask_log(std::function<void(std::optional<Answer>)> then, Ask ask) {
  const auto answered = thread_.post([then, ask = std::move(ask)] {
    std::optional<Answer> answer;
    try {
      answer = ask();
    } catch (const std::exception&) {
      // It is away, or another one by now.
    }
    then(std::move(answer));
  });
  if (!answered) then(std::nullopt);
}

compat::Tools PlatformApi::tools(const Deployment& deployment, const api::Api& api) {
  compat::Tools tools;
  tools.api = &api;
  tools.tokens = deployment.tokens;
  tools.log_end = [this](auto then) { ask_log<events::Position>(std::move(then), [this] { return log_->head(); }); };
  tools.issues_in = [this](events::ProjectId project, std::size_t max, auto then) {
    ask_log<std::vector<events::IssueId>>(std::move(then), [this, project, max] {
      std::vector<events::IssueId> issues;
      for (const auto stream : contents_.find(events::StreamType::issue, events::stream_of(project), max)) issues.push_back(events::IssueId{stream.value});
      return issues;
    });
  };
  return tools;
}

}  // namespace daybook::app
