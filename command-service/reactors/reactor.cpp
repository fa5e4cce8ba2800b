#include "command-service/reactors/reactor.hpp"

#include <algorithm>

#include "platform/runtime/pause.hpp"

namespace daybook::reactors {

void RuleStats::count(const log::Outcome& outcome) {
  sent += outcome.items.size();
  refused += static_cast<std::uint64_t>(std::count_if(outcome.items.begin(), outcome.items.end(), [](const auto& item) { return !item; }));
}

Reactions::Reactions(std::vector<Rule> rules, log::Appender& appender, ReadModels& read,
                     std::function<void(const std::string&)> on_failed)
    : rules_(std::move(rules)), appender_(appender), read_(read), on_failed_(std::move(on_failed)) {
  for (const auto& rule : rules_) {
    stats_[std::string(rule.name)] = {};
    causes_.insert(causes_.end(), rule.on.begin(), rule.on.end());
  }
}

void Reactions::react(const events::Envelope& cause) {
  if (cause.depth >= events::chain_depth_max || events::is_of_database(cause)) return;
  for (const auto& rule : rules_) {
    if (std::find(rule.on.begin(), rule.on.end(), cause.type) == rule.on.end()) continue;
    try {
      rule.react({cause, read_, [&](std::vector<log::Item> items) { send(rule, cause, std::move(items)); }});
    } catch (const std::logic_error& defect) {
      const std::lock_guard lock(mutex_);
      ++stats_[std::string(rule.name)].failed;
      if (on_failed_) on_failed_("the rule " + std::string(rule.name) + " failed at event " + std::to_string(cause.position.value) + ": " + defect.what());
    }
  }
}

void Reactions::send(const Rule& rule, const events::Envelope& cause, std::vector<log::Item> items) {
  log::Request request{};
  request.caller.origin = events::Origin::reactor;
  request.caller.correlation_id = cause.correlation_id;
  request.caller.causation_id = cause.event_id;
  request.caller.depth = cause.depth + 1;
  request.items = std::move(items);
  request.atomic = false;
  const auto reply = appender_.submit_and_wait(std::move(request));
  if (const auto* away = std::get_if<log::Unavailable>(&reply)) throw events::LogUnavailable(away->reason);
  const auto& outcome = std::get<log::Outcome>(reply);
  if (outcome.failed) throw std::logic_error(*outcome.failed);
  const std::lock_guard lock(mutex_);
  stats_[std::string(rule.name)].count(outcome);
}

std::map<std::string, RuleStats> Reactions::stats() const {
  const std::lock_guard lock(mutex_);
  return stats_;
}

Reactor::Reactor(Options options, log::Appender& appender, std::unique_ptr<events::LogReader> log, std::unique_ptr<ReadModels> read)
    : lead_(std::move(options.name), std::move(options.database_url), options.retry),
      at_a_time_(options.at_a_time),
      log_(std::move(log)),
      read_(std::move(read)),
      reactions_(std::move(options.rules), appender, *read_, std::move(options.on_failed)) {}

Stats Reactor::stats() const {
  const auto standing = lead_.standing();
  const std::lock_guard lock(mutex_);
  return {standing.leads, position_, standing.retries, standing.last_error, reactions_.stats()};
}

void Reactor::run(std::stop_token stop) {
  const auto begin = [this](Checkpoint& checkpoint) {
    log_->identity();
    reached(checkpoint.position());
  };
  lead_.run(stop, begin, [&](Checkpoint& checkpoint) { step(checkpoint, stop); });
}

// What was looked at is stored when all of it has had its effects.
void Reactor::step(Checkpoint& checkpoint, const std::stop_token& stop) {
  const auto shown = read_->position();
  if (shown <= checkpoint.position()) {
    const auto head = log_->wait_beyond(checkpoint.position(), idle_wait_ms);
    if (head > shown) runtime::pause(stop, read_lag_wait);
    return;
  }
  const auto causes = checkpoint.causes(reactions_.causes(), shown, at_a_time_);
  for (const auto& cause : causes) reactions_.react(cause);
  checkpoint.store(causes.size() < at_a_time_ ? shown : causes.back().position);
  reached(checkpoint.position());
}

void Reactor::reached(events::Position position) {
  const std::lock_guard lock(mutex_);
  position_ = position;
}

}  // namespace daybook::reactors
