#pragma once
// Keys that are no access tokens, as the frame meets them: whose a shown one is, and that it was used. The tools must outlive what
// these give.
#include "command-service/routes/context.hpp"

namespace daybook::routes {

// Asks the log once for each key; in the single process the read models know of the key before its holder is told.
api::FindHolder holder_finder(const CommandTools& tools);

// Notes behind the answer that an API key was shown, and that one has expired. Asks the log at most once a minute for a key.
std::function<void(const api::Call&)> use_noter(const CommandTools& tools);

}  // namespace daybook::routes
