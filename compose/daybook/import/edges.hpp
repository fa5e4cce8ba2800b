#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compose/daybook/import/record.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::importer {

class Report;

/// A statement with the one who makes it.
struct Edge {
  Statement::Kind kind = Statement::Kind::related;
  std::string from;
  std::string to;
  friend auto operator<=>(const Edge&, const Edge&) = default;
};

/// An edge that can be made now, and the line that asked for it.
struct Join {
  Edge edge;
  std::int64_t line = 0;
};

/// Which statements have become edges. A statement waits until both of its issues are there at once; one that
/// would close a circle is passed over until another edge of the graph goes. Edges of deleted issues stand,
/// and count in circles, as they do on the server. Holds every statement in force; lives as long as the
/// mapping; one thread.
class EdgeBook {
 public:
  /// Whether an issue is there and not deleted.
  using Presence = std::function<bool(const std::string&)>;

  EdgeBook(Presence present, Report& report) : present_(std::move(present)), report_(report) {}

  /// Replaces what `from` says. Gives back the edges that no statement holds any more, as they were made.
  [[nodiscard]] std::vector<Edge> state(const std::string& from, const std::vector<Statement>& statements,
                                        std::int64_t line);
  /// The issue came, or came back.
  void arrived(const std::string& id);
  /// The edges to make now, in the order in which they were stated.
  [[nodiscard]] std::vector<Join> settle();
  /// Reports what never became an edge.
  void finish(const std::function<bool(const std::string&)>& ever_came);

 private:
  struct Stated {
    std::int64_t number = 0;
    std::int64_t line = 0;
    bool joined = false;
    bool circle_told = false;
  };

  void withdraw(const Edge& edge, const Stated& stated, std::vector<Edge>& gone);
  bool closes_circle(const Edge& edge) const;
  void put(const Edge& edge);
  void take(const Edge& edge);
  bool try_join(const Edge& edge, Stated& stated);
  void pass_over(const Edge& edge, Stated& stated);

  Presence present_;
  Report& report_;
  std::int64_t last_number_ = 0;
  std::map<Edge, Stated> stated_;
  std::unordered_map<std::string, std::vector<Edge>> stated_by_;
  std::map<std::int64_t, Edge> ready_;  // to be tried at the end of the group
  std::unordered_map<std::string, std::map<std::int64_t, Edge>> waiting_for_;
  std::map<std::int64_t, Edge> circling_;
  std::map<Edge, Edge> joined_;  // by its normalised form: the edge as it was made
  std::unordered_map<std::string, std::string> parents_;
  std::unordered_map<std::string, std::unordered_set<std::string>> blockers_;
};

/// Two that are related are so in either order; every other edge is as it stands.
[[nodiscard]] Edge normalised(Edge edge);

}  // namespace daybook::importer
