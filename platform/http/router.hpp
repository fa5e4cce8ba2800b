#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace daybook::http {

/// Finds the route of a path. Pure: filled once at start, then read by any number of threads.
///
/// A pattern is "/api/v1/issues/{issue}": segments are literal or one parameter as a whole. Where both fit,
/// the literal wins, and a literal that leads nowhere gives way to the parameter beside it. HEAD is answered
/// by GET's route unless it has its own. One trailing slash on the path is accepted everywhere.
class Router {
 public:
  struct Found {
    int id = 0;
    std::vector<std::pair<std::string, std::string>> params;  ///< Name and decoded segment, left to right.

    /// Empty when the pattern has no such parameter.
    [[nodiscard]] std::string_view param(std::string_view name) const noexcept;
  };
  /// The path exists, under these methods: the value of Allow (RFC 9110 §10.2.1), sorted.
  struct MethodNotAllowed {
    std::vector<std::string> allow;
  };
  struct NotFound {};
  using Match = std::variant<Found, MethodNotAllowed, NotFound>;

  Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  /// Throws std::invalid_argument for a malformed pattern, and for a route that is already there (the names
  /// of parameters do not make routes differ).
  void add(std::string_view method, std::string_view pattern, int id);

  /// `raw_path` is the path as sent (Request::raw_path): segments are split first and decoded after, so an
  /// encoded slash stays inside its segment. A segment that cannot be decoded, or an empty one, matches
  /// nothing.
  [[nodiscard]] Match match(std::string_view method, std::string_view raw_path) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

}  // namespace daybook::http
