#include "compose/daybook/reacting.hpp"

#include <thread>

#include "command-service/log/pg_rows.hpp"
#include "command-service/reactors/reactor.hpp"
#include "platform/logging/log.hpp"
#include "projector/core/generations.hpp"

namespace daybook::app {
namespace {

// What rules ask, from the read tables. Reconnects with the next question after an outage. One thread at a time.
class ReadTables final : public reactors::ReadModels {
 public:
  explicit ReadTables(std::string url) : url_(std::move(url)) {}

  events::Position position() override {
    const auto generation = projector::find_served_generation(session());
    if (!generation) return {};
    schema_ = projector::schema_of(*generation);
    const auto row = session().exec("SELECT position FROM " + schema_ + ".checkpoint");
    return row.empty() ? events::Position{} : events::Position{row.int64(0, 0)};
  }

  std::vector<events::IssueId> issues_assigned_to(events::UserId user, events::WorkspaceId workspace, events::IssueId after, std::size_t max) override {
    const auto rows = session().exec("SELECT id FROM " + schema_ +
                                         ".issues WHERE assignee_id = $1::uuid AND assignee_type = 'user' AND workspace_id = $2::uuid AND id > $3::uuid"
                                         " AND deleted_at IS NULL ORDER BY id LIMIT $4",
                                     pg::Params().text(user.text()).text(workspace.text()).text(after.text()).int64(static_cast<std::int64_t>(max)));
    std::vector<events::IssueId> ids;
    for (int row = 0; row < rows.rows(); ++row) ids.push_back(events::IssueId{log::uuid_at(rows, row, 0)});
    return ids;
  }

  bool is_watched(events::IssueId issue) override {
    const auto row = session().exec_prepared("SELECT EXISTS (SELECT FROM " + schema_ + ".issue_watchers WHERE issue_id = $1::uuid AND notify_on_update)",
                                             pg::Params().text(issue.text()));
    return row.boolean(0, 0);
  }

 private:
  pg::Connection& session() {
    if (!session_ || !session_->alive()) {
      session_.emplace(url_);
      log::prepare_session(*session_);
    }
    return *session_;
  }

  std::string url_, schema_;
  std::optional<pg::Connection> session_;
};

reactors::Options completed(reactors::Options options, const Deployment& deployment) {
  options.database_url = deployment.config.database_url;
  options.on_failed = [](const std::string& why) { logging::write(logging::Level::error, why); };
  return options;
}

}  // namespace

struct ReactingThread::Impl {
  Impl(const Deployment& deployment, std::shared_ptr<log::Appender> appender, reactors::Options options)
      : name(options.name),
        appender(std::move(appender)),
        reactor(completed(std::move(options), deployment), *this->appender, deployment.open_log(), std::make_unique<ReadTables>(deployment.config.database_url)) {}

  const std::string name;
  std::shared_ptr<log::Appender> appender;
  reactors::Reactor reactor;
  std::jthread thread;
};

ReactingThread::ReactingThread(const Deployment& deployment, std::shared_ptr<log::Appender> appender, reactors::Options options)
    : impl_(std::make_unique<Impl>(deployment, std::move(appender), std::move(options))) {
  impl_->thread = std::jthread([this](std::stop_token stop) { impl_->reactor.run(std::move(stop)); });
}

ReactingThread::~ReactingThread() = default;

void ReactingThread::stop() {
  impl_->thread.request_stop();
  if (impl_->thread.joinable()) impl_->thread.join();
}

void ReactingThread::tell(Metrics& metrics) const {
  const auto stats = impl_->reactor.stats();
  const metrics::Labels labels{{"reactor", impl_->name}};
  metrics.set("daybook_reactor_leads", labels, stats.leads ? 1 : 0);
  metrics.set("daybook_reactor_position", labels, static_cast<double>(stats.position.value));
  metrics.total("daybook_reactor_retries_total", labels, static_cast<double>(stats.retries));
  for (const auto& [name, rule] : stats.rules) {
    const auto total = [&](std::string_view metric, std::uint64_t value) { metrics.total(metric, {{"rule", name}}, static_cast<double>(value)); };
    total("daybook_reactor_commands_total", rule.sent);
    total("daybook_reactor_refused_total", rule.refused);
    total("daybook_reactor_failed_total", rule.failed);
  }
}

}  // namespace daybook::app
