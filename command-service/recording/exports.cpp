#include "command-service/recording/exports.hpp"

#include "command-service/domain/access/access.hpp"
#include "command-service/log/pg_rows.hpp"
#include "platform/postgres/transaction.hpp"

namespace daybook::recording {
namespace {

using domain::access::Kind;

log::Request request_for(const ExportReport& report, text::Instant since, crypto::UuidV7Source& ids) {
  events::access::Exported exported{};
  exported.operation = report.operation;
  exported.format = report.format;
  exported.since = since;
  log::Request request{};
  request.caller.actor_type = events::ActorType::user;
  request.caller.actor_id = events::PrincipalId{report.user.value};
  if (!report.session.is_nil()) {
    request.caller.via_type = events::ViaType::session;
    request.caller.via_id = report.session.value;
  }
  request.caller.correlation_id = events::CorrelationId{ids.next()};
  request.items.push_back({[workspace = report.workspace, exported](log::Settling& settling) -> domain::Result<log::Accepted> {
                             const auto id = domain::access::stream_of_day(Kind::exports, workspace, text::date_of(settling.now()));
                             const auto stream = events::stream_of(id);
                             if (auto done = settling.append<domain::Access>(stream, workspace, {exported}); !done) return std::move(done.error());
                             return log::Accepted{200, events::StreamType::access, stream, stream.value, settling.load<domain::Access>(stream).version, nullptr};
                           },
                           std::nullopt});
  return request;
}

}  // namespace

void report_export(pg::Connection& connection, const ExportReport& report) {
  const auto id_or_null = [](const auto& id) -> std::optional<std::string> {
    if (!id || id->is_nil()) return std::nullopt;
    return id->text();
  };
  connection.exec_prepared("INSERT INTO log.export_reports (workspace_id, user_id, session_id, operation, format) VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5)",
                           pg::Params()
                               .text(id_or_null(report.workspace))
                               .text(report.user.text())
                               .text(id_or_null(std::optional(report.session)))
                               .text(report.operation)
                               .text(report.format));
}

bool take_export_report(pg::Connection& connection, log::Appender& appender, crypto::UuidV7Source& ids) {
  pg::Transaction transaction(connection);
  const auto row = connection.exec(
      "DELETE FROM log.export_reports WHERE id IN (SELECT id FROM log.export_reports ORDER BY reported_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
      " RETURNING workspace_id, user_id, session_id, operation, format, reported_at");
  if (row.empty()) return false;
  ExportReport report{};
  if (const auto workspace = log::optional_uuid_at(row, 0, 0)) report.workspace = events::WorkspaceId{*workspace};
  report.user = events::UserId{log::uuid_at(row, 0, 1)};
  if (const auto session = log::optional_uuid_at(row, 0, 2)) report.session = events::SessionId{*session};
  report.operation = row.text(0, 3);
  report.format = row.text(0, 4);
  const auto reply = appender.submit_and_wait(request_for(report, log::instant_at(row, 0, 5), ids));
  if (const auto* away = std::get_if<log::Unavailable>(&reply); away && !away->maybe_written) return false;
  transaction.commit();
  return true;
}

}  // namespace daybook::recording
