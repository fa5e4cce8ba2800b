#include "command-service/log/proofs.hpp"

#include "command-service/log/pg_rows.hpp"
#include "command-service/log/tree_head_signer.hpp"
#include "platform/text/base64.hpp"

namespace daybook::log {

namespace {

template <class Bytes>
std::string hex(const Bytes& bytes) {
  return text::hex_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::vector<std::string> hex_of(const std::vector<crypto::Digest>& proof) {
  std::vector<std::string> words;
  for (const auto& node : proof) words.push_back(hex(node));
  return words;
}

}  // namespace

template <class Work>
auto PgProofs::attempt(Work work) {
  try {
    return work(*connection_);
  } catch (const pg::ConnectionLost& lost) {
    throw events::LogUnavailable(lost.what());
  }
}

std::optional<events::TreeHeadDocument> PgProofs::signed_head() {
  const auto head = tree_head();
  if (!head) return std::nullopt;
  const auto key = keys_->public_key(crypto::KeyPurpose::tree_head, head->key_id);
  if (!key) throw LogRefused("The key file has no key " + head->key_id + " for tree heads.");
  const auto log = attempt(select_identity).log_id;
  return events::TreeHeadDocument{log.text(),   head->epoch.value, head->size.value, hex(head->root), text::format_instant(head->signed_at),
                                  head->key_id, hex(*key),         hex(head->signature)};
}

events::InclusionDocument PgProofs::prove_inclusion(Position position, Position size) {
  const auto proof = inclusion(position, size);
  return {position.value, size.value, hex(leaf(position)), hex(root(size)), hex_of(proof)};
}

events::ConsistencyDocument PgProofs::prove_consistency(Position first, Position second) {
  const auto proof = consistency(first, second);
  return {first.value, second.value, hex(root(first)), hex(root(second)), hex_of(proof)};
}

PgProofs::PgProofs(const std::string& url, std::shared_ptr<const crypto::KeyFile> keys) : keys_(std::move(keys)) {
  try {
    connection_.emplace(url);
    prepare_session(*connection_);
  } catch (const pg::ConnectionLost& lost) {
    throw events::LogUnavailable(lost.what());
  }
}

Position PgProofs::head() { return attempt(select_head_position); }
std::optional<TreeHead> PgProofs::tree_head() { return attempt(select_newest_tree_head); }

void PgProofs::check(Position size) {
  if (const auto last = head(); size > last || size.value < 0)
    throw std::out_of_range("The log has " + std::to_string(last.value) + " events.");
}

crypto::Digest PgProofs::leaf(Position position) {
  const auto found = attempt([&](pg::Connection& connection) { return select_leaf(connection, position); });
  if (!found) throw std::out_of_range("The log has no event at position " + std::to_string(position.value) + ".");
  return *found;
}

crypto::Digest PgProofs::root_of_range(std::uint64_t first, std::uint64_t last) {
  return attempt([&](pg::Connection& connection) {
    crypto::Frontier range;
    const auto head = connection.exec_prepared(
        "SELECT frontier FROM log.heads WHERE position > $1 AND position < $2 ORDER BY position DESC LIMIT 1",
        pg::Params().int64(static_cast<std::int64_t>(first)).int64(static_cast<std::int64_t>(last)));
    if (!head.empty()) {
      const auto frontier = crypto::Frontier::parse(head.bytea(0, 0));
      if (!frontier) throw LogRefused("A head of the log holds no frontier. Run `daybook audit verify`.");
      range = frontier->from(first);
    }
    const auto leaves = connection.exec_prepared(
        "SELECT leaf FROM log.events WHERE position > $1 AND position <= $2 ORDER BY position",
        pg::Params().int64(static_cast<std::int64_t>(first + range.size())).int64(static_cast<std::int64_t>(last)));
    for (int row = 0; row < leaves.rows(); ++row) range.append(digest_at(leaves, row, 0));
    if (range.size() != last - first) throw LogRefused("The log lacks events. Run `daybook audit verify`.");
    return range.root();
  });
}

crypto::Digest PgProofs::root(Position size) {
  check(size);
  return root_of_range(0, static_cast<std::uint64_t>(size.value));
}

std::vector<crypto::Digest> PgProofs::inclusion(Position position, Position size) {
  check(size);
  if (position.value < 1) throw std::out_of_range("Positions start at 1.");
  return crypto::inclusion_proof(static_cast<std::uint64_t>(position.value - 1), static_cast<std::uint64_t>(size.value),
                                 [this](std::uint64_t first, std::uint64_t last) { return root_of_range(first, last); });
}

std::vector<crypto::Digest> PgProofs::consistency(Position first, Position second) {
  check(second);
  if (first.value < 0) throw std::out_of_range("A log has no fewer than 0 events.");
  return crypto::consistency_proof(static_cast<std::uint64_t>(first.value), static_cast<std::uint64_t>(second.value),
                                   [this](std::uint64_t from, std::uint64_t to) { return root_of_range(from, to); });
}

}  // namespace daybook::log
