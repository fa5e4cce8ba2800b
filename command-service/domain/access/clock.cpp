#include "command-service/domain/access/clock.hpp"

namespace daybook::domain::access {
namespace {

// Nothing where it is later than anything can be.
std::optional<text::Instant> target_of(const MoveClock& command, text::Instant now) {
  const auto room = std::chrono::floor<std::chrono::seconds>(clock_latest - now).count();
  if (command.advance_seconds) return *command.advance_seconds <= room ? std::optional(now + std::chrono::seconds(*command.advance_seconds)) : std::nullopt;
  return *command.set_to <= clock_latest ? command.set_to : std::nullopt;
}

}  // namespace

Result<std::vector<events::access::Event>> move_clock(const user::State& who, const MoveClock& command, text::Instant now) {
  if (!who.is_superuser || who.deleted_at) return forbidden("Only a superuser moves the clock.");
  if (command.advance_seconds.has_value() == command.set_to.has_value()) return invalid("", "required", "Expected one of advance_seconds and set_to.");
  const std::string pointer = command.set_to ? "/set_to" : "/advance_seconds";
  if (command.advance_seconds && *command.advance_seconds < 0) return invalid(pointer, "clock-goes-back", "A clock goes forward only.");
  const auto target = target_of(command, now);
  if (!target) return invalid(pointer, "out-of-range", "Expected a time before the year 9000.");
  if (*target < now) return invalid(pointer, "clock-goes-back", "A clock goes forward only; it is " + text::format_instant(now) + " now.");
  if (*target == now) return std::vector<events::access::Event>{};
  return std::vector<events::access::Event>{events::access::ClockMoved{(*target - command.machine_now).count()}};
}

}  // namespace daybook::domain::access
