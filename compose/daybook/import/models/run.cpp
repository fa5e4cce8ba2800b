#include "compose/daybook/import/models/run.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "command-service/domain/access/access.hpp"
#include "command-service/domain/core/address.hpp"
#include "compose/daybook/import/models/things.hpp"
#include "platform/crypto/hash.hpp"
#include "platform/crypto/named_uuid.hpp"
#include "platform/text/base64.hpp"

namespace daybook::importer::models {
namespace {

using domain::Rejection;

constexpr std::string_view how_to_go_on = " Run the same line again: it goes on where this one ended.";

std::string_view bytes_of(const crypto::Digest& digest) { return {reinterpret_cast<const char*>(digest.data()), digest.size()}; }

// What is read, so that a source that has changed since is another one, whose parts are cut anew.
struct Survey {
  std::string digest;
  std::int64_t rows = 0;
};
Survey survey(const Model& model, Source& source) {
  Survey found;
  crypto::Sha256 hash;
  for (const auto table : model.tables) {
    if (!source.has(table)) continue;
    found.rows += source.count(table);
    hash.update(table);
    source.read(table, {"id"}, [&](const SourceRow& row) { hash.update(bytes_of(crypto::sha256(row.text()))); });
  }
  const auto digest = hash.digest();
  found.digest = text::hex_encode(bytes_of(digest));
  return found;
}

// A row on its way through the appender: told anew in each round that settles it.
struct Written {
  Row row;
  Told told;
  bool there = false;
  std::optional<Rejection> refused;
};
using WrittenPtr = std::shared_ptr<Written>;

// Nobody waits for what an item has made.
log::Accepted nothing_to_show() {
  const events::StreamId none{};
  return {200, events::StreamType::access, none, none.value, events::StreamVersion{}, std::make_shared<events::access::State>()};
}

Rejection lacks(const Need& need) {
  return domain::invalid("/" + need.column, "unknown-reference", "What this names was not brought: the row that it lies in was left out.");
}

// What stands before the first change of a row. Nothing where the row may go on.
std::optional<Rejection> begin(Written& written, log::Settling& settling) {
  written.told = {{}, written.row.table(), written.row.key()};
  written.refused.reset();
  written.there = written.row.is_there(settling);
  if (written.there) return std::nullopt;
  for (const auto& need : written.row.needed())
    if (!settling.there(need.stream)) return written.refused = lacks(need);
  return std::nullopt;
}

log::Execute execution(const WrittenPtr& written, std::size_t number) {
  return [written, number](log::Settling& settling) -> domain::Result<log::Accepted> {
    if (number == 0)
      if (auto refused = begin(*written, settling)) return std::move(*refused);
    if (written->there || (written->refused && number > 0)) return nothing_to_show();
    if (auto said = written->row.changes()[number].say(settling, written->told); !said) {
      written->refused = said.error();
      return std::move(said.error());
    }
    return nothing_to_show();
  };
}

// All changes of a row at once, and none of them kept. What lies in something that the log does not have yet cannot be tried.
log::Execute trial(const WrittenPtr& written) {
  return [written](log::Settling& settling) -> domain::Result<log::Accepted> {
    written->told = {{}, written->row.table(), written->row.key()};
    written->refused.reset();
    written->there = written->row.is_there(settling);
    const auto& needs = written->row.needed();
    const bool can_be_tried = std::all_of(needs.begin(), needs.end(), [&](const Need& need) { return settling.there(need.stream); });
    if (!written->there && can_be_tried)
      for (const auto& change : written->row.changes()) {
        auto said = change.say(settling, written->told);
        if (said) continue;
        written->refused = said.error();
        break;
      }
    return domain::forbidden("Nothing is written by a dry run.");
  };
}

class Run final : public Sink {
 public:
  Run(const Model& model, Survey survey, log::Appender& appender, const RunOptions& options)
      : model_(model), survey_(std::move(survey)), appender_(appender), options_(options),
        id_(crypto::named_uuid({"import of ", model.name, " ", survey_.digest})) {
    progress_.rows_total = survey_.rows;
  }

  bool bring(Row row) override {
    // What was there already is known once the rows before are written.
    if (row.is_closing() && !part_.empty() && !part_.back()->row.is_closing()) write();
    auto& counts = report_.of(row.table());
    if (!row.is_closing()) ++counts.read, ++progress_.rows;
    for (const auto& finding : row.findings()) report_.note(finding);
    if (!is_placed(row)) return false;
    const auto workspace = row.workspace().value_or(events::WorkspaceId{});
    if (const auto& stream = row.own_stream()) places_.put(stream->value, workspace);
    bytes_ += row.bytes();
    part_.push_back(std::make_shared<Written>(Written{std::move(row), {}, false, std::nullopt}));
    if (part_.size() >= part_rows_max || bytes_ >= part_bytes_max) write();
    return true;
  }

  void ask(const std::function<void(log::Settling&)>& question) override {
    write();
    log::Request request{};
    request.caller = caller();
    request.items.push_back({[&question](log::Settling& settling) -> domain::Result<log::Accepted> {
                               question(settling);
                               return nothing_to_show();
                             },
                             std::nullopt});
    (void)submit(std::move(request));
  }

  Report& report() override { return report_; }
  People& people() override { return people_; }
  Places& places() override { return places_; }
  text::Uuid named(std::string_view what) const override {
    return crypto::named_uuid({"of ", model_.name, " ", what});
  }
  std::string_view system() const override { return model_.name; }
  bool is_dry_run() const override { return options_.dry_run; }
  std::optional<events::UserId> importer() const override { return importer_; }

