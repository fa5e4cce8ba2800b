#include "compose/daybook/request_log.hpp"

#include "compose/daybook/metrics.hpp"
#include "platform/logging/log.hpp"

namespace daybook::app {
namespace {

// Ours to look into; that a dependency is away says another line already.
logging::Level level_of(int status) {
  if (status == 500) return logging::Level::error;
  return status > 500 ? logging::Level::warning : logging::Level::info;
}

}  // namespace

void log_request(const api::Answered& answered) {
  const auto principal = answered.principal ? answered.principal->text() : std::string();
  logging::write(level_of(answered.status), "request",
                 {{"method", known_method(answered.method)},
                  {"route", answered.path},
                  {"operation", answered.route},
                  {"status", std::int64_t{answered.status}},
                  {"code", answered.code},
                  {"duration_ms", static_cast<double>(answered.duration.count()) / 1000},
                  {"bytes_in", static_cast<std::int64_t>(answered.bytes_in)},
                  {"bytes_out", static_cast<std::int64_t>(answered.bytes_out)},
                  {"principal_kind", principal.empty() ? "" : answered.by_agent ? "agent" : "user"},
                  {"principal_id", principal},
                  {"request_id", answered.request_id},
                  {"trace_id", answered.trace_id}});
}

}  // namespace daybook::app
