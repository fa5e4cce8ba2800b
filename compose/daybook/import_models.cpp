// daybook import platform|workflow_manager|agent_factory|prism: the whole database of another system. Like daybook seed it appends
// beside whatever serves.
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "command-service/domain/core/texts.hpp"
#include "command-service/domain/registry.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/import/models/run.hpp"
#include "compose/daybook/tools.hpp"
#include "platform/crypto/uuid_source.hpp"
#include "platform/runtime/signals.hpp"

namespace daybook::app {
namespace {

namespace models = importer::models;

constexpr int exit_stopped = 130;  // as the shell says it of a program that Ctrl-C ended
constexpr std::chrono::milliseconds shown_every_on_terminal{200}, shown_every_elsewhere{5000};
constexpr std::size_t findings_shown_max = 20;

std::unique_ptr<models::Source> open_source(const std::string& from) {
  try {
    return models::open_source(from);
  } catch (const std::exception& refused) {
    throw Refusal("The database that is to be imported cannot be read: " + std::string(refused.what()), exit_failed);
  }
}

std::unique_ptr<log::Appender> writer(const Deployment& deployment, crypto::UuidV7Source& ids) {
  log::Appender::Options options;
  options.clock = deployment.clock;
  options.aggregates = domain::aggregate_ops_of;
  options.new_event_id = [&ids] { return events::EventId{ids.next()}; };
  const auto& config = deployment.config;
  return std::make_unique<log::Appender>(std::make_unique<log::PgStore>(config.database_url, log::PgStoreOptions{config.allow_unsafe}),
                                         deployment.ring, std::move(options));
}

// A line that is written over on a terminal, elsewhere one now and then.
class Display {
 public:
  void show(const models::Progress& progress) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < (is_terminal_ ? shown_every_on_terminal : shown_every_elsewhere)) return;
    last_ = now;
    const auto line = std::to_string(progress.rows) + " of " + std::to_string(progress.rows_total) + " rows; " + std::string(progress.table);
    std::cerr << (is_terminal_ ? "\r" + line + "\x1b[K" : line + "\n") << std::flush;
    shown_ = true;
  }
  void end() const {
    if (shown_ && is_terminal_) std::cerr << "\r\x1b[K" << std::flush;
  }

 private:
  bool is_terminal_ = isatty(STDERR_FILENO) == 1, shown_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

void print(const models::Report& report, bool is_dry_run) {
  const auto total = report.total();
  std::cout << (is_dry_run ? "A dry run, which writes nothing. There are to be brought" : "Brought") << " " << total.brought << " of " << total.read << " rows; "
            << total.already_there << " were there already, " << total.left_out << " are left out.\n";
  for (const auto& [table, counts] : report.tables())
    std::cout << "  " << table << ": " << counts.brought << " of " << counts.read << ", there already " << counts.already_there << ", left out "
              << counts.left_out << "\n";
  std::size_t shown = 0;
  for (const auto& finding : report.findings()) {
    if (shown++ == findings_shown_max) break;
    std::cout << (finding.kind == models::FindingKind::left_out ? "Left out: " : "Changed: ") << finding.table << " " << finding.row
              << (finding.column.empty() ? "" : ", " + finding.column) << ": " << finding.why << "\n";
  }
  const auto more = report.findings_total() - static_cast<std::int64_t>(std::min(shown, findings_shown_max));
  if (more > 0) std::cout << "And " << more << " more: --report FILE writes all of them down.\n";
}

void write_report(const models::Report& report, std::string_view model, const ModelOptions& options) {
  if (options.report.empty()) return;
  std::ofstream file(options.report, std::ios::trunc);
  file << report.json(model, options.dry_run) << "\n";
  if (!file.flush()) throw Refusal("The report cannot be written to '" + options.report + "'. The import itself has ended well.", exit_failed);
}

}  // namespace

int import_model(const Config& config, const ModelOptions& options) {
  const auto* model = models::find_model(options.model);
  if (model == nullptr) throw std::logic_error("there is no model " + options.model);
  const auto source = open_source(options.from);
  const auto deployment = open_deployment(config);
  std::stop_source stop;
  runtime::stop_at_signal(stop);
  crypto::UuidV7Source ids;
  const auto appender = writer(deployment, ids);
  Display display;
  models::RunOptions how{};
  how.dry_run = options.dry_run;
  if (!options.owner.empty()) how.owner = options.owner;
  how.stop = stop.get_token();
  how.on_part = [&](const models::Progress& progress) { display.show(progress); };
  try {
    const auto report = models::run(*model, *source, *appender, how);
    display.end();
    print(report, options.dry_run);
    write_report(report, model->name, options);
    return 0;
  } catch (const models::Stopped&) {
    display.end();
    std::cerr << "Stopped. Run the same line again: it goes on where this one ended.\n";
    return exit_stopped;
  } catch (const models::CannotGoOn& why) {
    display.end();
    throw Refusal(why.what(), exit_failed);
  }
}

}  // namespace daybook::app
