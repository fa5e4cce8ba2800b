#pragma once

// Private to this folder: libpq itself, behind the public headers.

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <unordered_map>

#include "platform/postgres/connection.hpp"

namespace daybook::pg {

struct FinishConnection {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};
struct FreeCancel {
  void operator()(PGcancel* cancel) const noexcept { PQfreeCancel(cancel); }
};
struct ClearResult {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
struct FreeMemory {
  void operator()(void* memory) const noexcept { PQfreemem(memory); }
};

using ResultHandle = std::unique_ptr<PGresult, ClearResult>;
using ConnectionHandle = std::unique_ptr<PGconn, FinishConnection>;

/// The parameters as the arrays that libpq takes; points into the Params, which must outlive it.
struct ParamArrays {
  explicit ParamArrays(const Params& params);
  [[nodiscard]] int size() const noexcept { return static_cast<int>(values.size()); }
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
};

struct Connection::Impl {
  ConnectionHandle handle;
  std::unique_ptr<PGcancel, FreeCancel> cancel;
  /// SQL text to the name it is prepared under on this session.
  std::unordered_map<std::string, std::string> prepared;
  unsigned names_given = 0;

  [[nodiscard]] PGconn* raw() const noexcept { return handle.get(); }

  /// Takes ownership of `answer`; throws the right error when it is not a success.
  Result check(PGresult* answer);
  /// Makes the exception for a failed result or a dead connection.
  [[noreturn]] void raise(const PGresult* answer);
  [[noreturn]] void raise_lost();
  /// True when the answer says that a prepared statement no longer fits (its tables were altered).
  [[nodiscard]] static bool is_stale_plan(const PGresult* answer);
  [[nodiscard]] std::string next_name() { return "daybook_" + std::to_string(++names_given); }
};

}  // namespace daybook::pg
