#pragma once
// Proofs of RFC 9162 over the log as it stands in PostgreSQL. A node of the tree comes from the frontier of the last batch
// before its end and the leaves of one batch after it, so a proof costs some dozen small reads, however long the log is.
// One thread at a time.
#include <string>
#include <vector>

#include "command-service/log/tree_head.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

class PgProofs {
 public:
  // Throws LogUnavailable, as everything here does.
  explicit PgProofs(const std::string& url);

  LogIdentity identity();
  // The newest signed one; nothing before the first.
  std::optional<TreeHead> tree_head();
  Position head();
  // std::out_of_range for a size the log does not have, or a position beyond the size.
  crypto::Digest leaf(Position position);
  crypto::Digest root(Position size);
  std::vector<crypto::Digest> inclusion(Position position, Position size);
  std::vector<crypto::Digest> consistency(Position first, Position second);
  // The same as documents, with the roots they lead to; hashes in hexadecimal.
  std::string inclusion_json(Position position, Position size);
  std::string consistency_json(Position first, Position second);

 private:
  template <class Work>
  auto attempt(Work work);
  void check(Position size);
  crypto::Digest root_of_range(std::uint64_t first, std::uint64_t last);

  std::optional<pg::Connection> connection_;
};

std::string tree_head_json(const events::LogId& log, const TreeHead& head, const crypto::PublicKey& key);

}  // namespace daybook::log
