#include "command-service/reactors/reactor.hpp"

#include <algorithm>

#include "platform/runtime/pause.hpp"

namespace daybook::reactors {

Reactions::Reactions(std::vector<Rule> rules, log::Appender& appender, ReadModels& read,
                     std::function<void(const std::string&)> on_failed)
    : rules_(std::move(rules)), appender_(appender), read_(read), on_failed_(std::move(on_failed)) {
  for (const auto& rule : rules_) {
    stats_[std::string(rule.name)] = {};
    causes_.insert(causes_.end(), rule.on.begin(), rule.on.end());
  }
}

void Reactions::react(const events::Envelope& cause) {
  if (cause.depth >= events::chain_depth_max) return;
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
  auto& stats = stats_[std::string(rule.name)];
  stats.sent += outcome.items.size();
  stats.refused += static_cast<std::uint64_t>(std::count_if(outcome.items.begin(), outcome.items.end(), [](const auto& item) { return !item; }));
}

std::map<std::string, RuleStats> Reactions::stats() const {
  const std::lock_guard lock(mutex_);
  return stats_;
}

Reactor::Reactor(Options options, log::Appender& appender, std::unique_ptr<events::LogReader> log, std::unique_ptr<ReadModels> read)
    : name_(std::move(options.name)),
      database_url_(std::move(options.database_url)),
      at_a_time_(options.at_a_time),
      retry_(options.retry),
      log_(std::move(log)),
      read_(std::move(read)),
      reactions_(std::move(options.rules), appender, *read_, std::move(options.on_failed)) {}

Stats Reactor::stats() const {
  auto rules = reactions_.stats();
  const std::lock_guard lock(mutex_);
  auto stats = stats_;
  stats.rules = std::move(rules);
  return stats;
}

void Reactor::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    try {
      if (checkpoint_ || take_lead()) step(stop);
      else runtime::pause(stop, retry_interval);
    } catch (const std::exception& trouble) {
      // Gone with the session is the lock; and with any other trouble somebody else may fare better.
      gave_up(trouble.what());
      runtime::pause(stop, retry_);
    }
  }
  gave_up("");
}

bool Reactor::take_lead() {
  Checkpoint fresh(database_url_, name_);
  if (!fresh.take()) return false;
  log_->identity();
  checkpoint_.emplace(std::move(fresh));
  const std::lock_guard lock(mutex_);
  stats_.leads = true;
  stats_.position = checkpoint_->position();
  return true;
}

// What was looked at is stored when all of it has had its effects.
void Reactor::step(const std::stop_token& stop) {
  const auto shown = read_->position();
  checkpoint_->confirm();
  if (shown <= checkpoint_->position()) {
    const auto head = log_->wait_beyond(checkpoint_->position(), idle_wait_ms);
    if (head > shown) runtime::pause(stop, read_lag_wait);
    return;
  }
  const auto causes = checkpoint_->causes(reactions_.causes(), shown, at_a_time_);
  for (const auto& cause : causes) reactions_.react(cause);
  checkpoint_->store(causes.size() < at_a_time_ ? shown : causes.back().position);
  const std::lock_guard lock(mutex_);
  stats_.position = checkpoint_->position();
  stats_.last_error.clear();
}

void Reactor::gave_up(const std::string& why) {
  checkpoint_.reset();
  const std::lock_guard lock(mutex_);
  stats_.leads = false;
  if (why.empty()) return;
  ++stats_.retries;
  stats_.last_error = why;
}

}  // namespace daybook::reactors
