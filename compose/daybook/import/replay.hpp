#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "compose/daybook/import/change_log.hpp"
#include "compose/daybook/import/record.hpp"

namespace daybook::importer {

/// A record as the log leaves it.
struct Record {
  Fields fields;
  std::string by;  ///< Who last wrote it.
  text::Instant opened_at{};
  std::string status{first_status};  ///< In Daybook's words; that before the tombstone.
  std::optional<text::Instant> started_at;
  std::optional<text::Instant> completed_at;
  std::map<CommentText, text::Instant> comments_seen;  ///< Since when without a break.
  bool removed = false;

  [[nodiscard]] bool is_tombstone() const;
  [[nodiscard]] bool is_deleted() const { return removed || is_tombstone(); }
};

/// Plays a change log without commands, in the plainest way: the yardstick that an import is held against.
/// It shares with the mapping only how one record reads. Of the edges it plays what no record tells alone:
/// which of them came first, and so which of them close a circle. One thread.
class Replay {
 public:
  /// One record's word about another.
  struct Edge {
    std::string from;
    Statement::Kind kind = Statement::Kind::related;
    std::string to;
    friend auto operator<=>(const Edge&, const Edge&) = default;
  };

  void add(const Change& change);
  void finish();

  [[nodiscard]] const std::map<std::string, Record>& records() const { return records_; }
  /// The edges that hold at the end, those of deleted issues included.
  [[nodiscard]] const std::set<Edge>& edges() const { return edges_; }

 private:
  void restate(const std::string& from, const std::vector<Statement>& statements);
  void see_comments(Record& record, const std::vector<CommentText>& comments, text::Instant at) const;
  void settle();
  void move_status(Record& record, std::string_view status, text::Instant at) const;
  [[nodiscard]] bool reaches(Statement::Kind kind, const std::string& from, const std::string& to) const;
  [[nodiscard]] bool is_there(const std::string& id) const;

  std::map<std::string, Record> records_;
  std::map<Edge, std::int64_t> stated_;  // since when without a break
  std::int64_t statements_ = 0;
  std::set<Edge> edges_;
  std::optional<text::Instant> group_;
};

}  // namespace daybook::importer
