#pragma once
// One import: a source, a model that turns its rows into changes, and the log that takes them in parts, each once. Whoever was stopped
// goes on with the same line; a second run adds nothing. A dry run settles every change against the log and writes none.
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "command-service/log/appender.hpp"
#include "compose/daybook/import/models/change.hpp"
#include "events/core/numbered_id.hpp"

namespace daybook::importer::models {

inline constexpr std::size_t part_rows_max = 200;
inline constexpr std::size_t part_bytes_max = 4 << 20;   // of the rows as they were read

// Who everybody is here: somebody whose address is known already stays who they are.
class People {
 public:
  void is_here_as(events::UserId theirs, events::UserId ours) { here_.emplace(theirs, ours); }
  bool is_known(events::UserId theirs) const { return known_.contains(theirs); }
  void know(events::UserId theirs) { known_.insert(theirs); }
  bool was_here(events::UserId theirs) const { return here_.contains(theirs); }
  events::UserId here(events::UserId theirs) const {
    const auto found = here_.find(theirs);
    return found == here_.end() ? theirs : found->second;
  }

 private:
  std::unordered_map<events::UserId, events::UserId> here_;
  std::unordered_set<events::UserId> known_;
};

// In which workspace each thing lies that others lie in or point at. Only what is brought stands here, so that what depends on a row
// that was left out is left out with it.
class Places {
 public:
  void put(text::Uuid thing, events::WorkspaceId workspace) { of_.emplace(thing, workspace); }
  bool has(text::Uuid thing) const { return of_.contains(thing); }
  std::optional<events::WorkspaceId> of(text::Uuid thing) const {
    const auto found = of_.find(thing);
    return found == of_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::unordered_map<text::Uuid, events::WorkspaceId> of_;
};

class Sink {
 public:
  virtual ~Sink() = default;

  // True where the row is taken; its stream then has its place. One that is left out is reported here.
  virtual bool bring(Row row) = 0;
  // A question to the log as it stands with all that was brought so far; writes nothing. Run anew for each attempt.
  virtual void ask(const std::function<void(log::Settling&)>& question) = 0;

  virtual Report& report() = 0;
  virtual People& people() = 0;
  virtual Places& places() = 0;
  // The same id for the same words in every run of the model: for things that had no id of their own.
  virtual text::Uuid named(std::string_view what) const = 0;
  // Of the model that is imported.
  virtual std::string_view system() const = 0;
  virtual bool is_dry_run() const = 0;
  // Who owns what nobody in it can own; none unless it was said.
  virtual std::optional<events::UserId> importer() const = 0;
};

struct Model {
  std::string_view name;
  std::vector<std::string_view> tables;   // all that it has, containers first; those not in the source are passed over
  void (*bring)(Source&, Sink&);
};

// All four.
std::span<const Model> models();
const Model* find_model(std::string_view name);

struct Progress {
  std::string_view table;
  std::int64_t rows = 0, rows_total = 0, parts = 0, parts_already_there = 0;
};

struct Stopped {};
// A sentence for the operator.
struct CannotGoOn : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct RunOptions {
  bool dry_run = false;
  std::optional<std::string> owner = {};   // address of somebody who is registered here
  std::stop_token stop = {};
  std::function<void(const Progress&)> on_part = [](const Progress&) {};
};

// Throws CannotGoOn and Stopped; what was written stays.
Report run(const Model& model, Source& source, log::Appender& appender, const RunOptions& options);

}  // namespace daybook::importer::models
