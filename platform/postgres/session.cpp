#include "platform/postgres/session.hpp"

namespace daybook::pg {
namespace {

std::string trimmed(const char* text) {
  std::string out = text == nullptr ? "" : text;
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out;
}

std::string field(const PGresult* answer, int code) {
  return answer == nullptr ? std::string() : trimmed(PQresultErrorField(answer, code));
}

/// Class 08 is "connection exception"; 57P01 to 57P05 are the server's own ways to end a session. 08P01 is
/// also the answer to a wrong number of parameters, after which the session goes on.
bool means_lost(std::string_view sqlstate) {
  if (sqlstate == "08P01") return false;
  return sqlstate.starts_with("08") || sqlstate.starts_with("57P");
}

}  // namespace

ParamArrays::ParamArrays(const Params& params) {
  for (const auto& value : params.values()) {
    values.push_back(value.bytes ? value.bytes->data() : nullptr);
    lengths.push_back(value.bytes ? static_cast<int>(value.bytes->size()) : 0);
    formats.push_back(static_cast<int>(value.format));
  }
}

Result Connection::Impl::check(PGresult* answer) {
  Result result(answer);
  switch (answer == nullptr ? PGRES_FATAL_ERROR : PQresultStatus(answer)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
      return result;
    default:
      raise(answer);
  }
}

void Connection::Impl::raise(const PGresult* answer) {
  const auto sqlstate = field(answer, PG_DIAG_SQLSTATE);
  const auto message = field(answer, PG_DIAG_MESSAGE_PRIMARY);
  if (PQstatus(raw()) == CONNECTION_BAD || means_lost(sqlstate)) {
    throw ConnectionLost(sqlstate.empty() ? "08006" : sqlstate,
                         message.empty() ? trimmed(PQerrorMessage(raw())) : message);
  }
  if (sqlstate == "23505") {
    throw UniqueViolation(sqlstate, message, field(answer, PG_DIAG_CONSTRAINT_NAME));
  }
  throw Error(sqlstate.empty() ? "XX000" : sqlstate,
              message.empty() ? trimmed(PQerrorMessage(raw())) : message);
}

void Connection::Impl::raise_lost() { throw ConnectionLost("08006", trimmed(PQerrorMessage(raw()))); }

bool Connection::Impl::is_stale_plan(const PGresult* answer) {
  const auto sqlstate = field(answer, PG_DIAG_SQLSTATE);
  return sqlstate == "0A000" || sqlstate == "26000";
}

}  // namespace daybook::pg
