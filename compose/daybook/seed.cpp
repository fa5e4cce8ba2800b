// daybook seed: demo data for somebody who looks around. Like daybook admin it appends beside whatever serves.
#include <unistd.h>

#include <charconv>
#include <iostream>
#include <vector>

#include "command-service/domain/core/texts.hpp"
#include "command-service/domain/registry.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/seed/bring_in.hpp"
#include "compose/daybook/tools.hpp"
#include "platform/crypto/password.hpp"
#include "platform/runtime/signals.hpp"

namespace daybook::app {
namespace {

constexpr int exit_stopped = 130;  // as the shell says it of a program that Ctrl-C ended
constexpr std::chrono::milliseconds shown_every_on_terminal{200}, shown_every_elsewhere{5000};

[[noreturn]] void refuse_scale(const std::string& words) {
  throw Refusal("'" + words + "' is no scale: expected a number from 0.1 to 1000 with at most two digits behind the point.", exit_failed);
}

// "2.5" is 250.
std::int64_t hundredths(const std::string& words) {
  const auto point = words.find('.');
  auto digits = words.substr(0, point);
  const auto behind = point == words.npos ? std::string() : words.substr(point + 1);
  if (digits.empty() || behind.size() > 2 || (point != words.npos && behind.empty())) refuse_scale(words);
  digits += behind + std::string(2 - behind.size(), '0');
  std::int64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_number = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  if (!is_number || number < seed::scale_hundredths_min || number > seed::scale_hundredths_max) refuse_scale(words);
  return number;
}

text::Instant last_moment(const std::string& words) {
  const auto now = system_now();
  if (words.empty()) return std::chrono::floor<std::chrono::days>(now);
  const auto day = text::Date::parse(words);
  const auto moment = day ? std::optional(day->first_moment()) : text::parse_instant(words);
  if (!moment) throw Refusal("'" + words + "' is no day or moment: expected 2026-11-22 or 2026-11-22T12:00:00Z.", exit_failed);
  if (*moment > now) throw Refusal("'" + words + "' lies in the future: nothing can have happened by then.", exit_failed);
  return *moment;
}

void check_password(const std::string& password) {
  if (const auto refused = domain::Password::rule(password))
    throw Refusal("This password is of no use. " + std::string(refused->detail), exit_failed);
}

// A writer whose clock stands still: the log notes the story as of its last moment, or of its own last entry, if that is later.
std::unique_ptr<log::Appender> writer(const Deployment& deployment, seed::Teller& teller, text::Instant moment) {
  log::Appender::Options options;
  options.clock = [moment] { return moment; };
  options.aggregates = domain::aggregate_ops_of;
  options.new_event_id = [&teller] { return teller.next_event_id(); };
  const auto& config = deployment.config;
  return std::make_unique<log::Appender>(std::make_unique<log::PgStore>(config.database_url, log::PgStoreOptions{config.allow_unsafe}),
                                         deployment.ring, std::move(options));
}

// What was begun is told on with the terms it was begun with, whatever day it is by now.
seed::Terms settled(seed::Terms wanted, const std::optional<seed::Terms>& found) {
  if (!found) return wanted;
  if (found->scale_hundredths != wanted.scale_hundredths)
    throw Refusal(
        "Seed " + std::to_string(wanted.seed) + " is in this log already, at another scale; another --seed makes another club beside it.",
        exit_failed);
  return *found;
}

std::int64_t count_of(const seed::Progress& progress, std::string_view type) {
  const auto found = progress.by_type.find(std::string(type));
  return found == progress.by_type.end() ? 0 : found->second;
}

// A line that is written over on a terminal, elsewhere one now and then.
class Display {
 public:
  explicit Display(const seed::Terms& terms) : teams_(seed::teams_of(terms)), is_terminal_(isatty(STDERR_FILENO) == 1) {}

