#pragma once
// A log that was restored from a backup, or taken over from a standby that lacked its end, would give positions that were
// seen already to other events. So it goes on under a new epoch: whoever holds a checkpoint, cursor or message of the old
// one stops, and is built again.
#include <string>

#include "command-service/log/audit.hpp"

namespace daybook::log {

struct EpochOpened {
  AuditReport audit;     // of what stands; where it is not sound nothing was changed
  LogIdentity identity;  // from now on
  std::string topic;     // for Kafka: a new one, filled from the log's first event
};

// Holds the append lock meanwhile, so nothing is appended between the audit and the new epoch; appenders and readers that
// still run find out at their next batch or look at the head. Epochs are numbered by the second they were opened in: a
// backup knows nothing of epochs that were opened after it, and counting on from its own would use a number twice.
// Throws LogUnavailable, or LogRefused where there is no log.
EpochOpened open_epoch(const std::string& url, const AuditOptions& audit, text::Instant now);

// The Kafka topic of the log's present epoch.
std::string current_topic(const std::string& url);

}  // namespace daybook::log
