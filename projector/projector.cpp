#include "projector/projector.hpp"

#include "events/erasure.hpp"
#include "events/invitation/events.hpp"
#include "events/user/state.hpp"
#include "events/workspace/state.hpp"
#include "platform/postgres/transaction.hpp"
#include "platform/runtime/pause.hpp"
#include "platform/text/base64.hpp"
#include "projector/addresses.hpp"
#include "projector/core/read_table.hpp"
#include "projector/read_ahead.hpp"
#include "projector/read_models/read_model.hpp"
#include "projector/views/views.hpp"

namespace daybook::projector {
namespace {

constexpr std::int64_t writer_lock_space = 0x64617962;   // "dayb"; the generation is the second key

std::string hex(const crypto::Digest& digest) {
  return text::hex_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

// Held by the session: one writer of a generation's read models at a time.
bool take_writer_lock(pg::Connection& connection, int generation) {
  return connection.exec("SELECT pg_try_advisory_lock(" + std::to_string(writer_lock_space) + ", " + std::to_string(generation) + ")").boolean(0, 0);
}

std::optional<std::string> words(const std::optional<events::Personal>& personal) {
  if (!personal || personal->state != events::Personal::State::open) return std::nullopt;
  return personal->text;
}

// To whom it goes what is about this stream: an invitation, or the bills of a workspace.
void show_address(pg::Connection& connection, const std::string& people, events::StreamId id, const std::optional<std::string>& email) {
  connection.exec_prepared("INSERT INTO " + people + " (user_id, email) VALUES ($1::uuid, $2) ON CONFLICT (user_id) DO UPDATE SET email = EXCLUDED.email",
                           pg::Params().text(id.text()).text(email));
}

void show_billing(pg::Connection& connection, const std::string& people, const events::Envelope& envelope, const events::PersonalOpener& opener) {
  using events::workspace::BillingChanged;
  BillingChanged changed{};
  events::decode_event(events::event_type<BillingChanged>(envelope.stream_type), envelope, opener, &changed);
  if (changed.billing_email) return show_address(connection, people, envelope.stream_id, words(changed.billing_email));
  if (events::workspace::keeps_billing_email(changed.billing_info)) return;  // the one that is there
  connection.exec_prepared("DELETE FROM " + people + " WHERE user_id = $1::uuid", pg::Params().text(envelope.stream_id.text()));
}

}  // namespace

Projector::Projector(Options options, std::unique_ptr<Source> source, std::shared_ptr<events::LogReader> log,
                     std::shared_ptr<events::PersonalOpener> opener, std::shared_ptr<Progress> progress)
    : options_(std::move(options)), source_(std::make_unique<ReadAhead>(std::move(source))), log_(std::move(log)), opener_(std::move(opener)), progress_(std::move(progress)) {
  const auto folder = state_store_of(options_.folder, options_.generation);
  std::filesystem::create_directories(folder);
  rocks::Options state_store;
  if (!options_.logged) state_store.write_buffer_bytes = bulk_write_buffer_bytes;
  store_.emplace(rocks::Database::open(folder, state_store));
  if (const auto stored = store_->get(checkpoint_key())) {
    if (const auto read = events::from_json(*stored, checkpoint_, events::Reading::lenient); !read)
      throw Stopped("The state store's checkpoint cannot be read; run `daybook rebuild`.");
  }
}

Projector::~Projector() { abandon(); }

// Connects and takes the writer's lock of the generation.
void Projector::connect() {
  connection_.emplace(options_.database_url);
  connection_->exec("SET timezone = 'UTC'");
  // The quicker way to press long values, where the server has it.
  connection_->exec("SELECT set_config(name, 'lz4', false) FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)");
  if (!take_writer_lock(*connection_, options_.generation)) {
    connection_.reset();
    throw pg::Error("55P03", "another projector writes these read tables");
  }
}

// Finds out where both stores stand.
void Projector::open() {
  connect();
  create_generation(*connection_, options_.generation);
  identity_ = log_->identity();
  tables_ = read_tables_checkpoint();
  check_identity({&checkpoint_, &tables_});
  if (checkpoint_.position > tables_.position)
    throw Stopped("The state store is ahead of the read tables; run `daybook rebuild --read-tables`.");
  applied_ = checkpoint_.position;
  level_parked();
  const auto head = log_->head();
  indexes_wait_until_ = tables_.position.value == 0 && head.value >= options_.bulk_events ? head : events::Position{};
  make_indexes_when_near();
  install_views_if_served(*connection_, options_.generation);
  current_ = checkpoint_.position >= tables_.position;
  progress_->reached(checkpoint_.position);
}

// A restored log could reuse positions; whoever stands beyond its end, or on another leaf, is of another history.
void Projector::check_identity(std::initializer_list<const Checkpoint*> stands) {
  for (const auto* stand : stands) {
    if (stand->position.value == 0) continue;
    const auto leaf = log_->leaf_at(stand->position);
    if (stand->log_id != identity_.log_id.value || stand->epoch != identity_.epoch || !leaf || hex(*leaf) != stand->leaf)
      throw Stopped("The read models were made from another log, or the log was restored to an older point; run `daybook rebuild`.");
  }
}

Checkpoint Projector::read_tables_checkpoint() {
  const auto row = connection_->exec("SELECT position, epoch, log_id, encode(leaf, 'hex') FROM " + schema_of(options_.generation) + ".checkpoint");
  Checkpoint checkpoint{};
  checkpoint.position = events::Position{row.int64(0, 0)};
  checkpoint.epoch = events::Epoch{row.int64(0, 1)};
  checkpoint.log_id = text::Uuid::parse(row.optional_text(0, 2).value_or("")).value_or(text::Uuid{});
  checkpoint.leaf = row.optional_text(0, 3).value_or("");
  return checkpoint;
}

// An index is made several times faster over what lies there than entry by entry. Whoever is cut off on the way makes them
// at the next start.
void Projector::make_indexes_when_near() {
  if (!indexes_wait_until_ || applied_ < *indexes_wait_until_) return;
  settle();
  create_indexes(*connection_, options_.generation);
  indexes_wait_until_.reset();
}

Checkpoint Projector::checkpoint_after(const events::Envelope& last) const {
  return {last.position, identity_.log_id.value, identity_.epoch, hex(last.leaf)};
}

void Projector::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    try {
      if (!connection_) open();
      step(poll_timeout_ms);
    } catch (const Stopped&) {
      abandon();
      throw;
    } catch (const std::exception&) {
      // The database or the broker is away, or a key cannot be had: the same place is tried again.
      ++retries_;
      abandon();
      connection_.reset();
      runtime::pause(stop, std::chrono::milliseconds(retry_interval_ms));
    }
  }
  abandon();
}

