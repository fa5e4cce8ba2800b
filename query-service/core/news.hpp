#pragma once
// In which workspaces something has happened. The open streams of a process listen here instead of to the log's growth, which
// is everybody's: one query for all of them tells whom it concerns, so that a stream of a quiet workspace costs nothing while
// others are busy. None is made while nobody listens. Lives as long as who listens; safe from any thread.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "query-service/core/context.hpp"

namespace daybook::query {

class News : public std::enable_shared_from_this<News> {
 public:
  explicit News(const QueryContext& context) : context_(context) {}

  // Calls back once the read models show more of what happened in the workspace than before, perhaps once too often, until the
  // returned handle is dropped. From any thread; must be quick.
  std::shared_ptr<void> listen(events::WorkspaceId workspace, std::function<void()> then);

 private:
  struct Listening;
  using Ears = std::map<std::uint64_t, std::pair<events::WorkspaceId, std::function<void()>>>;

  void grown();
  void look();
  bool more(events::Position& after, std::set<std::string>& workspaces);
  std::set<std::string> among(const std::set<std::string>& workspaces, events::Position after);
  void tell(const std::set<std::string>& workspaces);
  void forget(std::uint64_t number);

  const QueryContext& context_;
  std::mutex mutex_;  // of what stands below
  Ears ears_;
  std::uint64_t next_ = 1;
  std::shared_ptr<void> growth_;  // while somebody listens
  events::Position seen_{};       // up to where everybody was told
  bool looking_ = false, again_ = false;
};

}  // namespace daybook::query
