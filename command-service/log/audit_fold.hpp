#pragma once
// The side tables as the log's events make them, for comparing with those in the database. Holds them whole,
// with the state of every stream: a pass over a large log wants memory in proportion to its streams.
#include <memory>
#include <unordered_map>

#include "command-service/log/audit.hpp"

namespace daybook::log {

class AuditFold {
 public:
  explicit AuditFold(AuditFoldOptions options) : options_(std::move(options)) {}

  // In order of positions. An event that cannot be read becomes a finding, and the fold is given up.
  void add(const Envelope& event);
  // Once, before the first event: the snapshots to be met on the way.
  void expect_snapshots(AuditTables& tables);
  // Once, at the end.
  void compare(AuditTables& tables, AuditReport& report);

 private:
  class Sink;
  struct Stream {
    const domain::AggregateOps* ops{};
    std::shared_ptr<void> state;
  };
  void compare_snapshot(StreamId id, const Stream& stream);
  void compare_claims(AuditTables& tables, AuditReport& report);
  void compare_references(AuditTables& tables, AuditReport& report);
  void compare_counters(AuditTables& tables, AuditReport& report);
  void compare_relations(AuditTables& tables, AuditReport& report);
  void compare_keys(AuditTables& tables, AuditReport& report);

  AuditFoldOptions options_;
  std::string given_up_;  // why
  struct Kept {
    crypto::Digest fold{}, state{};  // the state by its hash
    StreamVersion version{};
  };
  std::unordered_map<StreamId, Stream> streams_;
  std::unordered_map<StreamId, Kept> kept_;  // snapshots that were not met yet
  std::map<ClaimKey, StreamId> claims_;
  std::map<StreamId, Reference> references_;
  std::map<CounterKey, std::int64_t> counters_;
  std::set<Edge> relations_;
  std::set<StreamId> erased_;
  std::set<std::string> sealed_scopes_;
};

}  // namespace daybook::log