void Projector::project_to(events::Position upto, const std::function<void(events::Position)>& tell) {
  if (!connection_) open();
  while (applied_ < upto)
    if (step(poll_timeout_ms)) tell(applied_);
  settle();
  if (!options_.logged) store_->flush();
}

bool Projector::step(int timeout_ms) {
  auto batch = source_->next(applied_, timeout_ms);
  if (batch.empty()) {
    settle();
    return false;
  }
  if (batch.front().position != applied_.next()) throw std::runtime_error("the source skipped a position");
  project(std::move(batch));
  make_indexes_when_near();
  return true;
}

// Applies a batch while the one before is written, waits for that one, and starts writing. A short batch is written at once:
// more is gained from what gathers meanwhile than from applying beside it.
void Projector::project(std::vector<events::Envelope> batch) {
  // What the read tables already have goes to the state store alone.
  const bool heals = batch.front().position <= tables_.position;
  if (heals)
    std::erase_if(batch, [&](const auto& event) { return event.position > tables_.position; });
  const auto after = checkpoint_after(batch.back());
  const auto before = pending_;
  auto work = applied(std::move(batch), heals ? Into::state_store : Into::both, before ? &before->rows.changes() : nullptr);
  work->before = applied_;
  work->after = after;
  work->overlay.put_unseen(checkpoint_key(), events::to_json(work->after));
  work->overlay.sort_unseen();
  settle();
  applied_ = work->after.position;
  if (work->events < overlap_events_min) return write(*work);
  pending_ = std::move(work);
  writing_ = std::async(std::launch::async, [this, work = pending_] { write(*work); });
}

