#include "compose/daybook/recording.hpp"

#include <thread>
#include <utility>

#include "command-service/log/pg_rows.hpp"
#include "command-service/recording/exports.hpp"
#include "platform/logging/log.hpp"
#include "platform/runtime/pause.hpp"

namespace daybook::app {
namespace {

constexpr std::chrono::milliseconds tick_interval{1000};

}  // namespace

struct RecordingThread::Impl {
  Impl(const Deployment& deployment, std::shared_ptr<log::Appender> appender, std::shared_ptr<crypto::UuidV7Source> ids)
      : url(deployment.config.database_url), appender(appender), ids(ids), recorder(std::make_shared<recording::Recorder>(appender, ids, deployment.clock)) {}

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      runtime::pause(stop, tick_interval);
      recorder->tick();
      take_exports(stop);
    }
  }

  // An outage of the database leaves the reports where they are.
  void take_exports(const std::stop_token& stop) {
    try {
      if (!session || !session->alive()) {
        session.emplace(url);
        log::prepare_session(*session);
      }
      while (!stop.stop_requested() && recording::take_export_report(*session, *appender, *ids)) {
      }
      is_away = false;
    } catch (const std::exception& away) {
      session.reset();
      if (!std::exchange(is_away, true)) logging::write(logging::Level::warning, std::string("exports are not written down until the database answers: ") + away.what());
    }
  }

  const std::string url;
  const std::shared_ptr<log::Appender> appender;
  const std::shared_ptr<crypto::UuidV7Source> ids;
  const std::shared_ptr<recording::Recorder> recorder;
  std::optional<pg::Connection> session;
  bool is_away = false;  // which was said
  std::jthread thread;
};

RecordingThread::RecordingThread(const Deployment& deployment, std::shared_ptr<log::Appender> appender, std::shared_ptr<crypto::UuidV7Source> ids)
    : impl_(std::make_unique<Impl>(deployment, std::move(appender), std::move(ids))) {
  impl_->thread = std::jthread([this](const std::stop_token& stop) { impl_->run(stop); });
}

RecordingThread::~RecordingThread() = default;

void RecordingThread::stop() {
  impl_->thread.request_stop();
  if (impl_->thread.joinable()) impl_->thread.join();
  impl_->recorder->finish();
}

const std::shared_ptr<recording::Recorder>& RecordingThread::recorder() const { return impl_->recorder; }

void RecordingThread::tell(Metrics& metrics) const {
  const auto stats = impl_->recorder->stats();
  metrics.total("daybook_refusals_noted_total", {}, static_cast<double>(stats.noted));
  metrics.total("daybook_refusals_written_total", {}, static_cast<double>(stats.written));
  metrics.total("daybook_refusals_dropped_total", {}, static_cast<double>(stats.dropped));
}

}  // namespace daybook::app
