#include "command-service/delivering/ladder.hpp"

namespace daybook::delivering {
namespace {

// By the delivery's own id, so that it is the same wherever it is computed.
text::Instant next_after(std::int64_t attempts, text::Instant now, text::Uuid delivery) {
  constexpr std::int64_t byte_max = 255, whole_percent = 100;
  const std::chrono::microseconds wait = waits.at(static_cast<std::size_t>(attempts - 1));
  const auto spread = wait * wait_spread_percent_max / whole_percent;
  return now + wait + spread * std::int64_t{delivery.bytes.back()} / byte_max;
}

}  // namespace

After after_attempt(std::int64_t attempts, const outbound::Answer& answer, text::Instant now, text::Uuid delivery) {
  if (answer.taken()) return {Outcome::succeeded, std::nullopt};
  if (answer.status == gone_status) return {Outcome::gone, std::nullopt};
  if (attempts >= attempts_max) return {Outcome::failed, std::nullopt};
  return {Outcome::again, next_after(attempts, now, delivery)};
}

bool is_given_up(const std::optional<text::Instant>& failing_since, text::Instant now) { return failing_since && now - *failing_since >= failing_max; }

}  // namespace daybook::delivering