// A batch as it goes into the stores. Where events cannot be applied it is applied once more without them and what follows
// them in their scopes, so that nothing half done is left of them.
std::shared_ptr<Projector::Work> Projector::applied(std::vector<events::Envelope> batch, Into into, const Changes* before) {
  auto work = std::make_shared<Work>(store_->batch(), before);
  while (true) {
    const auto failed = apply_all(batch, work->rows);
    if (failed.empty()) break;
    auto parked = std::move(work->parked);
    parked.insert(parked.end(), failed.begin(), failed.end());
    work = std::make_shared<Work>(store_->batch(), before);
    for (const auto& row : parked) work->rows.put(row);
    work->parked = std::move(parked);
  }
  work->into = into;
  work->parked_scopes = parking_.count();
  work->events = batch.size();
  if (into != Into::state_store)
    for (auto& event : batch)
      if (concerns_people(event)) work->people.push_back(std::move(event));
  return work;
}

// Applies what is not held. Parks the scope of what cannot be applied, and gives the new rows.
std::vector<ParkedRow> Projector::apply_all(const std::vector<events::Envelope>& batch, StateStore& rows) {
  std::vector<ParkedRow> failed;
  for (const auto& event : batch) {
    if (parking_.holds(event)) continue;
    try {
      options_.apply(event, rows);
    } catch (const events::UnreadableEvent& unreadable) {
      throw Stopped(unreadable.what());
    } catch (const rocks::Error&) {
      throw;
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& defect) {
      failed.push_back(parked_at(event, defect.what()));
      parking_.park(failed.back());
    }
  }
  return failed;
}

// Waits until what was begun is in both stores. Throws what kept it out.
void Projector::settle() {
  if (writing_.valid()) writing_.get();
  pending_.reset();
}

// Forgets what was begun, after its end; what it wrote stands.
void Projector::abandon() {
  if (writing_.valid()) writing_.wait();
  writing_ = {};
  pending_.reset();
  current_ = false;
}

void Projector::write(Work& work) {
  const auto begun = std::chrono::steady_clock::now();
  work.into == Into::state_store ? write_parked(work) : write_read_tables(work);
  store_->commit(work.overlay, options_.logged ? rocks::Sync::no : rocks::Sync::unlogged);
  checkpoint_ = work.after;
  if (checkpoint_.position >= tables_.position) current_ = true;
  events_ += work.events;
  ++batches_;
  parked_scopes_ = work.parked_scopes;
  for (const auto& row : work.parked) options_.on_parked(row);
  options_.on_batch(work.events, std::chrono::steady_clock::now() - begun);
  progress_->reached(work.after.position);
}

void Projector::write_read_tables(const Work& work) {
  pg::Transaction transaction(*connection_);
  write_changes(*connection_, options_.generation, work.rows.changes(), work.into == Into::both ? Before::known : Before::unknown);
  open_people(work.people);
  move_checkpoint(work.before, work.after);
  transaction.commit();
}

// Fails where somebody else has moved it.
void Projector::move_checkpoint(events::Position before, const Checkpoint& next) {
  const auto moved = connection_->exec_prepared(
      "WITH moved AS (UPDATE " + schema_of(options_.generation) +
          ".checkpoint SET position = $1, epoch = $2, log_id = $3::uuid, leaf = decode($4, 'hex') WHERE position = $5 RETURNING true) "
          "SELECT pg_notify('" + checkpoint_channel(options_.generation) + "', '') FROM moved",
      pg::Params().int64(next.position.value).int64(next.epoch.value).text(next.log_id.text()).text(next.leaf).int64(before.value));
  if (moved.empty()) throw pg::Error("40001", "another projector has written the read tables");
}

// The read tables have the rest of such a batch; what was parked on its way stands in both stores.
void Projector::write_parked(const Work& work) {
  Changes parked;
  for (const auto& [at, change] : work.rows.changes())
    if (at.table == &table_of<ParkedRow>()) parked.emplace(at, change);
  if (parked.empty()) return;
  pg::Transaction transaction(*connection_);
  write_changes(*connection_, options_.generation, parked, Before::unknown);
  transaction.commit();
}

// An erasure waits for nobody, not even where what it is about is parked.
bool Projector::concerns_people(const events::Envelope& event) const {
  return events::is_erasure(event.type) || (shows_person(event) && !parking_.holds(event));
}

