#pragma once
// What the log is asked and told about a delivery: the webhook as it stands, and how it ended.
#include "command-service/delivering/queue.hpp"
#include "command-service/domain/webhook/webhook.hpp"
#include "command-service/log/appender.hpp"

namespace daybook::delivering {

// As it stands now, its secret opened. Throws events::LogUnavailable.
events::webhook::State webhook_now(log::Appender& appender, events::WebhookId webhook);

// An event of the webhook, by the system, because of the event that was told. A webhook whose receiver is gone, or that has failed for days,
// is disabled by the same command, and a person told: whoever registered it, or the workspace's owner. Throws events::LogUnavailable.
void tell_end(log::Appender& appender, const Due& due, const events::Envelope& cause, const outbound::Answer& answer, Outcome outcome);

}  // namespace daybook::delivering
