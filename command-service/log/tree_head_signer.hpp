#pragma once
// Signs the log's root once a second while it grows. Follows the leaves by itself and signs nothing that does not continue
// what it signed before, so that whoever alters the database gets no signature for it. One signer writes at a time: the
// others, in other processes, find the head signed or the lock taken.
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "command-service/log/tree_head.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

inline constexpr int sign_interval_ms = 1000;
inline constexpr int sign_retry_ms = 1000;        // after an outage
inline constexpr std::size_t leaves_page_max = 20000;

// The log is not what was signed before. The message is a sentence for whoever runs it.
struct HistoryAltered : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class TreeHeadSigner {
 public:
  TreeHeadSigner(std::string url, LogIdentity identity, std::shared_ptr<const crypto::KeyFile> keys,
                 std::function<text::Instant()> clock);

  // Until told to stop, over outages of the database. Throws HistoryAltered.
  void run(std::stop_token stop);
  // One look: signs the head where nobody has. False when there is nothing to sign or somebody else is at it.
  bool sign_once();

 private:
  void connect();
  void start_at_last_signed();
  void follow(const Head& head);

  std::string url_;
  LogIdentity identity_;
  std::shared_ptr<const crypto::KeyFile> keys_;
  std::function<text::Instant()> clock_;
  std::optional<pg::Connection> connection_;
  std::optional<crypto::Frontier> followed_;  // the leaves up to here are those that were signed
};

// The newest signed tree head of the log's epoch.
std::optional<TreeHead> select_newest_tree_head(pg::Connection& connection);
std::vector<TreeHead> select_tree_heads(pg::Connection& connection, Position after, Position upto);

}  // namespace daybook::log
