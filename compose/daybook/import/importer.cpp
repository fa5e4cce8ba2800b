#include "compose/daybook/import/importer.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <future>
#include <optional>

#include "compose/daybook/import/api_client.hpp"
#include "compose/daybook/import/ids.hpp"
#include "compose/daybook/import/mapping.hpp"
#include "compose/daybook/import/parts.hpp"
#include "compose/daybook/import/progress.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/runtime/pause.hpp"
#include "platform/runtime/signals.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::importer {
namespace json = boost::json;
namespace {

constexpr std::string_view how_to_go_on = " Run the same command again: it goes on where this one ended.";

struct Refusal {
  Command command;
  std::string why;
};

/// What became of one part.
struct Sent {
  bool carried = false;
  bool was_there = false;
  std::int64_t position = 0;
  std::vector<Refusal> refusals;
  std::string trouble;
};

// "/commands/17/data/title" is about the 18th.
std::optional<std::size_t> command_in(std::string_view pointer) {
  constexpr std::string_view prefix = "/commands/";
  std::size_t index = 0;
  if (!pointer.starts_with(prefix)) return std::nullopt;
  const auto read = std::from_chars(pointer.data() + prefix.size(), pointer.data() + pointer.size(), index);
  return read.ec == std::errc() ? std::optional(index) : std::nullopt;
}

/// Sends parts, one at a time. Belongs to the thread that sends.
class Sender {
 public:
  Sender(ApiAddress address, const text::Uuid& workspace, std::string run, const std::stop_token& stop)
      : address_(std::move(address)),
        client_(address_.url),
        path_("/api/v1/workspaces/" + workspace.text() + "/commands"),
        run_(std::move(run)),
        stop_(stop) {}

  Sent send(Part part) {
    Sent sent;
    while (!part.commands.empty()) {
      const auto result = send_patiently(bulk_body(part, run_));
      if (result.ok() && result.status == 200) return accepted(result, std::move(sent));
      if (!drop_refused(result, part, sent)) {
        sent.trouble = trouble_in(result);
        return sent;
      }
    }
    sent.carried = true;
    return sent;
  }

 private:
  static bool may_pass(const http::ClientResult& result) {
    return !result.ok() || result.status == 429 || (result.status >= 502 && result.status <= 504);
  }

  // A server that is away or busy is asked again, ever more slowly. Sending a part twice does no harm.
  http::ClientResult send_patiently(const std::string& body) {
    const auto give_up = std::chrono::steady_clock::now() + away_max;
    auto wait = retry_first;
    for (;;) {
      auto result = client_.send("POST", path_, api_headers(address_), body);
      if (!may_pass(result) || stop_.stop_requested() || std::chrono::steady_clock::now() + wait > give_up) return result;
      runtime::pause(stop_, wait);
      wait = std::min(wait * 2, retry_longest);
    }
  }

  static Sent accepted(const http::ClientResult& result, Sent sent) {
    sent.carried = true;
    boost::system::error_code trouble;
    const auto body = json::parse(result.body, trouble);
    if (trouble || !body.is_object()) return sent;
    const auto* was_there = body.get_object().if_contains("already_imported");
    const auto* position = body.get_object().if_contains("position");
    sent.was_there = was_there && was_there->is_bool() && was_there->get_bool();
    if (position && position->is_int64()) sent.position = position->get_int64();
    return sent;
  }

  // Takes the commands that a refusal names out of the part; false when it names none, or too many came.
  bool drop_refused(const http::ClientResult& result, Part& part, Sent& sent) {
    if (!result.ok() || (result.status != 404 && result.status != 409 && result.status != 422)) return false;
    boost::system::error_code trouble;
    const auto body = json::parse(result.body, trouble);
    const auto* object = body.if_object();
    const auto* errors = object ? object->if_contains("errors") : nullptr;
    if (trouble || !errors || !errors->is_array() || errors->get_array().empty()) return false;
    const auto* first = errors->get_array().front().if_object();
    const auto* pointer = first ? first->if_contains("pointer") : nullptr;
    const auto index =
        pointer && pointer->is_string() ? command_in(std::string(pointer->get_string())) : std::nullopt;
    if (!index || *index >= part.commands.size() || ++refused_ > refusals_max) return false;
    const auto place = part.commands.begin() + static_cast<std::ptrdiff_t>(*index);
    sent.refusals.push_back({std::move(*place), trouble_in(result)});
    part.commands.erase(place);
    return true;
  }

  ApiAddress address_;
  http::Client client_;
  std::string path_;
  std::string run_;
  const std::stop_token stop_;
  std::int64_t refused_ = 0;
};

/// One import, from the log to the last answer.
class Import {
 public:
  Import(const ImportOptions& options, const std::stop_token& stop, std::FILE* out)
      : options_(options), stop_(stop), display_(out), log_(options.file) {}

