#include "command-service/log/tree_head_signer.hpp"

#include "command-service/log/pg_questions.hpp"
#include "command-service/log/pg_rows.hpp"
#include "platform/postgres/transaction.hpp"
#include "platform/runtime/pause.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::log {
namespace {

constexpr std::int64_t sign_lock = 0x6461'7962'6f6f'6b32;  // beside the append lock, never with it

TreeHead tree_head_of(const pg::Result& rows, int row) {
  return {events::Epoch{rows.int64(row, 0)}, Position{rows.int64(row, 1)}, digest_at(rows, row, 2),
          instant_at(rows, row, 3),          rows.text(row, 4),            rows.bytea(row, 5)};
}

constexpr std::string_view tree_head_columns = "epoch, position, root, signed_at, key_id, signature";

[[noreturn]] void altered(Position position) {
  throw HistoryAltered("The log's root at position " + std::to_string(position.value) +
                       " does not continue what was signed before: the database was altered, or restored without "
                       "`daybook doctor --after-restore`. Nothing is signed. Run `daybook audit verify`.");
}

}  // namespace

std::optional<TreeHead> select_newest_tree_head(pg::Connection& connection) {
  const auto rows = connection.exec_prepared("SELECT " + std::string(tree_head_columns) +
                                             " FROM log.tree_heads JOIN log.identity USING (epoch) ORDER BY position DESC LIMIT 1");
  if (rows.empty()) return std::nullopt;
  return tree_head_of(rows, 0);
}

std::vector<TreeHead> select_tree_heads(pg::Connection& connection, Position after, Position upto) {
  const auto rows = connection.exec_prepared("SELECT " + std::string(tree_head_columns) +
                                                 " FROM log.tree_heads WHERE position > $1 AND position <= $2 ORDER BY position, epoch",
                                             pg::Params().int64(after.value).int64(upto.value));
  std::vector<TreeHead> heads;
  for (int row = 0; row < rows.rows(); ++row) heads.push_back(tree_head_of(rows, row));
  return heads;
}

TreeHeadSigner::TreeHeadSigner(std::string url, LogIdentity identity, std::shared_ptr<const crypto::KeyFile> keys,
                               std::function<text::Instant()> clock)
    : url_(std::move(url)), identity_(std::move(identity)), keys_(std::move(keys)), clock_(std::move(clock)) {}

void TreeHeadSigner::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    auto wait = std::chrono::milliseconds(sign_interval_ms);
    try {
      sign_once();
    } catch (const pg::Error&) {
      // The database is away or goes away: what was not signed now is signed when it is back.
      connection_.reset();
      wait = std::chrono::milliseconds(sign_retry_ms);
    }
    runtime::pause(stop, wait);
  }
}

void TreeHeadSigner::connect() {
  if (connection_ && connection_->alive()) return;
  pg::Connection fresh(url_);
  prepare_session(fresh);
  if (select_identity(fresh) != identity_) altered(Position{});
  connection_.emplace(std::move(fresh));
}

// Before the first signature there is nothing to continue.
void TreeHeadSigner::start_at_last_signed() {
  followed_.emplace();
  const auto last = select_newest_tree_head(*connection_);
  if (!last) return;
  if (refute(*keys_, identity_.log_id, *last)) altered(last->size);
  const auto rows = connection_->exec_prepared("SELECT frontier FROM log.heads WHERE position = $1 LIMIT 1",
                                               pg::Params().int64(last->size.value));
  const auto frontier = rows.empty() ? std::nullopt : crypto::Frontier::parse(rows.bytea(0, 0));
  if (!frontier || frontier->root() != last->root) altered(last->size);
  followed_ = *frontier;
}

void TreeHeadSigner::follow(const Head& head) {
  const auto upto = static_cast<std::uint64_t>(head.position.value);
  if (followed_->size() > upto) altered(head.position);
  while (followed_->size() < upto) {
    const auto before = followed_->size();
    const auto rows = connection_->exec_prepared(
        "SELECT leaf FROM log.events WHERE position > $1 AND position <= $2 ORDER BY position LIMIT $3",
        pg::Params().int64(static_cast<std::int64_t>(before)).int64(head.position.value).int64(leaves_page_max));
    for (int row = 0; row < rows.rows(); ++row) followed_->append(digest_at(rows, row, 0));
    if (followed_->size() == before) altered(head.position);
  }
  if (followed_->root() != head.root) altered(head.position);
}

bool TreeHeadSigner::sign_once() {
  connect();
  pg::Transaction transaction(*connection_);
  if (!connection_->exec_prepared("SELECT pg_try_advisory_xact_lock($1)", pg::Params().int64(sign_lock)).boolean(0, 0))
    return false;
  const auto head = newest_head_of(connection_->exec_prepared(std::string(newest_head_sql)));
  if (!followed_) start_at_last_signed();
  follow(head);
  const auto last = select_newest_tree_head(*connection_);
  if (head.position.value == 0 || (last && last->size == head.position)) return false;
  const auto made = sign(*keys_, identity_, head, clock_());
  connection_->exec_prepared(
      "INSERT INTO log.tree_heads (" + std::string(tree_head_columns) + ") VALUES ($1, $2, $3, $4, $5, $6)",
      pg::Params()
          .int64(made.epoch.value)
          .int64(made.size.value)
          .bytea(text::view_of(made.root))
          .text(text::format_instant(made.signed_at))
          .text(made.key_id)
          .bytea(std::string_view(made.signature)));
  transaction.commit();
  return true;
}

}  // namespace daybook::log
