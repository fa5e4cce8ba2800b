#pragma once
// What mail means wherever a token comes by it.
#include "command-service/domain/user/user.hpp"

namespace daybook::domain::user {

// Whether a mail is so new that it is not sent again.
bool is_on_its_way(text::Instant sent_at, text::Instant now);
// Whoever holds what was mailed to the user's address has it.
void prove_address(const State& state, std::vector<Event>& events);

}  // namespace daybook::domain::user
