#pragma once
// Exports are made by query services, which write no events. They say so in a table beside the log before they begin, and whoever
// writes events takes it from there.
#include "command-service/log/appender.hpp"
#include "platform/crypto/uuid_source.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::recording {

struct ExportReport {
  std::optional<events::WorkspaceId> workspace;
  events::UserId user{};
  events::SessionId session{};  // nil: by no session
  std::string operation;
  std::string format;
};

// Stands once this returns.
void report_export(pg::Connection& connection, const ExportReport& report);

// Writes an event of the report that waits longest and forgets it. False where there is none, or where the log did not take it.
// Several processes may do so at once: each report is taken by one of them.
bool take_export_report(pg::Connection& connection, log::Appender& appender, crypto::UuidV7Source& ids);

}  // namespace daybook::recording
