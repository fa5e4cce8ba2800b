#pragma once
// Proofs of RFC 9162 over the log as it stands in PostgreSQL. A node of the tree comes from the frontier of the last batch
// before its end and the leaves of one batch after it, so a proof costs some dozen small reads, however long the log is.
// One thread at a time.
#include <string>
#include <vector>

#include "command-service/log/tree_head.hpp"
#include "events/log_proofs.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

class PgProofs final : public events::LogProofs {
 public:
  // Throws LogUnavailable, as everything here does.
  PgProofs(const std::string& url, std::shared_ptr<const crypto::KeyFile> keys);

  Position head() override;
  // Throws LogRefused for one under a key that the key file does not have.
  std::optional<events::TreeHeadDocument> signed_head() override;
  events::InclusionDocument prove_inclusion(Position position, Position size) override;
  events::ConsistencyDocument prove_consistency(Position first, Position second) override;

  // The newest signed one; nothing before the first.
  std::optional<TreeHead> tree_head();
  // std::out_of_range for a size the log does not have, or a position beyond the size.
  crypto::Digest leaf(Position position);
  crypto::Digest root(Position size);
  std::vector<crypto::Digest> inclusion(Position position, Position size);
  std::vector<crypto::Digest> consistency(Position first, Position second);

 private:
  template <class Work>
  auto attempt(Work work);
  void check(Position size);
  crypto::Digest root_of_range(std::uint64_t first, std::uint64_t last);

  std::shared_ptr<const crypto::KeyFile> keys_;
  std::optional<pg::Connection> connection_;
};

}  // namespace daybook::log
