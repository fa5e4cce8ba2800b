#pragma once
// What becomes of a delivery after an attempt. Pure.
#include <array>
#include <chrono>
#include <optional>

#include "platform/outbound/outbound.hpp"
#include "platform/text/instant.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::delivering {

// Between one attempt and the next: about three days in all, so that a weekend without anybody is survived.
inline constexpr std::array<std::chrono::seconds, 9> waits{
    std::chrono::seconds(5), std::chrono::minutes(5), std::chrono::minutes(30), std::chrono::hours(2),  std::chrono::hours(5),
    std::chrono::hours(10),  std::chrono::hours(14),  std::chrono::hours(20),   std::chrono::hours(24)};
inline constexpr std::int64_t attempts_max = waits.size() + 1;
inline constexpr std::int64_t wait_spread_percent_max = 10;  // by which deliveries that failed together come apart
inline constexpr std::chrono::days failing_max{5};           // a webhook that fails for longer is disabled
inline constexpr std::int64_t gone_status = 410;             // the receiver says that nobody is there any more

enum class Outcome { succeeded, again, failed, gone };

struct After {
  Outcome outcome{};
  std::optional<text::Instant> next_at;  // of the next attempt
};

// `attempts` counts this one.
After after_attempt(std::int64_t attempts, const outbound::Answer& answer, text::Instant now, text::Uuid delivery);
// Whether a webhook has failed for too long. What fails first is no reason yet.
bool is_given_up(const std::optional<text::Instant>& failing_since, text::Instant now);

}  // namespace daybook::delivering
