#pragma once
// AsyncAPI 3.0 of what others may listen to: the Kafka topic and the server-sent events of a workspace, one message for each
// event type that is written.
#include <string>

namespace daybook::asyncapi {

std::string document();

}  // namespace daybook::asyncapi
