#pragma once
// The queue of deliveries, log.webhook_deliveries: what waits, what is due, and for a while what became of it. Nothing here begins a
// transaction. The time is the caller's, for the clock of an installation may be moved.
#include <span>

#include "command-service/delivering/ladder.hpp"
#include "command-service/delivering/matching.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::delivering {

inline constexpr std::size_t at_once_per_webhook_max = 2;       // so that one that hangs leaves room for the others
inline constexpr std::chrono::days ended_kept{30};              // then nobody can look at a delivery any more
inline constexpr std::int64_t forgotten_at_a_time_max = 10000;  // rows

// One event for one webhook.
struct Entry {
  events::WebhookId webhook{};
  events::WorkspaceId workspace{};
  events::EventId event{};
  events::Position position{};
  std::string type;
};

struct Due {
  text::Uuid id{};
  events::WebhookId webhook{};
  events::WorkspaceId workspace{};
  events::Position position{};
  std::int64_t attempts = 0;  // so far
};

// Nothing happens to what is there already: the same event may be queued again after a crash.
std::size_t enqueue(pg::Connection& connection, std::span<const Entry> entries, text::Instant now);
// The same, and what has ended begins anew under its old id. How many wait because of it.
std::size_t enqueue_again(pg::Connection& connection, std::span<const Entry> entries, text::Instant now);
// The one delivery of the webhook, from its first attempt on. False where there is none.
bool deliver_again(pg::Connection& connection, events::WorkspaceId workspace, events::WebhookId webhook, text::Uuid delivery, text::Instant now);

// What is under way is left out; of each webhook the longest due come first, and none takes more than its share.
std::vector<Due> find_due(pg::Connection& connection, text::Instant now, std::span<const std::string> under_way, std::size_t max);
void note_attempt(pg::Connection& connection, const Due& due, const outbound::Answer& answer, const After& after, text::Instant now);
// It is sent to nobody, and is no failure of its receiver.
void give_up(pg::Connection& connection, const Due& due, std::string_view why, text::Instant now);

void forget_ended(pg::Connection& connection, text::Instant now);
std::int64_t count_pending(pg::Connection& connection);

}  // namespace daybook::delivering
