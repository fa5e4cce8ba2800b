#pragma once
// What plans come to by the time they were in force. All of it is whole nano-units: what several parts come to together is rounded
// once, half to even, and its parts add up to it.
#include "events/subscription/state.hpp"

namespace daybook::domain::subscription {

// The end of the period that begins so many months after the first one did: on the same day of the month, or on its last one.
text::Instant months_after(text::Instant anchor, std::int64_t months);

// The charges for a period up to `until`, which is its end or before. Each price is that of the whole period; a part costs as
// much of it as it takes of the period. Parts of no length cost nothing and are left out. By largest remainder.
std::vector<events::subscription::Charge> prorated(const std::vector<events::subscription::Stretch>& stretches, text::Instant start,
                                                   text::Instant end, text::Instant until);

// quantity × price ÷ per, half to even; nothing where it is more than an amount can be.
std::optional<events::Decimal> cost_of(events::Decimal quantity, events::Decimal price, std::int64_t per);
// Nothing where the sum is more than an amount can be.
std::optional<events::Decimal> sum(events::Decimal a, events::Decimal b);

}  // namespace daybook::domain::subscription