  void find_importer() {
    if (!options_.owner) return;
    ask([&](log::Settling& settling) {
      const auto found = settling.claimed_personal(domain::scope::email, *options_.owner);
      importer_ = found ? std::optional(events::UserId{found->value}) : std::nullopt;
    });
    if (!importer_) throw CannotGoOn("Nobody is registered as " + *options_.owner + ".");
    places_.put(importer_->value, {});
  }

  Report finish() {
    write();
    const auto all = std::exchange(brought_in_, {});
    for (const auto& [workspace, counts] : all) bring_summary(*this, workspace, counts);
    write();
    return std::move(report_);
  }

 private:
  // Whether all is there that the row lies in or needs; what is not is reported with it.
  bool is_placed(const Row& row) {
    auto& counts = report_.of(row.table());
    bool lacking = row.is_left_out();
    for (const auto& need : row.needed()) {
      if (places_.has(need.stream.value)) continue;
      if (!row.is_closing())
        report_.note({FindingKind::left_out, row.table(), row.key(), need.column, "what it names, " + need.stream.text() + ", is not there"});
      lacking = true;
    }
    if (lacking && !row.is_closing()) ++counts.left_out;
    return !lacking;
  }

  log::Caller caller() const {
    log::Caller caller{};
    caller.via_type = events::ViaType::database_import;
    caller.via_id = id_;
    caller.origin = events::Origin::import;
    caller.correlation_id = events::CorrelationId{id_};
    return caller;
  }

  log::Item item(const Change& change, log::Execute execute) const {
    auto in_their_name = caller();
    in_their_name.actor_type = change.by.type;
    in_their_name.actor_id = change.by.id;
    return {std::move(execute), change.at, in_their_name};
  }

  // An end is said of what was begun here alone.
  bool is_passed_over(const Row& row) const { return row.is_closing() && found_there_.contains(row.needed().front().stream); }

  log::Request request_for_part() {
    log::Request request{};
    request.caller = caller();
    request.atomic = false;
    if (!options_.dry_run) request.source = log::ImportSource{{events::StreamId{id_}, std::string(model_.name), survey_.digest}, progress_.parts};
    for (const auto& written : part_) {
      const auto& changes = written->row.changes();
      if (changes.empty() || is_passed_over(written->row)) continue;
      if (options_.dry_run) {
        request.items.push_back(item(changes.front(), trial(written)));
        continue;
      }
      for (std::size_t i = 0; i < changes.size(); ++i) request.items.push_back(item(changes[i], execution(written, i)));
    }
    return request;
  }

  log::Outcome submit(log::Request request) {
    auto reply = appender_.submit_and_wait(std::move(request));
    if (const auto* away = std::get_if<log::Unavailable>(&reply))
      throw CannotGoOn("The log cannot be written now: " + away->reason + "." + std::string(how_to_go_on));
    auto outcome = std::get<log::Outcome>(std::move(reply));
    if (outcome.failed) throw CannotGoOn(*outcome.failed);
    return outcome;
  }

  void write() {
    if (part_.empty()) return;
    if (options_.stop.stop_requested()) throw Stopped{};
    ++progress_.parts;
    const auto outcome = submit(request_for_part());
    if (outcome.already_imported) ++progress_.parts_already_there;
    for (const auto& written : part_) {
      if (outcome.already_imported) note_there(*written);
      else note(*written);
    }
    progress_.table = part_.back()->row.table();
    options_.on_part(progress_);
    part_.clear();
    bytes_ = 0;
  }

  // Its part was written by an earlier run: what a round before that was known has said of it does not count.
  void note_there(const Written& written) {
    if (!written.row.is_closing()) ++report_.of(written.row.table()).already_there;
    if (written.row.workspace() && !written.row.table().empty()) ++brought_in_[*written.row.workspace()][written.row.table()];
  }

  void note(const Written& written) {
    const auto& row = written.row;
    for (const auto& finding : written.told.findings) report_.note(finding);
    if (written.refused && !(row.is_closing() && written.refused->code == "unknown-reference")) {
      const auto& why = *written.refused;
      const auto column = why.errors.empty() || why.errors.front().pointer.empty() ? std::string() : why.errors.front().pointer.substr(1);
      report_.note({FindingKind::left_out, row.table(), row.key(), column, why.errors.empty() ? why.detail : why.errors.front().detail});
    }
    if (written.there && row.own_stream()) found_there_.insert(*row.own_stream());
    if (row.is_closing()) return;
    auto& counts = report_.of(row.table());
    if (written.refused) ++counts.left_out;
    else if (written.there) ++counts.already_there;
    else ++counts.brought;
    if (!written.refused && !written.there && row.workspace() && !row.table().empty()) ++brought_in_[*row.workspace()][row.table()];
  }

  const Model& model_;
  const Survey survey_;
  log::Appender& appender_;
  const RunOptions& options_;
  const text::Uuid id_;
  Report report_;
  People people_;
  Places places_;
  std::optional<events::UserId> importer_;
  std::vector<WrittenPtr> part_;
  std::size_t bytes_ = 0;
  Progress progress_;
  std::set<events::StreamId> found_there_;
  std::map<events::WorkspaceId, std::map<std::string, std::int64_t>> brought_in_;
};

}  // namespace

Report run(const Model& model, Source& source, log::Appender& appender, const RunOptions& options) {
  Run run(model, survey(model, source), appender, options);
  run.find_importer();
  model.bring(source, run);
  return run.finish();
}

}  // namespace daybook::importer::models
