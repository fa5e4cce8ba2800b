#include "platform/postgres/connection.hpp"

#include <poll.h>

#include <atomic>
#include <chrono>

#include "platform/postgres/session.hpp"

namespace daybook::pg {
namespace {

std::atomic<std::uint64_t> opened{0};

ConnectionHandle connect(const std::string& url) {
  const auto timeout = std::to_string(Connection::connect_timeout_s);
  // What stands before dbname is a default the URL may override; what stands after it holds always.
  const char* const names[] = {"fallback_application_name", "connect_timeout", "dbname", "client_encoding",
                               nullptr};
  const char* const values[] = {"daybook", timeout.c_str(), url.c_str(), "UTF8", nullptr};
  return ConnectionHandle(PQconnectdbParams(names, values, 1));
}

/// True when the socket has something to read within the time.
bool readable(PGconn* connection, int timeout_ms) {
  pollfd descriptor{PQsocket(connection), POLLIN, 0};
  return descriptor.fd >= 0 && poll(&descriptor, 1, timeout_ms) > 0;
}

std::optional<Notification> take_notification(PGconn* connection) {
  const std::unique_ptr<PGnotify, FreeMemory> notify(PQnotifies(connection));
  if (!notify) return std::nullopt;
  return Notification{notify->relname, notify->extra == nullptr ? "" : notify->extra};
}

}  // namespace

Connection::Connection(const std::string& url) : impl_(std::make_unique<Impl>()) {
  impl_->handle = connect(normalise_url(url));
  if (PQstatus(impl_->raw()) != CONNECTION_OK) impl_->raise_lost();
  PQsetNoticeProcessor(
      impl_->raw(), [](void*, const char*) {}, nullptr);
  impl_->cancel.reset(PQgetCancel(impl_->raw()));
  ++opened;
}

std::uint64_t connections_opened() noexcept { return opened; }

Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result Connection::exec(const std::string& sql) { return impl_->check(PQexec(impl_->raw(), sql.c_str())); }

Result Connection::exec(const std::string& sql, const Params& params) {
  const ParamArrays arrays(params);
  return impl_->check(PQexecParams(impl_->raw(), sql.c_str(), arrays.size(), nullptr, arrays.values.data(),
                                   arrays.lengths.data(), arrays.formats.data(), 0));
}

Result Connection::exec_prepared(const std::string& sql, const Params& params) {
  auto known = impl_->prepared.find(sql);
  if (known == impl_->prepared.end()) {
    if (impl_->prepared.size() >= prepared_statements_max) return exec(sql, params);
    const auto name = impl_->next_name();
    (void)impl_->check(PQprepare(impl_->raw(), name.c_str(), sql.c_str(), 0, nullptr));
    known = impl_->prepared.emplace(sql, name).first;
  }
  const ParamArrays arrays(params);
  auto* answer = PQexecPrepared(impl_->raw(), known->second.c_str(), arrays.size(), arrays.values.data(),
                                arrays.lengths.data(), arrays.formats.data(), 0);
  if (PQresultStatus(answer) != PGRES_FATAL_ERROR || !Impl::is_stale_plan(answer)) {
    return impl_->check(answer);
  }
  const Result stale(answer);
  impl_->prepared.erase(known);
  // Inside a transaction the error has already failed it; the next attempt prepares anew.
  if (transaction_state() != TransactionState::idle) impl_->raise(answer);
  return exec(sql, params);
}

void Connection::listen(std::string_view channel) { exec("LISTEN " + quote_identifier(channel)); }

std::optional<Notification> Connection::wait_notify(int timeout_ms) {
  using namespace std::chrono;
  const auto deadline = steady_clock::now() + milliseconds(timeout_ms);
  while (true) {
    if (PQconsumeInput(impl_->raw()) == 0) impl_->raise_lost();
    if (auto notification = take_notification(impl_->raw())) return notification;
    const auto left = duration_cast<milliseconds>(deadline - steady_clock::now()).count();
    if (left <= 0) return std::nullopt;
    // The loop judges by the clock, so a poll that ends early does no harm.
    (void)readable(impl_->raw(), static_cast<int>(left));
  }
}

void Connection::cancel() noexcept {
  char reason[256];
  (void)PQcancel(impl_->cancel.get(), reason, sizeof reason);
}

bool Connection::ping() noexcept {
  try {
    exec("");
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

bool Connection::alive() noexcept {
  while (PQstatus(impl_->raw()) == CONNECTION_OK) {
    if (!readable(impl_->raw(), 0)) return true;
    if (PQconsumeInput(impl_->raw()) == 0) return false;
  }
  return false;
}

TransactionState Connection::transaction_state() const noexcept {
  switch (PQtransactionStatus(impl_->raw())) {
    case PQTRANS_IDLE:
      return TransactionState::idle;
    case PQTRANS_INTRANS:
      return TransactionState::open;
    case PQTRANS_INERROR:
      return TransactionState::failed;
    default:
      return TransactionState::unknown;
  }
}

int Connection::backend_pid() const noexcept { return PQbackendPID(impl_->raw()); }

std::vector<std::string> check_durability(Connection& connection) {
  const auto settings = connection.exec(
      "SELECT current_setting('fsync'), current_setting('full_page_writes'), "
      "current_setting('synchronous_commit')");
  std::vector<std::string> sentences;
  if (settings.text(0, 0) == "off") {
    sentences.push_back("fsync is off: a crash of the machine can destroy the whole log. Set fsync = on.");
  }
  if (settings.text(0, 1) == "off") {
    sentences.push_back(
        "full_page_writes is off: a crash can leave half-written pages behind. Set full_page_writes = on.");
  }
  if (settings.text(0, 2) == "off") {
    sentences.push_back(
        "synchronous_commit is off: commands that were answered can be lost. Set synchronous_commit = on.");
  }
  return sentences;
}

}  // namespace daybook::pg