  ImportResult run() {
    auto first = log_.next();
    if (!log_.error().empty()) return fail(log_.error());
    if (!first) return finish();
    http::Client client(options_.url);
    const ApiAddress address{options_.url, options_.token};
    std::string trouble;
    result_.workspace = find_workspace(client, address, options_.workspace, trouble);
    if (!trouble.empty()) return fail(trouble);
    auto labels = read_labels(client, address, result_.workspace, trouble);
    if (!trouble.empty()) return fail(trouble);
    // Labels of an earlier stretch of this run are defined again, so that the parts stay the same.
    std::erase_if(
        labels, [&](const auto& label) { return label.second == label_id(result_.workspace, label.first); });
    Sender sender(address, result_.workspace, run_name(), stop_);
    sender_ = &sender;
    PartCutter cutter([this](Part part) { take(std::move(part)); });
    Mapping mapping({result_.workspace, std::move(labels)}, cutter, result_.report);
    for (auto change = std::move(first); change && going(); change = log_.next()) {
      mapping.add(*change);
      ++result_.changes;
    }
    if (going() && log_.error().empty()) {
      mapping.finish();
      cutter.finish();
    }
    await();
    return going() && log_.error().empty() ? finish() : broken_off();
  }

 private:
  bool going() const { return !stop_.stop_requested() && trouble_.empty(); }

  // The same log into the same workspace is the same run, whatever the file is called.
  std::string run_name() const {
    return text::hex_encode(text::view_of(crypto::sha256({text::view_of(result_.workspace.bytes),
                                                          log_.first_line(), "\n", options_.run})))
        .substr(0, 32);
  }

  void take(Part part) {
    await();
    if (!going()) return;
    commands_in_flight_ = static_cast<std::int64_t>(part.commands.size());
    in_flight_ = std::async(std::launch::async, [this, part = std::move(part)]() mutable {
      return sender_->send(std::move(part));
    });
  }

  void await() {
    if (!in_flight_.valid()) return;
    const auto sent = in_flight_.get();
    for (const auto& [command, why] : sent.refusals)
      result_.report.left_out(reason::refused, command.line, command.type + ": " + why);
    if (!sent.carried) {
      trouble_ = sent.trouble;
      return;
    }
    ++result_.parts;
    if (sent.was_there) ++result_.parts_already_there;
    result_.position = std::max(result_.position, sent.position);
    result_.commands += commands_in_flight_ - static_cast<std::int64_t>(sent.refusals.size());
    display_.show(progress());
  }

  Progress progress() const {
    return {result_.changes, result_.commands, log_.bytes_read(), log_.bytes_total()};
  }

  ImportResult finish() {
    display_.finish(progress());
    result_.outcome = ImportResult::Outcome::finished;
    return std::move(result_);
  }

  ImportResult broken_off() {
    display_.finish(progress());
    if (!log_.error().empty()) return fail(options_.file + ": " + log_.error());
    result_.outcome = stop_.stop_requested() ? ImportResult::Outcome::stopped : ImportResult::Outcome::failed;
    result_.message = stop_.stop_requested() ? "Stopped." : "The import cannot go on: " + trouble_ + ".";
    result_.message += how_to_go_on;
    return std::move(result_);
  }

  ImportResult fail(const std::string& message) {
    result_.message = message;
    return std::move(result_);
  }

  const ImportOptions& options_;
  const std::stop_token stop_;
  ProgressDisplay display_;
  ChangeLog log_;
  ImportResult result_;
  Sender* sender_ = nullptr;
  std::future<Sent> in_flight_;
  std::int64_t commands_in_flight_ = 0;
  std::string trouble_;
};

}  // namespace

ImportResult run_import(const ImportOptions& options, const std::stop_token& stop, std::FILE* out) {
  return Import(options, stop, out).run();
}

int import_command(const ImportOptions& options) {
  std::stop_source stop;
  runtime::stop_at_signal(stop);
  const auto result = run_import(options, stop.get_token(), stderr);
  std::fputs(result.report.text().c_str(), stdout);
  std::printf("%lld parts carried, %lld of them were there already; the log stands at %lld\n",
              static_cast<long long>(result.parts), static_cast<long long>(result.parts_already_there),
              static_cast<long long>(result.position));
  if (!result.message.empty()) std::fprintf(stderr, "%s\n", result.message.c_str());
  switch (result.outcome) {
    case ImportResult::Outcome::finished:
      return 0;
    case ImportResult::Outcome::stopped:
      return 130;
    case ImportResult::Outcome::failed:
      return 1;
  }
  return 1;
}

}  // namespace daybook::importer
