#pragma once
// Routes whose refusals are noted, behind the answer.
#include "command-service/recording/recorder.hpp"
#include "schemas/api/api.hpp"

namespace daybook::recording {

std::vector<api::Route> watched(std::vector<api::Route> routes, std::shared_ptr<Recorder> recorder);

// One of several commands in a request that was answered as a whole.
void note_denied(Recorder& recorder, const api::Call& call, std::string_view command, std::string_view code);

}  // namespace daybook::recording
