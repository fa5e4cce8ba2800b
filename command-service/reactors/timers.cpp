#include "command-service/reactors/timers.hpp"

#include <algorithm>
#include <future>

#include "platform/runtime/pause.hpp"

namespace daybook::reactors {
namespace {

std::future<log::Reply> submit(log::Appender& appender, log::Request request) {
  auto promise = std::make_shared<std::promise<log::Reply>>();
  auto future = promise->get_future();
  if (!appender.submit(std::move(request), [promise](log::Reply reply) { promise->set_value(std::move(reply)); }))
    promise->set_value(log::Unavailable{"The queue of commands is full."});
  return future;
}

}  // namespace

Timer timer_over(std::string_view name, TimedRows rows, std::function<log::Item(const Due&)> command) {
  return {name, [rows, command = std::move(command), last = Due{text::instant_min, {}, {}}](ReadModels& read, text::Instant now) mutable {
            const Due oldest{std::max(now - rows.late_max, text::instant_min), {}, {}};
            const auto found = read.upcoming(rows.what, std::max(last, oldest), now + rows.ahead, due_max);
            last = found.size() < due_max ? oldest : found.back();
            std::vector<log::Item> items;
            for (const auto& due : found) items.push_back(command(due));
            return items;
          }};
}

Ticks::Ticks(Options options, log::Appender& appender, ReadModels& read) : options_(std::move(options)), appender_(appender), read_(read) {
  for (const auto& timer : options_.timers) stats_[std::string(timer.name)] = {};
}

// A query that is refused, unlike a database that is away, is the one timer's trouble: the tables that are served may be older
// than it.
std::vector<log::Item> Ticks::ask(const Timer& timer, text::Instant now) {
  try {
    auto items = timer.due(read_, now);
    failures_.erase(timer.name);
    return items;
  } catch (const pg::ConnectionLost&) {
    throw;
  } catch (const pg::Error& refused) {
    failed(timer, refused.what());
  } catch (const std::logic_error& defect) {
    failed(timer, defect.what());
  }
  return {};
}

void Ticks::tick(text::Instant now) {
  if (read_.position().value == 0) return;  // there are no tables yet, or nothing in them
  std::optional<std::string> away;
  for (const auto& timer : options_.timers) {
    try {
      send(timer, ask(timer, now));
    } catch (const events::LogUnavailable& lost) {
      away = lost.what();
    }
  }
  if (away) throw events::LogUnavailable(*away);
}

// Each is a story of its own. They are sent together, so that one batch of the log takes them.
void Ticks::send(const Timer& timer, std::vector<log::Item> items) {
  std::vector<std::future<log::Reply>> replies;
  for (auto& item : items) {
    log::Request request{};
    request.caller.origin = events::Origin::timer;
    request.caller.correlation_id = options_.new_correlation();
    request.items.push_back(std::move(item));
    replies.push_back(submit(appender_, std::move(request)));
  }
  std::optional<std::string> away;
  for (auto& future : replies) {
    const auto reply = future.get();
    if (const auto* lost = std::get_if<log::Unavailable>(&reply)) away = lost->reason;
    else {
      const std::lock_guard lock(mutex_);
      stats_[std::string(timer.name)].count(std::get<log::Outcome>(reply));
    }
  }
  if (away) throw events::LogUnavailable(*away);
}

void Ticks::failed(const Timer& timer, const std::string& why) {
  {
    const std::lock_guard lock(mutex_);
    ++stats_[std::string(timer.name)].failed;
  }
  auto& last = failures_[timer.name];
  if (std::exchange(last, why) == why || !options_.on_failed) return;
  options_.on_failed("the timer " + std::string(timer.name) + " failed: " + why);
}

std::map<std::string, RuleStats> Ticks::stats() const {
  const std::lock_guard lock(mutex_);
  return stats_;
}

Timers::Timers(Options options, log::Appender& appender, std::unique_ptr<ReadModels> read)
    : lead_(std::string(timers_name), std::move(options.database_url)),
      clock_(std::move(options.clock)),
      interval_(options.interval),
      read_(std::move(read)),
      ticks_(std::move(options.ticks), appender, *read_) {}

void Timers::run(std::stop_token stop) {
  lead_.run(stop, [](Checkpoint&) {}, [&](Checkpoint&) {
    ticks_.tick(clock_());
    runtime::pause(stop, interval_);
  });
}

Stats Timers::stats() const {
  const auto standing = lead_.standing();
  return {standing.leads, {}, standing.retries, standing.last_error, ticks_.stats()};
}

}  // namespace daybook::reactors
