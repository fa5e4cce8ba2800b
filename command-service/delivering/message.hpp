#pragma once
// What is sent to a receiver, after the Standard Webhooks specification. Pure.
#include "events/log_reader.hpp"
#include "events/webhook/state.hpp"
#include "platform/outbound/outbound.hpp"

namespace daybook::delivering {

inline constexpr std::size_t body_bytes_max = 1 << 20;  // an event that makes a larger one is told without its data

// {"type", "timestamp", "workspace_id", "data"}, the last as live streams tell the event. What is personal is sealed and not in it.
std::string body_of(const events::LogIdentity& log, const events::Envelope& event);

// The webhook's own headers and those by which the receiver knows it: the id is the same for each attempt, the time is this one's.
// Whoever brought an older secret along may check the older signature as well.
outbound::Post post_of(const events::webhook::State& webhook, text::Uuid delivery, text::Instant now, std::string body);

}  // namespace daybook::delivering
