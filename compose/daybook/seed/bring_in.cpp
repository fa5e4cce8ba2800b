#include "compose/daybook/seed/bring_in.hpp"

#include <utility>

#include "command-service/domain/workspace/workspace.hpp"

namespace daybook::seed {

// What the workspace's settings say of the story (club.cpp writes it).
struct SeededSettings {
  std::int64_t scale_hundredths = 0;
  text::Instant until{};
};
BOOST_DESCRIBE_STRUCT(SeededSettings, (), (scale_hundredths, until))
struct WorkspaceSettings {
  std::optional<SeededSettings> seeded;
};
BOOST_DESCRIBE_STRUCT(WorkspaceSettings, (), (seeded))

namespace {

constexpr std::string_view system = "seed", how_to_go_on = " Run the same line again: it goes on where this one ended.";

const log::Outcome& outcome_of(const log::Reply& reply) {
  if (const auto* away = std::get_if<log::Unavailable>(&reply))
    throw CannotGoOn("The log cannot be written now: " + away->reason + "." + std::string(how_to_go_on));
  const auto& outcome = std::get<log::Outcome>(reply);
  if (outcome.failed) throw CannotGoOn(*outcome.failed);
  return outcome;
}

class Parts final : public StepSink {
 public:
  Parts(log::Appender& appender, Teller& teller, const Terms& terms, std::stop_token stop,
        const std::function<void(const Progress&)>& on_part)
      : appender_(appender),
        teller_(teller),
        run_(std::to_string(terms.seed)),
        workspace_{owner_of(terms.seed).workspace},
        stop_(std::move(stop)),
        on_part_(on_part) {}

  void take(Step step) override {
    ++progress_.by_type[step.type];
    // The calendar begins anew with each team.
    if (progress_.teams_begun == 0 || step.at < progress_.day) ++progress_.teams_begun;
    progress_.day = step.at;
    part_.push_back(std::move(step));
    if (part_.size() == part_steps_max) write();
  }
  Progress finish() {
    if (!part_.empty()) write();
    return std::move(progress_);
  }

 private:
  void write() {
    if (stop_.stop_requested()) throw Stopped{};
    log::Request request{};
    request.caller = teller_.importer();
    request.source = log::ImportSource{{workspace_, std::string(system), run_}, ++progress_.parts};
    for (const auto& step : part_) request.items.push_back(teller_.item(step, ++progress_.steps));
    const auto reply = appender_.submit_and_wait(std::move(request));
    const auto& outcome = outcome_of(reply);
    if (outcome.refused_item) refuse(*outcome.refused_item, outcome.items[*outcome.refused_item].error());
    if (outcome.already_imported) ++progress_.parts_already_there;
    part_.clear();
    on_part_(progress_);
  }

  [[noreturn]] void refuse(std::size_t index, const domain::Rejection& why) const {
    const auto& step = part_[index];
    const auto place = why.errors.empty() ? "" : " (" + why.errors.front().pointer + ": " + why.errors.front().detail + ")";
    throw CannotGoOn("Refused: " + step.type + " of " + text::format_instant(step.at) + ": " + why.detail + place + " " + step.data);
  }

  log::Appender& appender_;
  Teller& teller_;
  const std::string run_;
  const events::StreamId workspace_;
  const std::stop_token stop_;
  const std::function<void(const Progress&)>& on_part_;
  std::vector<Step> part_;
  Progress progress_;
};

}  // namespace

std::optional<Terms> terms_in(log::Appender& appender, const Teller& teller, std::uint64_t seed) {
  std::optional<Terms> found;
  log::Request request{};
  request.caller = teller.importer();
  request.items.push_back({[&found, seed](log::Settling& settling) -> domain::Result<log::Accepted> {
                             const events::StreamId stream{owner_of(seed).workspace};
                             const auto& workspace = settling.load<domain::Workspace>(stream);
                             found.reset();
                             WorkspaceSettings settings;
                             if (workspace.version.value > 0) found = Terms{seed, 0, {}};
                             if (workspace.settings && events::from_json(workspace.settings->text, settings, events::Reading::lenient) &&
                                 settings.seeded)
                               found = Terms{seed, settings.seeded->scale_hundredths, settings.seeded->until};
                             return log::Accepted{200, events::StreamType::workspace, stream, stream.value, workspace.version, nullptr};
                           },
                           std::nullopt});
  const auto reply = appender.submit_and_wait(std::move(request));
  (void)outcome_of(reply);
  return found;
}

Progress bring_in(log::Appender& appender, Teller& teller, const Terms& terms, const std::stop_token& stop,
                  const std::function<void(const Progress&)>& on_part) {
  Parts parts(appender, teller, terms, stop, on_part);
  tell(terms, parts);
  return parts.finish();
}

}  // namespace daybook::seed
