#pragma once
// What a decision may know beyond its own stream. Each question is about something that is a fold of the log: a claim
// (unique key), a reference (exists, where it lies, deleted or not), a counter, a relation (typed acyclic edges).
// Questions are answered over what is committed plus what the batch has settled so far. A question whose answer is
// not loaded yet gets a harmless answer and is noted; the batch is then settled again with it. So decide stays pure and
// says nothing in advance.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/core/envelope.hpp"

namespace daybook::domain {

using events::StreamId;

// Where a stream lies: known from its birth, move, death and restoration.
struct Reference {
  events::StreamType type{};
  std::optional<events::WorkspaceId> workspace;
  std::optional<StreamId> container;  // the project of an issue, the issue of a comment, the workspace of a project
  bool deleted = false;
  bool restricted = false;  // only some may know of it and of what lies in it; who, seen_facts.hpp says
  std::optional<StreamId> owner = std::nullopt;  // to whom it belongs alone, and with whose deletion it is hidden
  bool operator==(const Reference&) const = default;
};

// A key that is held, and by whom.
struct HeldBy {
  std::string key;
  StreamId holder{};
  bool operator==(const HeldBy&) const = default;
};
enum class Side { below, above };

struct AggregateOps;

class Facts {
 public:
  virtual ~Facts() = default;

  // The stream that holds the key, if any.
  virtual std::optional<StreamId> claimed(std::string_view scope, std::string_view key) const = 0;
  // The same for a key that is personal (an e-mail address): the store knows it by an HMAC of its case-folded form only.
  virtual std::optional<StreamId> claimed_personal(std::string_view scope, std::string_view text) const = 0;
  // The keys of an ordered scope that are held next to `key` on one side, the nearest first, at most `most`: those that begin
  // with `prefix`, as `key` does. Such keys are lower-case hexadecimal digits behind their prefix.
  virtual std::vector<HeldBy> held_beside(std::string_view scope, std::string_view prefix, std::string_view key, Side side,
                                          std::size_t most) const = 0;
  virtual std::optional<Reference> reference(StreamId stream) const = 0;
  virtual std::int64_t counter(std::string_view scope, StreamId key) const = 0;
  // Whether `to` can be reached from `from` along edges of the kind, or more hangs there than is looked at: no circle may slip in.
  virtual bool reaches(std::string_view kind, text::Uuid from, text::Uuid to) const = 0;

  // Another stream as it stands, of the aggregate's State, with version 0 where there is none: see state_of in aggregate.hpp.
  virtual const void* folded(const AggregateOps& aggregate, StreamId stream) const = 0;

  // Whether the stream and everything it lies in exist, deleted or not.
  bool there(StreamId stream) const;
  // The same, and neither it nor anything it lies in is deleted, nor whom any of these belongs to alone.
  bool open(StreamId stream) const;
  // Whether it is open, of the type and in the workspace: what every reference in a command must be.
  bool usable(events::StreamType type, StreamId stream, events::WorkspaceId workspace) const;
};

inline constexpr int container_depth_max = 8;  // workspace ⊃ project ⊃ issue ⊃ comment, and room to grow

// What one event does to the tables that answer the questions above: a pure function of the event and the state before
// it, so that the tables are folds of the log and an audit can compute them again.
class Effects {
 public:
  virtual ~Effects() = default;

  virtual void born(std::optional<StreamId> container) = 0;  // of the event's own stream
  virtual void moved(std::optional<StreamId> container) = 0;
  virtual void died() = 0;
  virtual void revived() = 0;
  virtual void restricted(bool to_some) = 0;  // from here on, or no more
  virtual void owned_by(std::optional<StreamId> owner) = 0;  // alone, from here on
  virtual void erased() {}  // its own key goes; whoever keeps no keys has nothing to do
  // Refused with already-exists, naming `pointer`, when the key is held, be it by this stream for another entity.
  virtual void claim(std::string_view scope, std::string_view key, std::string_view pointer) = 0;
  virtual void release(std::string_view scope, std::string_view key) = 0;
  virtual void claim_personal(std::string_view scope, const events::Personal& text, std::string_view pointer) = 0;
  virtual void release_personal(std::string_view scope, const events::Personal& text) = 0;
  virtual void count(std::string_view scope, StreamId key, std::int64_t delta) = 0;
  // Refused with `cycle` at `pointer` when it would close one.
  virtual void relate(std::string_view kind, text::Uuid from, text::Uuid to, std::string_view pointer) = 0;
  virtual void unrelate(std::string_view kind, text::Uuid from, text::Uuid to) = 0;
};

// What a person makes for themselves belongs to them alone; what anybody else makes, to nobody.
void owned_by_maker(const events::Envelope& birth, Effects& effects);

}  // namespace daybook::domain
