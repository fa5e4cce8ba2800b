#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/postgres/params.hpp"
#include "platform/postgres/result.hpp"

namespace daybook::pg {

/// Anything the server refuses. `sqlstate` is the five-character code of the PostgreSQL manual, appendix A.
/// The message is the server's primary line; it never carries the DETAIL line, which may quote row values.
class Error : public std::runtime_error {
 public:
  Error(std::string sqlstate, const std::string& message)
      : std::runtime_error(message), sqlstate_(std::move(sqlstate)) {}
  [[nodiscard]] const std::string& sqlstate() const noexcept { return sqlstate_; }

 private:
  std::string sqlstate_;
};

/// The server went away. Whatever was sent and not yet answered, a COMMIT above all, may or may not have
/// happened: the caller connects again and looks. The connection object is dead after this.
class ConnectionLost : public Error {
 public:
  using Error::Error;
};

/// SQLSTATE 23505. `constraint` is the name of the violated constraint or unique index.
class UniqueViolation : public Error {
 public:
  UniqueViolation(std::string sqlstate, const std::string& message, std::string constraint)
      : Error(std::move(sqlstate), message), constraint_(std::move(constraint)) {}
  [[nodiscard]] const std::string& constraint() const noexcept { return constraint_; }

 private:
  std::string constraint_;
};

/// One SQL command with its parameters, as `pipeline` takes them.
struct Statement {
  std::string sql;
  Params params;
};

struct Notification {
  std::string channel;
  std::string payload;
};

enum class TransactionState { idle, open, failed, unknown };

/// Drops a `+driver` suffix of the scheme (`postgresql+asyncpg://` becomes `postgresql://`) and leaves every
/// other URL or keyword string alone. Throws std::invalid_argument with a sentence for sqlite URLs.
[[nodiscard]] std::string normalise_url(const std::string& url);

/// Quotes a name for use inside SQL text.
[[nodiscard]] std::string quote_identifier(std::string_view name);

/// Appends one cell in the text format of COPY (PostgreSQL manual, COPY, "Text Format"); nullopt is NULL.
/// The caller puts '\t' between cells and '\n' after rows.
void append_copy_cell(std::string& rows, std::optional<std::string_view> cell);

/// One session with the server. Lives as long as its owner wants; used by one thread at a time, except
/// `cancel`, which any thread may call while the object lives. It never reconnects by itself: after
/// ConnectionLost the owner makes a new one (the pool does that for its own).
class Connection {
 public:
  static constexpr int connect_timeout_s = 10;
  static constexpr std::size_t prepared_statements_max = 256;

  /// `url` is a libpq URI or keyword string; it goes through normalise_url. Throws ConnectionLost.
  explicit Connection(const std::string& url);
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// Simple protocol: several commands in one text are allowed, the last result is returned.
  Result exec(const std::string& sql);
  /// Extended protocol, one command, parsed anew each time.
  Result exec(const std::string& sql, const Params& params);
  /// Extended protocol; the statement is prepared on first use and kept by its SQL text. Past
  /// `prepared_statements_max` different texts it behaves as `exec`.
  Result exec_prepared(const std::string& sql, const Params& params = {});

  /// Sends every statement (prepared as above) and waits once. The statements bring their own BEGIN and
  /// COMMIT. The first error is thrown after the rest was skipped by the server; a transaction that is left
  /// open by it is rolled back before the throw.
  std::vector<Result> pipeline(std::span<const Statement> statements);

  /// `sql` is a COPY … FROM STDIN; `rows` its data (see append_copy_cell). Returns the number of rows.
  std::int64_t copy_in(const std::string& sql, std::string_view rows);
  /// The same, piece by piece: the server works on one piece while `next` makes the following one. `next` fills the
  /// emptied piece and returns false when there is none left; what it throws ends the command and is thrown on.
  std::int64_t copy_in(const std::string& sql, const std::function<bool(std::string&)>& next);

  void listen(std::string_view channel);
  /// The next notification, or nullopt after `timeout_ms` without one. Throws ConnectionLost.
  [[nodiscard]] std::optional<Notification> wait_notify(int timeout_ms);

  /// Asks the server to stop the running command, which then fails with SQLSTATE 57014.
  void cancel() noexcept;

  /// One round trip; false when the server is gone.
  [[nodiscard]] bool ping() noexcept;
  /// No round trip: false when the socket is known or seen to be closed.
  [[nodiscard]] bool alive() noexcept;
  [[nodiscard]] TransactionState transaction_state() const noexcept;
  [[nodiscard]] int backend_pid() const noexcept;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

/// How many sessions this process has opened, all of them together. In a process at rest it grows only when sessions are lost.
[[nodiscard]] std::uint64_t connections_opened() noexcept;

/// Sentences about settings under which an acknowledged commit can be lost or torn (fsync,
/// full_page_writes, synchronous_commit). Empty when the server keeps its promises.
[[nodiscard]] std::vector<std::string> check_durability(Connection& connection);

}  // namespace daybook::pg
