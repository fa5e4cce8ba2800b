#pragma once
// A MemoryLog as an audit reads it, so that a test can end with "and the log is sound". Nothing may be
// appended meanwhile: it shows the log as it is, not a snapshot.
#include <memory>

#include "command-service/log/audit.hpp"
#include "command-service/log/memory_log.hpp"

namespace daybook::log {

class MemoryAuditTables final : public AuditTables {
 public:
  explicit MemoryAuditTables(std::shared_ptr<const MemoryLog> log) : log_(std::move(log)) {}

  LogExtent extent() override { return log_->extent(); }
  std::vector<BatchEnd> batch_ends(Position after, Position upto) override {
    std::vector<BatchEnd> ends;
    for (const auto& head : log_->heads(after, upto))
      ends.push_back({head.position, head.recorded_at, head.frontier.serialize(), head.root});
    return ends;
  }
  std::vector<TreeHead> tree_heads(Position, Position) override { return {}; }
  void each_claim(const std::function<void(const ClaimKey&, StreamId)>& visit) override {
    for (const auto& [claim, holder] : log_->claims()) visit(claim, holder);
  }
  void each_reference(const std::function<void(StreamId, const Reference&)>& visit) override {
    for (const auto& [id, reference] : log_->references()) visit(id, reference);
  }
  void each_counter(const std::function<void(const CounterKey&, std::int64_t)>& visit) override {
    for (const auto& [counter, value] : log_->counters()) visit(counter, value);
  }
  void each_relation(const std::function<void(const Edge&)>& visit) override {
    for (const auto& edge : log_->relations()) visit(edge);
  }
  void each_snapshot(const std::function<void(StreamId, const Snapshot&)>& visit) override {
    for (const auto& [id, kept] : log_->snapshots()) visit(id, kept);
  }
  void each_subject(const std::function<void(StreamId)>& visit) override {
    for (const auto subject : log_->subjects()) visit(subject);
  }

 private:
  std::shared_ptr<const MemoryLog> log_;
};

}  // namespace daybook::log
