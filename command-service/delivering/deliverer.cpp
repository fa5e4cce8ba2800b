#include "command-service/delivering/deliverer.hpp"

#include <algorithm>

#include "command-service/delivering/ending.hpp"
#include "command-service/delivering/message.hpp"
#include "command-service/log/pg_rows.hpp"
#include "platform/runtime/pause.hpp"

namespace daybook::delivering {
namespace {

constexpr std::size_t sender_sessions_max = 4;  // each needed for an instant before and after a post
constexpr std::chrono::milliseconds lease_timeout{5000};

pg::PoolOptions pool_options() {
  pg::PoolOptions options;
  options.connections_max = sender_sessions_max;
  options.on_connect = log::prepare_session;
  return options;
}

// Why nothing is to be sent; nothing where it is.
std::optional<std::string_view> reason_not_to(const events::webhook::State& webhook, const std::optional<events::Envelope>& event) {
  if (webhook.version.value == 0 || webhook.deleted_at) return "The webhook is deleted.";
  if (!webhook.is_enabled) return "The webhook is disabled.";
  if (webhook.signing_secret.state != events::Personal::State::open) return "The webhook's secret cannot be opened.";
  if (!event) return "The log has no such event any more.";
  return std::nullopt;
}

}  // namespace

Deliverer::Deliverer(Options options, log::Appender& appender, std::unique_ptr<events::LogReader> log, std::unique_ptr<ReadModels> read)
    : options_(std::move(options)),
      appender_(appender),
      lead_(std::string(deliverer_name), options_.database_url),
      log_(std::move(log)),
      read_(std::move(read)),
      sessions_(options_.database_url, pool_options()) {}

Stats Deliverer::stats() const {
  const auto standing = lead_.standing();
  const std::lock_guard lock(mutex_);
  auto stats = stats_;
  stats.leads = standing.leads;
  stats.retries = standing.retries;
  stats.last_error = standing.last_error;
  if (!stats.leads) stats.pending = 0;  // whoever leads tells how many there are
  return stats;
}

void Deliverer::run(std::stop_token stop) {
  runtime::WorkerPool senders(sending_threads, sending_threads);
  lead_.run(stop, [this](reactors::Checkpoint& checkpoint) { begin(checkpoint); },
            [&](reactors::Checkpoint& checkpoint) { step(checkpoint, senders, stop); });
}

void Deliverer::begin(reactors::Checkpoint& checkpoint) {
  log_->identity();
  session_.reset();
  const std::lock_guard lock(mutex_);
  stats_.position = checkpoint.position();
}

pg::Connection& Deliverer::session() {
  if (!session_ || !session_->alive()) {
    session_.emplace(options_.database_url);
    log::prepare_session(*session_);
  }
  return *session_;
}

pg::Pool::Lease Deliverer::sender_session() {
  auto lease = sessions_.lease(lease_timeout);
  if (!lease) throw std::runtime_error("every connection for deliveries is in use");
  return std::move(*lease);
}

void Deliverer::step(reactors::Checkpoint& checkpoint, runtime::WorkerPool& senders, const std::stop_token& stop) {
  keep_house();
  const bool filled = fill_queue(checkpoint);
  const bool sent = send_due(senders);
  if (!filled && !sent) wait(checkpoint.position(), stop);
}

// The position is stored behind the rows, and rows that are there already stay as they are.
bool Deliverer::fill_queue(reactors::Checkpoint& checkpoint) {
  const auto shown = read_->position();
  if (shown <= checkpoint.position()) return false;
  const events::Position upto{std::min(shown.value, checkpoint.position().value + positions_at_a_time)};
  fill(session(), *read_, {checkpoint.position(), upto}, options_.clock());
  checkpoint.store(upto);
  const std::lock_guard lock(mutex_);
  stats_.position = upto;
  return true;
}

bool Deliverer::send_due(runtime::WorkerPool& senders) {
  std::vector<std::string> left_out;
  std::size_t room = 0;
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(resting_, [now = std::chrono::steady_clock::now()](const auto& rest) { return rest.second <= now; });
    for (const auto& id : under_way_) left_out.push_back(id.text());
    for (const auto& [id, until] : resting_) left_out.push_back(id.text());
    room = sending_threads - under_way_.size();
  }
  if (room == 0) return false;
  const auto due = find_due(session(), options_.clock(), left_out, room);
  for (const auto& one : due) {
    {
      const std::lock_guard lock(mutex_);
      under_way_.insert(one.id);
    }
    if (!senders.post([this, one] { deliver(one); })) ended(one, std::nullopt);
  }
  return !due.empty();
}