bool Projector::shows_person(const events::Envelope& event) {
  using namespace events;
  if (event.type == user::ExternalAccountUnlinked::type || event.type == workspace::BillingChanged::type) return true;
  return event.personal && (event.type == user::Registered::type || event.type == user::ProfileChanged::type || event.type == user::EmailChanged::type ||
                            event.type == user::ExternalAccountLinked::type || event.type == invitation::Sent::type || shows_address(event));
}

// The one place where what is personal is opened for reading: people's names and addresses, in a table of their own. Who was invited
// stands there by the invitation's id, and to whom bills go by the workspace's; from where people came, in a table of the audit's.
void Projector::open_people(const std::vector<events::Envelope>& batch) {
  const auto table = schema_of(options_.generation) + ".people";
  open_addresses(*connection_, options_.generation, batch, *opener_);
  for (const auto& envelope : batch) {
    if (envelope.stream_type == events::StreamType::access) continue;
    const auto id = envelope.stream_id.text();
    if (events::is_erasure(envelope.type)) {
      opener_->forget(envelope.stream_id.value);
      connection_->exec_prepared("DELETE FROM " + table + " WHERE user_id = $1::uuid", pg::Params().text(id));
      forget_addresses(*connection_, options_.generation, envelope.stream_id);
      continue;
    }
    if (envelope.stream_type == events::StreamType::invitation) {
      events::invitation::Sent sent{};
      events::decode_event(events::event_type<events::invitation::Sent>(envelope.stream_type), envelope, *opener_, &sent);
      show_address(*connection_, table, envelope.stream_id, words(sent.email));
      continue;
    }
    if (envelope.stream_type == events::StreamType::workspace) {
      show_billing(*connection_, table, envelope, *opener_);
      continue;
    }
    const auto event = events::decode<events::user::Event>(events::StreamType::user, envelope, *opener_);
    if (const auto* registered = std::get_if<events::user::Registered>(&event)) {
      connection_->exec_prepared("INSERT INTO " + table + " (user_id, email, username, full_name) VALUES ($1::uuid, $2, $3, $4) ON CONFLICT (user_id) DO UPDATE "
                                 "SET email = EXCLUDED.email, username = EXCLUDED.username, full_name = EXCLUDED.full_name",
                                 pg::Params().text(id).text(words(registered->email)).text(words(registered->username)).text(words(registered->full_name)));
    } else if (const auto* profile = std::get_if<events::user::ProfileChanged>(&event)) {
      connection_->exec_prepared("UPDATE " + table + " SET username = $2, full_name = $3, avatar = $4 WHERE user_id = $1::uuid",
                                 pg::Params().text(id).text(words(profile->username)).text(words(profile->full_name)).text(words(profile->avatar)));
    } else if (const auto* email = std::get_if<events::user::EmailChanged>(&event)) {
      connection_->exec_prepared("UPDATE " + table + " SET email = $2 WHERE user_id = $1::uuid", pg::Params().text(id).text(words(email->email)));
    } else if (const auto* linked = std::get_if<events::user::ExternalAccountLinked>(&event)) {
      connection_->exec_prepared("UPDATE " + table + " SET google_id = $2 WHERE user_id = $1::uuid", pg::Params().text(id).text(words(linked->account)));
    } else if (std::holds_alternative<events::user::ExternalAccountUnlinked>(event)) {
      connection_->exec_prepared("UPDATE " + table + " SET google_id = NULL WHERE user_id = $1::uuid", pg::Params().text(id));
    }
  }
}

ProjectorStats Projector::stats() const { return {events_, batches_, retries_, parked_scopes_, source_->waiting()}; }

std::optional<std::string> Projector::digest() const {
  if (!parked().empty()) return std::nullopt;
  crypto::Sha256 hash;
  for (const auto* table : all_tables()) {
    for (auto row = store_->seek(table_prefix(*table)); row.valid(); row.next()) {
      hash.update(row.key());
      hash.update(row.value());
    }
  }
  return hex(hash.digest());
}

bool Projector::drop(const Options& options) {
  pg::Connection connection(options.database_url);
  if (!take_writer_lock(connection, options.generation)) return false;
  drop_generation(connection, options.generation);
  std::filesystem::remove_all(state_store_of(options.folder, options.generation));
  return true;
}

}  // namespace daybook::projector
