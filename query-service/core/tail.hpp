#pragma once
// One client's live events: those of a workspace that the client may see, each sent once the read models show it. Woken by
// news of its workspace and by its heartbeat; pages are read on a worker, one at a time. Lives until its stream ends.
#include <chrono>
#include <mutex>
#include <optional>

#include "query-service/core/condition.hpp"
#include "query-service/core/context.hpp"
#include "query-service/core/news.hpp"
#include "query-service/core/point.hpp"
#include "query-service/core/shared_log.hpp"

namespace daybook::query {

inline constexpr int reconnect_ms = 1000;  // what clients are told to wait when the process drains
inline constexpr std::size_t tail_page_events = 200;
inline constexpr std::size_t tail_page_bytes = 1 << 20;
inline constexpr std::size_t tail_unsent_bytes_max = 128 << 10;  // beyond which nothing more is read for the client
inline constexpr int slow_reader_check_ms = 50;
inline constexpr std::chrono::seconds slow_reader_patience{30};  // without reading anything; then the stream is cut

// What of the workspace's events a client wants.
struct EventFilter {
  std::vector<std::string> types = {};               // empty: all
  std::optional<std::string> entity = std::nullopt;  // about this thing, or in this issue or project
  std::optional<std::string> project = std::nullopt;
};

class Tail : public std::enable_shared_from_this<Tail> {
 public:
  struct Options {
    api::Principal who;
    events::WorkspaceId workspace{};
    events::Position from{};
    EventFilter filter;
    const Resource& entries;  // the resource whose rows say what happened, by position
    std::shared_ptr<SharedLog> log;
    std::shared_ptr<News> news;
    std::shared_ptr<LiveStreams::Place> place;
  };

  Tail(const QueryContext& context, Options options, http::StreamWriter writer);
  void start();

 private:
  void heartbeat();
  void stop();
  void drain();
  void wake();
  bool more();
  void read();
  bool send_page();
  std::optional<Viewer> viewer(pg::Connection& connection);
  std::vector<events::Position> visible_positions(pg::Connection& connection, const Viewer& reader, events::Position upto);
  bool send_range(const std::vector<events::Position>& wanted, std::size_t first, std::size_t last);
  bool client_keeps_up();
  void check_soon();

  const QueryContext& context_;
  Options options_;
  events::Position sent_;
  http::StreamWriter writer_;
  std::mutex mutex_;  // of what stands below
  std::shared_ptr<void> listening_;  // to the news
  bool reading_ = false;
  bool again_ = false;
  bool checking_ = false;          // a timer looks whether the client has read
  std::size_t stalled_bytes_ = 0;  // these two by the reading worker alone
  std::chrono::steady_clock::time_point stalled_since_{};
};

}  // namespace daybook::query
