#include "command-service/log/appender.hpp"

#include <algorithm>
#include <future>

namespace daybook::log {
namespace {

void merge(Answers& into, Answers&& more) {
  for (auto& [id, events] : more.streams) into.streams.insert_or_assign(id, std::move(events));
  for (auto& [id, kept] : more.snapshots) into.snapshots.insert_or_assign(id, std::move(kept));
  into.claims.merge(more.claims);
  into.references.merge(more.references);
  into.counters.merge(more.counters);
  into.closures.merge(more.closures);
  into.besides.merge(more.besides);
  into.requests.merge(more.requests);
  into.sources.merge(more.sources);
}

bool is_conflict(const Outcome& outcome) {
  return std::any_of(outcome.items.begin(), outcome.items.end(),
                     [](const auto& item) { return !item && item.error().kind == domain::Rejection::Kind::version_conflict; });
}

// Neither "written" nor "not written" would be true.
struct OutcomeUnknown : StoreUnavailable {
  using StoreUnavailable::StoreUnavailable;
};

Outcome refused_as_in_flight() {
  Outcome outcome{};
  outcome.refused = domain::Rejection{domain::Rejection::Kind::in_progress, "in-progress",
                                      "A request with this Idempotency-Key is being carried out.", {}, std::nullopt};
  return outcome;
}

}  // namespace

Appender::Appender(std::unique_ptr<Store> store, std::shared_ptr<events::KeyRing> keys, Options options)
    : store_(std::move(store)),
      options_(std::move(options)),
      context_{store_->identity(), std::move(keys), options_.new_event_id},
      cache_(options_.cache_bytes_max) {
  head_ = store_->head().position;
  seen_ = head_;
  thread_ = std::thread([this] { loop(); });
}

Appender::~Appender() { drain(); }

void Appender::drain() {
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
  }
  arrived_.notify_all();
  retry_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Appender::submit(Request request, std::function<void(Reply)> answer) {
  bool repeated = false;
  {
    const std::lock_guard lock(mutex_);
    if (draining_ || queue_.size() >= queue_requests_max) return false;
    if (request.idempotency) repeated = !in_flight_.insert(request.idempotency->key).second;
    if (!repeated) queue_.push_back({std::move(request), std::move(answer)});
  }
  if (repeated) answer(refused_as_in_flight());
  else arrived_.notify_one();
  return true;
}

Reply Appender::submit_and_wait(Request request) {
  auto promise = std::make_shared<std::promise<Reply>>();
  auto future = promise->get_future();
  if (!submit(std::move(request), [promise](Reply reply) { promise->set_value(std::move(reply)); }))
    return Unavailable{"The queue of commands is full."};
  return future.get();
}

AppenderStats Appender::stats() const {
  const std::lock_guard lock(mutex_);
  auto stats = stats_;
  stats.queued = queue_.size();
  return stats;
}

Position Appender::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

void Appender::loop() {
  for (;;) {
    auto batch = take_batch();
    if (batch.empty()) return;
    process(std::move(batch));
  }
}

Appender::Batch Appender::take_batch() {
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [&] { return draining_ || !queue_.empty(); });
  Batch batch;
  while (!queue_.empty() && batch.size() < batch_requests_max) {
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return batch;
}

// Whoever did not fit into the batch's bytes is settled in the next one, before newcomers.
void Appender::process(Batch batch) {
  while (!batch.empty()) {
    std::vector<Outcome> outcomes;
    std::size_t settled = batch.size();
    std::optional<Unavailable> unavailable;
    try {
      settled = settle_and_write(batch, outcomes);
    } catch (const OutcomeUnknown& lost) {
      store_->abandon();
      unavailable = Unavailable{lost.what(), true};
    } catch (const StoreUnavailable& lost) {
      store_->abandon();
      unavailable = Unavailable{lost.what()};
    } catch (const events::KeysUnavailable& lost) {
      store_->abandon();
      unavailable = Unavailable{lost.what()};
    } catch (const std::exception& broken) {
      // An invariant does not hold: answering anything from here on could acknowledge what is not there.
      store_->abandon();
      if (options_.on_broken) options_.on_broken(broken.what());
      unavailable = Unavailable{"The log has stopped."};
    }
    if (unavailable) cache_.clear();
    for (std::size_t i = 0; i < settled; ++i) {
      finished(batch[i].request);
      if (unavailable) batch[i].answer(*unavailable);
      else batch[i].answer(reply_with(std::move(outcomes[i])));
    }
    const std::lock_guard lock(mutex_);
    if (unavailable) stats_.unavailable += settled;
    else stats_.requests += settled;
    batch.erase(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(settled));
  }
}

void Appender::finished(const Request& request) {
  if (!request.idempotency) return;
  const std::lock_guard lock(mutex_);
  in_flight_.erase(request.idempotency->key);
}

std::size_t Appender::settle_round(Settling& settling, Batch& batch, std::vector<Outcome>& outcomes) {
  outcomes.clear();
  for (auto& waiting : batch) {
    outcomes.push_back(settling.settle(waiting.request));
    if (settling.bytes() > batch_bytes_max) break;
  }
  const std::lock_guard lock(mutex_);
  ++stats_.rounds;
  return outcomes.size();
}

std::size_t Appender::settle_and_write(Batch& batch, std::vector<Outcome>& outcomes) {
  const auto begun = std::chrono::steady_clock::now();
  // A first round without the lock finds most of what the batch will ask, so that one trip brings lock, head and answers.
  Asks asks;
  {
    const Head unknown{};
    const Answers nothing;
    Settling guess(context_, unknown, options_.clock(), cache_, nothing);
    guess.assume(counters_);
    settle_round(guess, batch, outcomes);
    asks = guess.missing();
  }
  auto opened = store_->open_batch(seen_, asks);
  for (const auto& [stream, version] : opened.changed) {
    cache_.written_elsewhere(stream, version);
    context_.keys->forget(stream.value);  // it may have been an erasure
  }
  seen_ = opened.head.position;

  for (int round = 0; round < settle_rounds_max; ++round) {
    Settling settling(context_, opened.head, options_.clock(), cache_, opened.answers);
    const auto settled = settle_round(settling, batch, outcomes);
    if (!settling.missing().empty()) {
      merge(opened.answers, store_->fetch(settling.missing()));
      continue;
    }
    const auto events = commit(settling);
    settling.remember(cache_);
    count(outcomes, {settled, events, std::chrono::steady_clock::now() - begun});
    return settled;
  }
  throw std::logic_error("a batch keeps asking for more facts");
}

void Appender::count(const std::vector<Outcome>& outcomes, const BatchReport& report) {
  const auto conflicts = std::count_if(outcomes.begin(), outcomes.end(), is_conflict);
  {
    const std::lock_guard lock(mutex_);
    stats_.conflicts += static_cast<std::uint64_t>(conflicts);
  }
  if (report.events > 0 && options_.on_batch) options_.on_batch(report);
}

std::size_t Appender::commit(Settling& settling) {
  if (!settling.anything_to_write()) {
    store_->abandon();
    const std::lock_guard lock(mutex_);
    head_ = seen_;
    return 0;
  }
  const BatchId batch{context_.new_event_id().value};
  const auto write = settling.finish(batch);
  try {
    write_or_find(write);
  } catch (...) {
    // Another process may now bear the same subjects, with keys of their own.
    for (const auto& key : write.data_keys) context_.keys->forget(key.subject);
    throw;
  }
  for (const auto& subject : write.erased) context_.keys->forget(subject.value);
  seen_ = write.head.position;
  if (counters_.size() >= remembered_counters_max) counters_.clear();
  for (const auto& [counter, value] : write.counters) counters_.insert_or_assign(counter, value);
  const std::lock_guard lock(mutex_);
  head_ = seen_;
  ++stats_.batches;
  stats_.events += write.events.size();
  return write.events.size();
}

void Appender::write_or_find(const BatchWrite& write) {
  try {
    store_->write_batch(write);
  } catch (const CommitUnknown&) {
    {
      const std::lock_guard lock(mutex_);
      ++stats_.lost_commits;
    }
    const auto written = was_written(write.batch_id);
    if (!written) {
      const std::lock_guard lock(mutex_);
      ++stats_.unknown_commits;
      throw OutcomeUnknown("The database went away while this was written, so it may have been: repeat it with the same Idempotency-Key.");
    }
    if (!*written) throw StoreUnavailable("the connection was lost before the batch was committed");
  }
}

// As long as it is looked for nobody is answered and no state of the batch is used: "nothing was written" would be a guess.
std::optional<bool> Appender::was_written(BatchId batch) {
  for (const auto since = std::chrono::steady_clock::now();;) {
    try {
      return store_->find_batch(batch);
    } catch (const StoreUnavailable&) {
      if (!may_search(since)) return std::nullopt;
      std::unique_lock lock(mutex_);
      retry_.wait_for(lock, lost_commit_retry_interval);
    }
  }
}

bool Appender::may_search(std::chrono::steady_clock::time_point since) const {
  const std::lock_guard lock(mutex_);
  const auto limit = draining_ ? std::min(options_.lost_commit_search, lost_commit_search_draining_max) : options_.lost_commit_search;
  return std::chrono::steady_clock::now() - since < limit;
}

// The batch is committed: a store that goes away now costs only those who wrote nothing, the repeated requests.
Reply Appender::reply_with(Outcome outcome) {
  try {
    if (!outcome.failed) rebuild_replayed(outcome);
  } catch (const StoreUnavailable& lost) {
    return Unavailable{lost.what()};
  } catch (const std::exception& failed) {
    outcome.failed = failed.what();
  }
  if (!outcome.failed) return outcome;
  {
    const std::lock_guard lock(mutex_);
    ++stats_.failed;
  }
  if (options_.on_failed) options_.on_failed(*outcome.failed);
  return Unavailable{std::move(*outcome.failed)};
}

// A repeated request is answered as it was then: the stream folded up to the version recorded.
void Appender::rebuild_replayed(Outcome& outcome) {
  if (!outcome.replayed) return;
  for (auto& item : outcome.items) {
    if (!item || item->state) continue;
    const auto* ops = options_.aggregates(item->stream_type);
    auto state = ops->make();
    for (const auto& event : store_->read_stream(item->stream, StreamVersion{}, item->version))
      ops->apply(state.get(), event, *context_.keys, nullptr);
    item->state = std::move(state);
  }
}

}  // namespace daybook::log
