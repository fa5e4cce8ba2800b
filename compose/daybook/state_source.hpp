#pragma once
// The state store for point reads: the one that this process projects into, or one on the same host that is followed.
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "projector/progress.hpp"
#include "projector/projector.hpp"
#include "query-service/core/context.hpp"

namespace daybook::app {

// A projector's progress as the query service knows it.
class ReadPosition final : public query::ReadPosition {
 public:
  explicit ReadPosition(std::shared_ptr<projector::Progress> progress) : progress_(std::move(progress)) {}
  events::Position current() const override { return progress_->current(); }
  void when_reached(events::Position position, int timeout_ms, std::function<void(bool)> then) override {
    progress_->when_reached(position, timeout_ms, std::move(then));
  }
  std::shared_ptr<void> on_growth(std::function<void(events::Position)> then) override { return progress_->on_growth(std::move(then)); }

 private:
  std::shared_ptr<projector::Progress> progress_;
};

// Shares the projector's. It can be read while that projector is the one that writes the read models; while it stands by, or
// has yet to bring its state store up to the read tables, PostgreSQL knows more.
class SharedState final : public query::StateSource {
 public:
  SharedState(const projector::Projector& projector, std::shared_ptr<projector::Progress> progress)
      : projector_(projector), reader_(projector.state_store()), position_(std::move(progress)) {}

  std::optional<projector::StateView> view() override;
  bool can_wait() const override { return false; }
  query::ReadPosition& position() override { return position_; }

 private:
  const projector::Projector& projector_;
  projector::StateReader reader_;
  ReadPosition position_;
};

// Follows the state store that a projector of another process keeps in a folder of this host, on a thread of its own; there is
// nothing to read until that folder is there. `tables` is how far the read tables are: when they grow, the state store follows
// within moments.
class FollowedState final : public query::StateSource {
 public:
  static constexpr int hurry_ms = 2;          // between two looks while the read tables are ahead, doubled up to the next one
  static constexpr int poll_interval_ms = 250;

  FollowedState(const std::filesystem::path& folder, std::shared_ptr<projector::Progress> tables);
  ~FollowedState() override;

  std::optional<projector::StateView> view() override;
  bool can_wait() const override { return true; }
  query::ReadPosition& position() override { return position_; }

 private:
  void run();
  void catch_up();

  std::shared_ptr<projector::Progress> tables_, progress_ = std::make_shared<projector::Progress>();
  ReadPosition position_{progress_};
  std::filesystem::path own_;  // RocksDB's notes about following
  projector::StateReader reader_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool grown_ = false, stopping_ = false;
  std::shared_ptr<void> listening_;
  std::thread thread_;
};

}  // namespace daybook::app
