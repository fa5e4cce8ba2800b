#pragma once
// What a batch asks, as SQL: one statement a kind of question, so that each takes its snapshot after the lock
// was taken.
#include <functional>
#include <vector>

#include "command-service/log/store.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

class Questions {
 public:
  // Appends the statements of `asks` to `statements`, which then go through the connection's pipeline
  // together.
  Questions(const Asks& asks, std::vector<pg::Statement>& statements);

  // The answers out of the pipeline's results, of which this one's begin at `first`.
  Answers take(std::span<const pg::Result> results) const;

 private:
  using Take = std::function<void(const pg::Result&, Answers&)>;
  void ask(std::string sql, pg::Params params, Take take);
  void ask_streams(const Asks& asks);
  void ask_claims(const Asks& asks);
  void ask_references(const Asks& asks);
  void ask_counters(const Asks& asks);
  void ask_closures(const Asks& asks);
  void ask_besides(const Asks& asks);
  void ask_requests(const Asks& asks);
  void ask_sources(const Asks& asks);

  std::vector<pg::Statement>& statements_;
  std::size_t first_;
  std::vector<Take> takes_;
  Answers unanswered_;  // what is absent in the log
};

// The newest row of log.heads; before the first batch the head of an empty log.
inline constexpr std::string_view newest_head_sql =
    "SELECT position, recorded_at, batch_id, frontier, root FROM log.heads"
    " ORDER BY position DESC, recorded_at DESC, batch_id DESC LIMIT 1";
Head head_of(const pg::Result& rows, int row);
Head newest_head_of(const pg::Result& rows);

Reference reference_of(const pg::Result& rows, int row, int first_column);

}  // namespace daybook::log
