#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/e2e/caller.hpp"

namespace daybook::test {

/// One operation of the OpenAPI document that the server serves.
struct Operation {
  std::string id, method;
  std::string path;     ///< below /api/v1, or from the root with "//" before it, as callers take it
  std::string command;  ///< "issue.open", empty for what is no command on a workspace's things
  bool signed_in = true;
  bool for_superusers = false;
  bool streams = false;  ///< answers with server-sent events
  json::object body;     ///< its schema; empty when there is none
  json::object row;      ///< the schema of a list's rows; empty for what is no list

  [[nodiscard]] bool in_workspace() const { return path.starts_with("/workspaces/{workspace}"); }
  /// Names of the path's parameters.
  [[nodiscard]] std::vector<std::string> parameters() const;
};
std::ostream& operator<<(std::ostream& out, const Operation& operation);

std::vector<Operation> all_operations(Caller& caller);

/// What stands for a path's parameter or a body's field, by its name: {"issue", "…"}, {"title", "…"}.
using Values = std::map<std::string, std::string>;

/// The path with ids in it, and what a query must have. A parameter without a value fails the test with a
/// sentence.
std::string path_of(const Operation& operation, const Values& values);
/// A body that holds what is required. A field without a value fails the test with a sentence.
std::string body_of(const Operation& operation, const Values& values);

}  // namespace daybook::test
