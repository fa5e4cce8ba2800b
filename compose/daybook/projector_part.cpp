#include "compose/daybook/projector_part.hpp"

#include <algorithm>
#include <iostream>

#include "compose/daybook/sources.hpp"
#include "projector/core/read_table.hpp"

namespace daybook::app {

ProjectorPart::ProjectorPart(const Deployment& deployment, std::shared_ptr<projector::Progress> progress) : progress_(std::move(progress)), log_(deployment.open_log()) {
  projector::Options options;
  options.database_url = deployment.config.database_url;
  options.folder = deployment.config.data;
  pg::Connection connection(options.database_url);
  options.generation = projector::served_generation(connection);
  options.on_parked = [](const projector::ParkedRow& row) {
    std::cerr << "daybook: parked " << events::word_of(row.scope) << " " << row.id.text() << " at position " << row.position.value << " (" << row.event_type
              << "): " << row.reason << std::endl;
  };
  projector_ = std::make_unique<projector::Projector>(options, make_source(deployment, deployment.open_log()), deployment.open_log(),
                                                      deployment.ring, progress_);
  thread_ = std::jthread([this](std::stop_token stop) {
    try {
      projector_->run(std::move(stop));
    } catch (const std::exception& stopped) {
      std::cerr << "daybook: the projector has stopped: " << stopped.what() << std::endl;
      failed_ = true;
    }
  });
}

void ProjectorPart::tell(Metrics& metrics) {
  try {
    const auto lag = log_->head().value - progress_->current().value;
    metrics.set("daybook_projection_lag_events", "Events the read models lack.", static_cast<double>(std::max<std::int64_t>(0, lag)));
  } catch (const events::LogUnavailable&) {
    // The figure of before stands; the database has a metric of its own.
  }
  metrics.set("daybook_projection_parked_scopes", "Workspaces and users held because an event could not be applied.",
              static_cast<double>(projector_->stats().parked_scopes));
  metrics.set("daybook_projection_position", "Position the read models show.", static_cast<double>(progress_->current().value));
}

}  // namespace daybook::app