  void show(const seed::Progress& progress) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < (is_terminal_ ? shown_every_on_terminal : shown_every_elsewhere)) return;
    last_ = now;
    const auto line = std::to_string(progress.steps) + " commands; team " + std::to_string(progress.teams_begun) + " of " +
                      std::to_string(teams_) + ", " + text::date_of(progress.day).text();
    std::cerr << (is_terminal_ ? "\r" + line + "\x1b[K" : line + "\n") << std::flush;
    shown_ = true;
  }
  void end() const {
    if (shown_ && is_terminal_) std::cerr << "\r\x1b[K" << std::flush;
  }

 private:
  std::int64_t teams_;
  bool is_terminal_, shown_ = false;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

void print_counts(const seed::Progress& progress) {
  struct Line {
    std::string_view what;
    std::vector<std::string_view> types;
  };
  const Line lines[] = {{"people", {"user.register"}},
                               {"agents", {"agent.register"}},
                               {"projects", {"project.create", "template.apply"}},
                               {"sprints", {"sprint.plan"}},
                               {"issues", {"issue.open"}},
                               {"comments", {"comment.post"}},
                               {"documents", {"document.draft"}},
                               {"time entries", {"time_entry.log", "time_entry.start_timer"}},
                               {"runs of agents", {"execution.request", "execution.retry"}},
                               {"notifications", {"notification.raise"}}};
  for (const auto& line : lines) {
    std::int64_t count = 0;
    for (const auto type : line.types) count += count_of(progress, type);
    std::cout << "  " << count << " " << line.what << "\n";
  }
}

// The password of now is everybody's only where all of them were made now.
void print_sign_in(const Config& config, const SeedOptions& options, bool is_theirs) {
  const auto owner = seed::owner_of(options.seed);
  const auto listen = listen_of(config);
  const auto host = listen.address.find(':') == listen.address.npos ? listen.address : "[" + listen.address + "]";
  std::cout << "Sign in as " << owner.full_name << ", who owns the workspace " << owner.slug << ":\n"
            << "  email     " << owner.email << "\n"
            << "  password  " << (is_theirs ? options.password : "as it was given at first") << "\n"
            << "  curl -s http://" << host << ":" << listen.port << "/api/v1/auth/login --json '{\"email\": \"" << owner.email
            << "\", \"password\": \"…\"}' | jq -r .access_token\n"
            << "Everybody in it has this password: keep it where others cannot reach it.\n";
}

int tell(const Config& config, const SeedOptions& options, const seed::Terms& terms, const seed::Progress& progress) {
  const bool is_new = progress.parts_already_there < progress.parts;
  std::cout << (is_new ? "Seven weeks of a club are there" : "They are there already, and nothing was added: seven weeks of a club") << ", until "
            << text::format_instant(terms.until) << ":\n";
  print_counts(progress);
  print_sign_in(config, options, progress.parts_already_there == 0);
  return 0;
}

}  // namespace

int seed(const Config& config, const SeedOptions& options) {
  const seed::Terms wanted{options.seed, hundredths(options.scale), last_moment(options.until)};
  check_password(options.password);
  const auto deployment = open_deployment(config);
  std::stop_source stop;
  runtime::stop_at_signal(stop);
  seed::Teller teller(options.seed, crypto::hash_password(options.password));
  const auto found = seed::terms_in(*writer(deployment, teller, wanted.until), teller, options.seed);
  const auto terms = settled(wanted, found);
  const auto appender = writer(deployment, teller, terms.until);
  Display display(terms);
  try {
    const auto progress =
        seed::bring_in(*appender, teller, terms, stop.get_token(), [&](const seed::Progress& so_far) { display.show(so_far); });
    display.end();
    return tell(config, options, terms, progress);
  } catch (const seed::Stopped&) {
    display.end();
    std::cerr << "Stopped. Run the same line again: it goes on where this one ended.\n";
    return exit_stopped;
  } catch (const seed::CannotGoOn& why) {
    display.end();
    throw Refusal(why.what(), exit_failed);
  }
}

}  // namespace daybook::app
