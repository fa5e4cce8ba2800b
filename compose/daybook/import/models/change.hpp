#pragma once
// What one row of a source becomes: changes of the log, each at its own time and in somebody's name, all about one thing. A row is
// brought as a whole or not at all: whether its thing is there already is asked once, before the first change.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "command-service/log/settling.hpp"
#include "compose/daybook/import/models/values.hpp"

namespace daybook::importer::models {

// In whose name. Nobody known: the system.
struct Actor {
  events::ActorType type = events::ActorType::system;
  std::optional<events::PrincipalId> id;
};
inline Actor nobody() { return {}; }
inline Actor user_actor(const std::optional<events::UserId>& user) {
  if (!user) return {};
  return {events::ActorType::user, events::PrincipalId{user->value}};
}

// What a change finds out when it is written: it is run anew for each attempt, so it tells here instead of keeping it.
struct Told {
  std::vector<Finding> findings;
  // Of the row that is written, for messages.
  std::string table, row;
  void changed(std::string column, std::string why) { findings.push_back({FindingKind::changed, table, row, std::move(column), std::move(why)}); }
};

using Say = std::function<domain::Result<void>(log::Settling&, Told&)>;

struct Change {
  std::optional<text::Instant> at;   // none: when it is written
  Actor by;
  Say say;
};

// Something that must be there before the row can be: where it lies. The column that names it stands in the report.
struct Need {
  events::StreamId stream{};
  std::string column;
};

class Row {
 public:
  // Names table and key, and takes over what was found in the values.
  explicit Row(const Values& values);
  Row(std::string table, std::string key) : table_(std::move(table)), key_(std::move(key)) {}

  // The thing is there already when its stream is.
  Row& stream(events::StreamId stream);
  // Where that is not enough, for what is inside of a stream.
  Row& there_when(std::function<bool(log::Settling&)> there);
  Row& needs(events::StreamId stream, std::string_view column);
  template <class Id>
  Row& needs(const events::Id<Id>& id, std::string_view column) { return needs(events::stream_of(id), column); }

  // The end of what an earlier row began, once all that lies in its stream is there: not counted, and passed over where that stream
  // was there before this import.
  Row& closing(events::StreamId stream);

  // Appends to a stream, without asking any rule but those of claims and relations.
  template <class A>
  Row& say(events::StreamId stream, std::optional<events::WorkspaceId> workspace, text::Instant at, Actor by,
           std::vector<typename A::Event> happened) {
    if (!workspace_) workspace_ = workspace;
    return say(at, by, [stream, workspace, happened = std::move(happened)](log::Settling& settling, Told&) {
      return settling.append<A>(stream, workspace, happened);
    });
  }
  Row& say(std::optional<text::Instant> at, Actor by, Say say);
  // Where it lies, if no change says so.
  Row& in(events::WorkspaceId workspace);

  const std::string& table() const { return table_; }
  const std::string& key() const { return key_; }
  std::size_t bytes() const { return bytes_; }
  bool is_left_out() const { return is_left_out_; }
  const std::vector<Finding>& findings() const { return findings_; }
  const std::vector<Need>& needed() const { return needs_; }
  const std::vector<Change>& changes() const { return changes_; }
  const std::optional<events::StreamId>& own_stream() const { return stream_; }
  const std::optional<events::WorkspaceId>& workspace() const { return workspace_; }
  bool is_closing() const { return is_closing_; }
  bool is_there(log::Settling& settling) const;

 private:
  std::string table_, key_;
  std::size_t bytes_ = 0;
  bool is_left_out_ = false, is_closing_ = false;
  std::optional<events::WorkspaceId> workspace_;
  std::vector<Finding> findings_;
  std::vector<Need> needs_;
  std::optional<events::StreamId> stream_;
  std::function<bool(log::Settling&)> there_;
  std::vector<Change> changes_;
};

}  // namespace daybook::importer::models
