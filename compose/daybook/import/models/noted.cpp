#include "command-service/domain/access/access.hpp"
#include "compose/daybook/import/models/things.hpp"

namespace daybook::importer::models {
namespace {

namespace access = events::access;

// Each entry has a stream of its own, so that it is there once however often it is brought.
events::StreamId stream_of_entry(Sink& sink, const text::Uuid& entry) { return events::StreamId{sink.named("noted " + entry.text())}; }

}  // namespace

void bring_activity(Sink& sink, Values& values, Noted noted) {
  access::ActivityNoted entry{};
  entry.entry_id = events::EventId{noted.id};
  entry.entity_type = noted.entity_type;
  if (noted.entity_id) entry.entity_id = events::EntityId{*noted.entity_id};
  entry.action = noted.action;
  entry.event_type = noted.type.empty() ? noted.action : noted.type;
  entry.actor_type = noted.actor.type;
  entry.actor_id = noted.actor.id;
  entry.project_id = noted.project_id;
  entry.issue_id = noted.issue_id;
  if (noted.details) entry.details = *noted.details;
  if (noted.changes) entry.changes = *noted.changes;
  const auto stream = stream_of_entry(sink, noted.id);
  Row row(values);
  if (noted.workspace) row.needs(*noted.workspace, "workspace_id");
  row.stream(stream).say<domain::Access>(stream, noted.workspace, noted.at, noted.actor, {entry});
  sink.bring(std::move(row));
}

void bring_summary(Sink& sink, events::WorkspaceId workspace, const std::map<std::string, std::int64_t>& counts) {
  access::DatabaseImported summary{};
  summary.system = std::string(sink.system());
  summary.counts = events::Json{events::to_json(counts)};
  const events::StreamId stream{sink.named("summary of " + workspace.text())};
  Row row("summary", workspace.text());
  row.closing(events::stream_of(workspace)).there_when([stream](log::Settling& settling) { return settling.reference(stream).has_value(); });
  row.say(std::nullopt, nobody(), [stream, workspace, summary](log::Settling& settling, Told&) {
    return settling.append<domain::Access>(stream, workspace, {summary});
  });
  sink.bring(std::move(row));
}

}  // namespace daybook::importer::models
