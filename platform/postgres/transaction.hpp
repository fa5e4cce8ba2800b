#pragma once

#include "platform/postgres/connection.hpp"

namespace daybook::pg {

enum class Isolation { read_committed, repeatable_read, serializable };

/// BEGIN on construction, ROLLBACK on destruction unless `commit` or `rollback` was called. Lives on the
/// stack, shorter than its connection and on the same thread.
class Transaction {
 public:
  explicit Transaction(Connection& connection, Isolation isolation = Isolation::read_committed,
                       bool read_only = false);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// Throws ConnectionLost when the answer did not come: the outcome is then unknown. A transaction that the
  /// server had already failed is an Error (25P02), never a silent rollback.
  void commit();
  void rollback();

  [[nodiscard]] Connection& connection() noexcept { return connection_; }

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace daybook::pg
