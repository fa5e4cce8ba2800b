#include "command-service/recording/recorder.hpp"

#include <utility>

#include "command-service/domain/access/access.hpp"
#include "command-service/domain/core/address.hpp"

namespace daybook::recording {
namespace {

using domain::access::Kind;

// One kind stands for all that a minute has no more room for.
Refusal without_particulars(What what) {
  Refusal refusal{};
  refusal.what = what;
  return refusal;
}

template <class Event>
domain::Access::Event event_of(const Refusal& refusal, text::Instant since, std::int64_t count) {
  Event event{};
  event.operation = refusal.operation;
  event.code = refusal.code;
  event.count = count;
  event.since = since;
  event.address = events::Personal(refusal.address);
  return event;
}

domain::Result<log::Accepted> write(log::Settling& settling, const Refusal& refusal, const domain::Access::Event& event) {
  const auto workspace = refusal.workspace.empty() ? std::nullopt : domain::find_workspace(refusal.workspace, settling);
  const auto stream = events::stream_of(domain::access::stream_of_day(Kind::refusals, workspace, text::date_of(settling.now())));
  if (auto done = settling.append<domain::Access>(stream, workspace, {event}); !done) return std::move(done.error());
  return log::Accepted{200, events::StreamType::access, stream, stream.value, settling.load<domain::Access>(stream).version, nullptr};
}

}  // namespace

Recorder::Recorder(std::shared_ptr<log::Appender> appender, std::shared_ptr<crypto::UuidV7Source> ids, std::function<text::Instant()> clock)
    : appender_(std::move(appender)), ids_(std::move(ids)), clock_(std::move(clock)) {}

void Recorder::note(Refusal refusal) {
  const auto now = clock_();
  const std::lock_guard lock(mutex_);
  turn(std::chrono::floor<std::chrono::minutes>(now));
  ++stats_.noted;
  auto found = kinds_.find(refusal);
  if (found == kinds_.end() && kinds_.size() >= kinds_per_minute_max) refusal = without_particulars(refusal.what);
  if (found == kinds_.end()) found = kinds_.try_emplace(std::move(refusal)).first;
  auto& kind = found->second;
  if (kind.untold++ == 0) kind.since = now;
}

void Recorder::tick() {
  {
    const std::lock_guard lock(mutex_);
    turn(std::chrono::floor<std::chrono::minutes>(clock_()));
    for (auto& [refusal, kind] : kinds_)
      if (!kind.told) tell(refusal, kind);
  }
  send();
}

void Recorder::finish() {
  {
    const std::lock_guard lock(mutex_);
    turn({});
  }
  send();
}

Stats Recorder::stats() const {
  const std::lock_guard lock(mutex_);
  return stats_;
}

// With a new minute the one before is told to its end.
void Recorder::turn(std::chrono::sys_time<std::chrono::minutes> minute) {
  if (minute == minute_) return;
  minute_ = minute;
  for (auto& [refusal, kind] : kinds_) tell(refusal, kind);
  kinds_.clear();
}

void Recorder::tell(const Refusal& refusal, Kind& kind) {
  if (kind.untold == 0) return;
  wait({refusal, kind.since, std::exchange(kind.untold, 0)});
  kind.told = true;
}

void Recorder::wait(Told told) {
  if (waiting_.size() >= waiting_max)
    stats_.dropped += static_cast<std::uint64_t>(told.count);
  else
    waiting_.push_back(std::move(told));
}

void Recorder::send() {
  std::deque<Told> all;
  {
    const std::lock_guard lock(mutex_);
    all.swap(waiting_);
  }
  for (auto& told : all) send(std::move(told));
}

// What the log does not take now waits for the next tick.
void Recorder::send(Told told) {
  const auto& refusal = told.refusal;
  const auto event = refusal.what == What::sign_in_refused ? event_of<events::access::SignInRefused>(refusal, told.since, told.count)
                                                           : event_of<events::access::CommandDenied>(refusal, told.since, told.count);
  log::Request request{};
  request.caller.actor_type = refusal.actor_type;
  request.caller.actor_id = refusal.actor_id;
  request.caller.via_type = refusal.via_type;
  request.caller.via_id = refusal.via_id;
  request.caller.correlation_id = events::CorrelationId{ids_->next()};
  request.items.push_back({[refusal, event](log::Settling& settling) { return write(settling, refusal, event); }, std::nullopt});
  const auto keep = [weak = weak_from_this(), told] {
    const auto self = weak.lock();
    if (!self) return;
    const std::lock_guard lock(self->mutex_);
    self->wait(told);
  };
  const bool taken = appender_->submit(std::move(request), [weak = weak_from_this(), keep](const log::Reply& reply) {
    const auto* away = std::get_if<log::Unavailable>(&reply);
    if (away && !away->maybe_written) return keep();
    const auto self = weak.lock();
    if (!self || away) return;
    const std::lock_guard lock(self->mutex_);
    ++self->stats_.written;
  });
  if (!taken) keep();
}

}  // namespace daybook::recording
