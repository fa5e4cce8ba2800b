#include "compose/daybook/projector_part.hpp"

#include "compose/daybook/sources.hpp"
#include "platform/logging/log.hpp"
#include "projector/core/read_table.hpp"

namespace daybook::app {

ProjectorPart::ProjectorPart(const Deployment& deployment, std::shared_ptr<projector::Progress> progress, Metrics& metrics) : progress_(std::move(progress)), log_(deployment.open_log()) {
  projector::Options options;
  options.database_url = deployment.config.database_url;
  options.folder = deployment.config.data;
  pg::Connection connection(options.database_url);
  options.generation = projector::served_generation(connection);
  options.on_parked = [](const projector::ParkedRow& row) {
    logging::write(logging::Level::error, "parked: an event could not be applied: " + row.reason,
                   {{"scope", events::word_of(row.scope)}, {"scope_id", row.id.text()}, {"position", row.position.value}, {"event_type", row.event_type}});
  };
  options.on_batch = [&metrics](std::size_t events, std::chrono::steady_clock::duration duration) {
    metrics.observe("daybook_projection_batch_events", {}, static_cast<double>(events));
    metrics.observe("daybook_projection_batch_duration_seconds", {}, seconds_of(duration));
  };
  auto from = make_source(deployment, deployment.open_log());
  kafka_ = std::move(from.kafka);
  projector_ = std::make_unique<projector::Projector>(options, std::move(from.source), deployment.open_log(),
                                                      deployment.ring, progress_);
  thread_ = std::jthread([this](std::stop_token stop) {
    try {
      projector_->run(std::move(stop));
    } catch (const std::exception& stopped) {
      logging::write(logging::Level::error, std::string("the projector has stopped: ") + stopped.what());
      failed_ = true;
    }
  });
}

void ProjectorPart::tell(Metrics& metrics) {
  const auto stats = projector_->stats();
  const auto total = [&metrics](std::string_view name, std::uint64_t value) { metrics.total(name, {}, static_cast<double>(value)); };
  metrics.set("daybook_projection_position", {}, static_cast<double>(progress_->current().value));
  metrics.set("daybook_projection_parked_scopes", {}, static_cast<double>(stats.parked_scopes));
  total("daybook_projection_events_total", stats.events);
  total("daybook_projection_batches_total", stats.batches);
  total("daybook_projection_retries_total", stats.retries);
  tell_queue(metrics, "projection", stats.read_ahead, projector::ReadAhead::batches_max);
  tell_lag(metrics, "projection", tell_log(metrics, *log_, progress_->current()));
  if (!kafka_) return;
  metrics.total("daybook_projection_source_events_total", {{"source", "kafka"}}, static_cast<double>(kafka_->from_kafka));
  metrics.total("daybook_projection_source_events_total", {{"source", "log"}}, static_cast<double>(kafka_->from_log));
  total("daybook_projection_source_refused_total", kafka_->refused);
  tell_queue(metrics, "merge", kafka_->waiting, projector::merge_events_max);
  metrics.set("daybook_dependency_up", {{"dependency", "kafka"}}, kafka_->connected ? 1 : 0);
}

}  // namespace daybook::app
