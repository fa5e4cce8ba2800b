#pragma once
// An event as those outside are told of it, by live streams and by webhooks alike.
#include <string>

#include "events/log_reader.hpp"

namespace daybook::events {

// CloudEvents 1.0 as JSON. What is personal stays sealed and is left out altogether.
std::string cloud_event(const LogIdentity& log, const Envelope& event);

}  // namespace daybook::events
