#include "platform/postgres/session.hpp"

namespace daybook::pg {
namespace {

/// One pipeline from its first send to its sync. Prepared statements become known only when the server has
/// confirmed them, because everything behind an error is skipped.
class Pipeline {
 public:
  Pipeline(PGconn* connection, Connection::Impl& session) : connection_(connection), session_(session) {}

  /// False when libpq refused a statement; what was sent before it still has to be read.
  bool send(const Statement& statement) {
    const auto name = name_for(statement.sql);
    if (!name) return false;
    const ParamArrays arrays(statement.params);
    const int sent =
        name->empty()
            ? PQsendQueryParams(connection_, statement.sql.c_str(), arrays.size(), nullptr,
                                arrays.values.data(), arrays.lengths.data(), arrays.formats.data(), 0)
            : PQsendQueryPrepared(connection_, name->c_str(), arrays.size(), arrays.values.data(),
                                  arrays.lengths.data(), arrays.formats.data(), 0);
    if (sent == 0) return false;
    awaited_.push_back({&statement.sql, {}});
    return true;
  }

  /// Reads every answer. Returns those of the statements; the first failure goes to `first_error`.
  std::vector<Result> receive(ResultHandle& first_error) {
    std::vector<Result> results;
    for (const Awaited& awaited : awaited_) {
      ResultHandle answer = next_answer();
      const auto status = PQresultStatus(answer.get());
      if (status == PGRES_PIPELINE_ABORTED) continue;
      if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        if (Connection::Impl::is_stale_plan(answer.get())) session_.prepared.erase(*awaited.sql);
        if (!first_error) first_error = std::move(answer);
        continue;
      }
      if (awaited.prepared_name.empty()) {
        results.emplace_back(answer.release());
      } else {
        session_.prepared.emplace(*awaited.sql, awaited.prepared_name);
      }
    }
    return results;
  }

  void read_sync() {
    const ResultHandle sync(PQgetResult(connection_));
    if (PQstatus(connection_) == CONNECTION_BAD) session_.raise_lost();
  }

 private:
  struct Awaited {
    const std::string* sql;
    /// Set when the answer is to a Parse, not to a statement.
    std::string prepared_name;
  };

  /// The name to execute under; empty for "unprepared"; nullopt when the Parse could not be sent.
  std::optional<std::string> name_for(const std::string& sql) {
    if (const auto known = session_.prepared.find(sql); known != session_.prepared.end())
      return known->second;
    if (const auto coming = coming_.find(sql); coming != coming_.end()) return coming->second;
    if (session_.prepared.size() + coming_.size() >= Connection::prepared_statements_max) return "";
    const auto name = session_.next_name();
    if (PQsendPrepare(connection_, name.c_str(), sql.c_str(), 0, nullptr) == 0) return std::nullopt;
    awaited_.push_back({&sql, name});
    coming_.emplace(sql, name);
    return name;
  }

  /// libpq ends each command's answers with a null; statements of one command have one answer.
  ResultHandle next_answer() {
    ResultHandle answer(PQgetResult(connection_));
    if (!answer || PQstatus(connection_) == CONNECTION_BAD) session_.raise(answer.get());
    while (PGresult* extra = PQgetResult(connection_)) PQclear(extra);
    return answer;
  }

  PGconn* connection_;
  Connection::Impl& session_;
  std::vector<Awaited> awaited_;
  std::unordered_map<std::string, std::string> coming_;
};

}  // namespace

std::vector<Result> Connection::pipeline(std::span<const Statement> statements) {
  const bool began_idle = transaction_state() == TransactionState::idle;
  if (PQenterPipelineMode(impl_->raw()) == 0) impl_->raise(nullptr);
  Pipeline pipeline(impl_->raw(), *impl_);
  std::string refusal;
  for (const Statement& statement : statements) {
    if (pipeline.send(statement)) continue;
    refusal = PQerrorMessage(impl_->raw());
    break;
  }
  if (PQpipelineSync(impl_->raw()) == 0) impl_->raise_lost();
  ResultHandle first_error;
  auto results = pipeline.receive(first_error);
  pipeline.read_sync();
  (void)PQexitPipelineMode(impl_->raw());
  if (!first_error && refusal.empty()) return results;
  if (began_idle && transaction_state() != TransactionState::idle && alive()) exec("ROLLBACK");
  if (first_error) impl_->raise(first_error.get());
  throw Error("XX000", refusal);
}

}  // namespace daybook::pg
