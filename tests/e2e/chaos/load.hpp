#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/caller.hpp"

namespace daybook::test {

/// Rounds of a test that goes round: few in the suite, DAYBOOK_CHAOS_CYCLES of them in the long run.
int chaos_cycles(int usual);

/// Somebody's access token. It lasts a quarter of an hour, a long run longer.
class AccessToken {
 public:
  explicit AccessToken(const Caller& person) : email_(person.email), token_(person.token) {}
  [[nodiscard]] std::string text() const;
  /// Signs in again at a server of the command service, once this one has run out.
  void renew(const std::string& used, const std::string& url);

 private:
  const std::string email_;
  mutable std::mutex mutex_;
  std::string token_;
};

/// Several who write as fast as they can, each request under an Idempotency-Key of its own and repeated until
/// it is acknowledged, whatever happens to the server in between. What was acknowledged is remembered, to be
/// looked for. They run ahead of whoever waits for them, so that requests are in hand when something breaks, but not
/// without end: a fast machine would write in a minute what nobody can read through.
class Load {
 public:
  static constexpr std::size_t ahead_max = 2000;  // requests acknowledged beyond what was waited for

  /// Writes to all of the servers in turn.
  Load(Team& team, std::vector<std::string> urls, int writers = 4);
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;
  ~Load();

  /// Where to write from now on.
  void serve_at(std::vector<std::string> urls);
  [[nodiscard]] std::size_t acknowledged() const { return acknowledged_; }
  /// Requests that got no reply, or a 503.
  [[nodiscard]] std::size_t troubles() const { return troubles_; }
  /// Waits until so many more were acknowledged.
  [[nodiscard]] bool go_on(std::size_t requests);
  /// Begins nothing new, waits for what was begun, and expects that all of it was acknowledged.
  void finish();
  /// Everything acknowledged is there once, and nothing else is.
  void expect_everything_once(Caller& caller) const;

 private:
  struct Written {
    std::vector<std::string> titles, comments;
    std::map<std::string, std::string> descriptions;  // by issue: the last one
    std::vector<std::string> complaints;
  };

  void write(int writer);
  // False when it is over.
  bool may_go_on();
  // The reply that acknowledges it; status 0 when there was none until the end.
  Reply send(http::Client& client, std::string& connected_to, int writer, const std::string& method,
             const std::string& path, const std::string& body, const std::string& key);
  std::string url_of(int writer);

  const std::string workspace_;
  AccessToken token_;
  std::mutex mutex_;
  std::vector<std::string> urls_;
  std::vector<Written> written_;
  std::vector<std::thread> threads_;
  std::atomic<std::size_t> acknowledged_{0}, troubles_{0}, allowed_{ahead_max};
  std::atomic<bool> ending_{false}, abandoned_{false};
};

}  // namespace daybook::test
