#include "compose/daybook/test_clock.hpp"

#include "compose/daybook/deployment.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::app {
namespace {

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1" || address == "localhost"; }

// By the last move; and never behind the last event, whose time no later one can precede.
std::chrono::microseconds ahead_in_log(const Config& config, text::Instant machine_now) {
  pg::Connection connection(config.database_url);
  const auto row = connection.exec(
      "SELECT coalesce((SELECT (data ->> 'ahead_microseconds')::bigint FROM log.events WHERE event_type = 'access.clock_moved' ORDER BY position DESC LIMIT 1), 0),"
      " coalesce((SELECT (extract(epoch FROM recorded_at) * 1000000)::bigint FROM log.heads ORDER BY position DESC LIMIT 1), 0)");
  const std::chrono::microseconds moved(row.int64(0, 0)), head(row.int64(0, 1));
  return std::max({moved, head - machine_now.time_since_epoch(), std::chrono::microseconds(0)});
}

}  // namespace

std::optional<std::string> real_use(const Config& config) {
  if (!is_loopback(listen_of(config).address)) return "http.listen is " + config.listen + ", which others can reach";
  if (!config.smtp_url.empty()) return "mail.smtp_url is set, so that mail reaches people";
  if (!config.trusted_proxies.empty()) return "http.trusted_proxies names a proxy";
  if (config.kafka_replication_factor > 1) return "kafka.replication_factor is that of a cluster";
  return std::nullopt;
}

std::shared_ptr<runtime::MovableClock> open_test_clock(const Config& config) {
  if (!config.test_clock) return nullptr;
  if (const auto why = real_use(config)) throw Refusal("clock.test is for tests alone, and this looks like an installation in use: " + *why + ".", exit_failed);
  auto clock = std::make_shared<runtime::MovableClock>(system_now);
  clock->be_ahead(ahead_in_log(config, system_now()));
  return clock;
}

std::string test_clock_warning(const runtime::MovableClock* clock) {
  if (clock == nullptr) return "";
  return "The clock is a test clock (clock.test) and says " + text::format_instant(clock->now()) + ": superusers move it by POST /api/v1/test-clock. Keep nothing here that is meant to last.";
}

}  // namespace daybook::app
