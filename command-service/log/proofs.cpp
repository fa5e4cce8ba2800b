#include "command-service/log/proofs.hpp"

#include "command-service/log/pg_rows.hpp"
#include "command-service/log/tree_head_signer.hpp"
#include "events/core/json.hpp"
#include "events/log_reader.hpp"
#include "platform/text/base64.hpp"

namespace daybook::log {

// As they are printed.
struct TreeHeadDocument {
  std::string log_id;
  std::int64_t epoch = 0, size = 0;
  std::string root, signed_at, key_id, public_key, signature;
};
BOOST_DESCRIBE_STRUCT(TreeHeadDocument, (), (log_id, epoch, size, root, signed_at, key_id, public_key, signature))

struct InclusionDocument {
  std::int64_t position = 0, size = 0;
  std::string leaf, root;
  std::vector<std::string> proof;
};
BOOST_DESCRIBE_STRUCT(InclusionDocument, (), (position, size, leaf, root, proof))

struct ConsistencyDocument {
  std::int64_t first_size = 0, second_size = 0;
  std::string first_root, second_root;
  std::vector<std::string> proof;
};
BOOST_DESCRIBE_STRUCT(ConsistencyDocument, (), (first_size, second_size, first_root, second_root, proof))

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

std::string tree_head_json(const events::LogId& log, const TreeHead& head, const crypto::PublicKey& key) {
  return events::to_json(TreeHeadDocument{log.text(), head.epoch.value, head.size.value, hex(head.root),
                                          text::format_instant(head.signed_at), head.key_id, hex(key), hex(head.signature)});
}

std::string PgProofs::inclusion_json(Position position, Position size) {
  const auto proof = inclusion(position, size);
  return events::to_json(InclusionDocument{position.value, size.value, hex(leaf(position)), hex(root(size)), hex_of(proof)});
}

std::string PgProofs::consistency_json(Position first, Position second) {
  const auto proof = consistency(first, second);
  return events::to_json(ConsistencyDocument{first.value, second.value, hex(root(first)), hex(root(second)), hex_of(proof)});
}

template <class Work>
auto PgProofs::attempt(Work work) {
  try {
    return work(*connection_);
  } catch (const pg::ConnectionLost& lost) {
    throw events::LogUnavailable(lost.what());
  }
}

PgProofs::PgProofs(const std::string& url) {
  try {
    connection_.emplace(url);
    prepare_session(*connection_);
  } catch (const pg::ConnectionLost& lost) {
    throw events::LogUnavailable(lost.what());
  }
}

LogIdentity PgProofs::identity() { return attempt(select_identity); }
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
