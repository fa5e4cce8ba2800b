#pragma once
// What can be proven of a log: that a root was signed, that an event is under it, that an older log is its beginning. The
// documents are what callers get to see, alike from the command line and over HTTP; hashes in hexadecimal, proofs as in
// RFC 9162. The interface lies here so that any service may show them without knowing where the log is kept.
#include <optional>
#include <string>
#include <vector>

#include "events/log_reader.hpp"

namespace daybook::events {

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

// Used by one thread at a time. Throws LogUnavailable; after that another one is needed.
class LogProofs {
 public:
  virtual ~LogProofs() = default;

  virtual Position head() = 0;
  // The newest; nothing before the first.
  virtual std::optional<TreeHeadDocument> signed_head() = 0;
  // std::out_of_range for a size the log does not have, or a position beyond the size; the message says it.
  virtual InclusionDocument prove_inclusion(Position position, Position size) = 0;
  virtual ConsistencyDocument prove_consistency(Position first, Position second) = 0;
};

}  // namespace daybook::events
