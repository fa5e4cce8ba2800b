#pragma once
// Walks a whole log and says whether it is what was once written: positions without a gap, versions dense,
// the clock never going back, every leaf and every batch's Merkle root as computed anew, and the tables
// beside the log equal to their fold. It sees what lies in the database; whether the database is the one it
// was yesterday is for signed roots and the checkpoints of consumers to tell.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "command-service/domain/core/aggregate.hpp"
#include "command-service/log/store.hpp"
#include "command-service/log/tree_head.hpp"

namespace daybook::log {

inline constexpr std::size_t audit_page_events_max = 2000;
inline constexpr std::size_t audit_page_bytes_max = 32 << 20;
inline constexpr std::size_t side_findings_max = 50;  // sentences; more are only counted

// A row of log.heads as it stands, the frontier unparsed.
struct BatchEnd {
  Position position{};
  text::Instant recorded_at{};
  std::string frontier;
  crypto::Digest root{};
};

struct LogExtent {
  std::int64_t events = 0;  // count(*)
  Position last{};          // max(position)
};

// What an audit reads beside the events. It must show the same snapshot of the database as the reader does.
class AuditTables {
 public:
  virtual ~AuditTables() = default;

  virtual LogExtent extent() = 0;
  // Batches that end in (after, upto], in order.
  virtual std::vector<BatchEnd> batch_ends(Position after, Position upto) = 0;
  // Signed heads of trees whose size is in (after, upto], in order.
  virtual std::vector<TreeHead> tree_heads(Position after, Position upto) = 0;
  virtual void each_claim(const std::function<void(const ClaimKey&, StreamId)>& visit) = 0;
  virtual void each_reference(const std::function<void(StreamId, const Reference&)>& visit) = 0;
  virtual void each_counter(const std::function<void(const CounterKey&, std::int64_t)>& visit) = 0;
  virtual void each_relation(const std::function<void(const Edge&)>& visit) = 0;
  virtual void each_snapshot(const std::function<void(StreamId, const Snapshot&)>& visit) = 0;
  // Subjects that have a key.
  virtual void each_subject(const std::function<void(StreamId)>& visit) = 0;
};

// What it takes to compute the side tables again. `opener` must outlive the audit; one that leaves personal
// fields sealed keeps the scopes of personal claims from being checked.
struct AuditFoldOptions {
  std::function<const domain::AggregateOps*(events::StreamType)> aggregates;
  const events::PersonalOpener* opener = nullptr;
  std::function<std::string(std::string_view scope, std::string_view text)> lookup_key;
};

struct AuditOptions {
  // Without it the side tables are not looked at.
  std::optional<AuditFoldOptions> fold;
  // Without it signatures are not looked at, only what they sign.
  std::shared_ptr<const crypto::KeyFile> keys;
  // Called after every page with the position reached and the log's last one.
  std::function<void(Position at, Position head)> progress;
};

struct AuditReport {
  LogIdentity log;
  Position head{};
  crypto::Digest root{};  // computed; of the events up to the first bad one
  std::int64_t events = 0, batches = 0, streams = 0, tree_heads = 0;
  std::optional<Position> first_bad;
  std::string why;                         // of the first bad position
  std::vector<std::string> side_findings;  // differences between side tables and their fold
  std::size_t side_findings_total = 0;
  std::vector<std::string> unchecked_scopes;  // personal claims whose text could not be opened

  bool sound() const { return !first_bad && side_findings_total == 0; }
};

// Stops at the first bad position; the side tables are compared only when there is none.
AuditReport verify(events::LogReader& reader, AuditTables& tables, const AuditOptions& options = {});

}  // namespace daybook::log