void Deliverer::keep_house() {
  const auto now = std::chrono::steady_clock::now();
  if (now - housekept_ < housekeeping_interval) return;
  housekept_ = now;
  forget_ended(session(), options_.clock());
  const auto pending = count_pending(session());
  const std::lock_guard lock(mutex_);
  stats_.pending = pending;
}

void Deliverer::wait(events::Position position, const std::stop_token& stop) {
  {
    std::unique_lock lock(mutex_);
    if (!under_way_.empty()) {
      ended_.wait_for(lock, busy_wait);
      return;
    }
  }
  const auto head = log_->wait_beyond(position, static_cast<int>(idle_wait.count()));
  if (head > position) runtime::pause(stop, lag_wait);
}

// What could not be written down stays due, but not at once: the receiver may have it already.
void Deliverer::deliver(const Due& due) {
  std::optional<std::string> trouble;
  try {
    attempt(due);
  } catch (const std::exception& failed) {
    trouble = failed.what();
  }
  ended(due, std::move(trouble));
}

void Deliverer::attempt(const Due& due) {
  const auto webhook = webhook_now(appender_, due.webhook);
  const auto event = find_event(due.position);
  if (const auto why = reason_not_to(webhook, event)) {
    give_up(*sender_session(), due, *why, options_.clock());
    const std::lock_guard lock(mutex_);
    ++stats_.given_up;
    return;
  }
  const auto answer = post(post_of(webhook, due.id, options_.clock(), body_of(options_.identity, *event)));
  const auto now = options_.clock();
  const auto after = after_attempt(due.attempts + 1, answer, now, due.id);
  // The log knows it before the row does: after a crash in between it is sent and told again, never forgotten.
  if (after.outcome != Outcome::again) tell_end(appender_, due, *event, answer, after.outcome);
  note_attempt(*sender_session(), due, answer, after, now);
  count(after.outcome);
}

std::optional<events::Envelope> Deliverer::find_event(events::Position position) {
  auto found = log::envelopes_of(sender_session()->exec_prepared(
      "SELECT " + std::string(log::event_columns) + " FROM log.events WHERE position = $1", pg::Params().int64(position.value)));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

// A sender is one thread's at a time; there are as many as were ever needed at once.
outbound::Answer Deliverer::post(const outbound::Post& what) {
  std::unique_ptr<outbound::Sender> sender;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_senders_.empty()) {
      sender = std::move(idle_senders_.back());
      idle_senders_.pop_back();
    }
  }
  if (!sender) sender = options_.make_sender();
  auto answer = sender->post(what);
  const std::lock_guard lock(mutex_);
  idle_senders_.push_back(std::move(sender));
  return answer;
}

void Deliverer::ended(const Due& due, std::optional<std::string> trouble) {
  if (trouble && options_.on_failed) options_.on_failed("a delivery of the webhook " + due.webhook.text() + " could not be seen to: " + *trouble);
  {
    const std::lock_guard lock(mutex_);
    under_way_.erase(due.id);
    if (trouble) resting_[due.id] = std::chrono::steady_clock::now() + trouble_rest;
  }
  ended_.notify_all();
}

void Deliverer::count(Outcome outcome) {
  const std::lock_guard lock(mutex_);
  switch (outcome) {
    case Outcome::succeeded: ++stats_.succeeded; break;
    case Outcome::again: ++stats_.again; break;
    case Outcome::failed:
    case Outcome::gone: ++stats_.failed; break;
  }
}

}  // namespace daybook::delivering
