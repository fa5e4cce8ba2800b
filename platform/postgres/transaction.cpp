#include "platform/postgres/transaction.hpp"

namespace daybook::pg {
namespace {

std::string begin_command(Isolation isolation, bool read_only) {
  std::string sql = "BEGIN";
  switch (isolation) {
    case Isolation::read_committed:
      sql += " ISOLATION LEVEL READ COMMITTED";
      break;
    case Isolation::repeatable_read:
      sql += " ISOLATION LEVEL REPEATABLE READ";
      break;
    case Isolation::serializable:
      sql += " ISOLATION LEVEL SERIALIZABLE";
      break;
  }
  return read_only ? sql + " READ ONLY" : sql;
}

}  // namespace

Transaction::Transaction(Connection& connection, Isolation isolation, bool read_only)
    : connection_(connection) {
  connection_.exec(begin_command(isolation, read_only));
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    connection_.exec("ROLLBACK");
  } catch (const std::exception&) {
    // A lost connection has rolled back by itself.
  }
}

void Transaction::commit() {
  // The server answers COMMIT of a failed transaction with a quiet ROLLBACK; say it aloud instead.
  if (connection_.transaction_state() == TransactionState::failed) {
    throw Error("25P02", "the transaction has already failed and cannot be committed");
  }
  open_ = false;
  connection_.exec("COMMIT");
}

void Transaction::rollback() {
  open_ = false;
  connection_.exec("ROLLBACK");
}

}  // namespace daybook::pg
