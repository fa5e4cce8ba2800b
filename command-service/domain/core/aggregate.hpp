#pragma once
// The shape of an aggregate. One struct names its parts; everything generic asks that struct.
//
//   struct Issue {
//     using State = events::issue::State;                 // folded, default = nothing happened yet
//     using Event = events::issue::Event;                 // std::variant of its events
//     static constexpr auto stream_type = StreamType::issue;
//   };
//   // found by argument-dependent lookup, one overload an event; a missing one does not compile:
//   void evolve(State&, const StatusChanged&, const Envelope&);
//   void effects(const State& before, const StatusChanged&, const Envelope&, Effects&);
//   // the header's last line, and without `extern` its source's: what knows every event is compiled there and nowhere else
//   extern template const AggregateOps& aggregate_ops<Issue>();
//
// A state is an events::Stamp and what it has beside it. An aggregate whose evolve comes to mean something else while its State
// keeps its shape raises `static constexpr int fold_version`, which is 1 where it is not declared: states kept until then are
// ignored.
#include <boost/mp11/list.hpp>
#include <memory>
#include <variant>

#include "command-service/domain/core/decision.hpp"
#include "command-service/domain/core/facts.hpp"
#include "events/core/event_type.hpp"
#include "events/core/json.hpp"
#include "events/core/stamp.hpp"
#include "platform/crypto/hash.hpp"

namespace daybook::domain {

// An event on its way into the log, with its aggregate forgotten.
struct PendingEvent {
  events::EncodedEvent encoded;
  std::optional<text::Instant> occurred_at;
};

// How a folded state is kept, so that a long stream need not be folded from its first event. What was kept under another
// `fold` has another shape or meaning.
struct SnapshotForm {
  crypto::Digest fold{};
  std::string (*write)(const void* state);
  std::shared_ptr<void> (*read)(std::string_view json);  // null where it cannot be read
};

// The aggregate's functions with its types forgotten, for settle, cache and audit.
struct AggregateOps {
  events::StreamType stream_type;
  std::shared_ptr<void> (*make)();
  std::shared_ptr<void> (*copy)(const void* state);
  events::EncodedEvent (*encode)(const void* event);
  // Decodes, computes effects from the state before and folds, in this order.
  void (*apply)(void* state, const events::Envelope&, const events::PersonalOpener&, Effects*);
  // The same with an event that was just decided.
  void (*apply_decided)(void* state, const void* event, const events::Envelope&, Effects*);
  const events::Stamp& (*stamp)(const void* state);
  std::size_t (*bytes)(const void* state);  // rough size, for the cache's budget
  std::optional<SnapshotForm> snapshot;     // none for states that hold what is personal
  bool (*was_erased)(const void* state);    // the person whose state it is: nothing happens to it any more
  // Whether there is a key to seal what is personal with. In most streams it is born with the first event, or never; a state that
  // has `has_key` says so itself, and its stream's key is born with the first event that needs one.
  bool (*has_key)(const void* state);
};

template <class A>
void apply_event(typename A::State& state, const typename A::Event& event, const events::Envelope& envelope, Effects* sink) {
  std::visit(
      [&](const auto& e) {
        if (sink != nullptr) effects(static_cast<const typename A::State&>(state), e, envelope, *sink);
        evolve(state, e, envelope);
      },
      event);
  events::stamp_event(state, envelope);
}

template <class A>
std::optional<SnapshotForm> snapshot_form() {
  using State = typename A::State;
  const auto& type = events::type_info<State>();
  if (events::holds_personal(type)) return std::nullopt;
  int version = 1;
  if constexpr (requires { A::fold_version; }) version = A::fold_version;
  const auto name = std::string(events::word_of(A::stream_type)) + " " + std::to_string(version) + " ";
  return SnapshotForm{crypto::sha256(name + events::json_schema(type, false)),
                      [](const void* state) { return events::to_json(*static_cast<const State*>(state)); },
                      [](std::string_view json) -> std::shared_ptr<void> {
                        auto state = std::make_shared<State>();
                        if (!events::from_json(json, *state, events::Reading::lenient)) return nullptr;
                        return state;
                      }};
}

template <class A>
const AggregateOps& aggregate_ops() {
  using State = typename A::State;
  using Event = typename A::Event;
  static const AggregateOps ops{
      A::stream_type,
      []() -> std::shared_ptr<void> { return std::make_shared<State>(); },
      [](const void* state) -> std::shared_ptr<void> { return std::make_shared<State>(*static_cast<const State*>(state)); },
      [](const void* event) { return events::encode(A::stream_type, *static_cast<const Event*>(event)); },
      [](void* state, const events::Envelope& envelope, const events::PersonalOpener& opener, Effects* sink) {
        apply_event<A>(*static_cast<State*>(state), events::decode<Event>(A::stream_type, envelope, opener), envelope, sink);
      },
      [](void* state, const void* event, const events::Envelope& envelope, Effects* sink) {
        apply_event<A>(*static_cast<State*>(state), *static_cast<const Event*>(event), envelope, sink);
      },
      [](const void* state) -> const events::Stamp& { return *static_cast<const State*>(state); },
      [](const void* state) { return events::to_json(*static_cast<const State*>(state)).size() + sizeof(State); },
      snapshot_form<A>(),
      []([[maybe_unused]] const void* state) {
        if constexpr (requires(const State& s) { s.erased_at; }) return static_cast<const State*>(state)->erased_at.has_value();
        else return false;
      },
      [](const void* state) {
        if constexpr (requires(const State& s) { s.has_key; }) return static_cast<const State*>(state)->has_key;
        else return static_cast<const State*>(state)->version.value > 0;
      },
  };
  return ops;
}

// Another stream as it stands, for a rule that is about both; good for the one call of decide.
template <class A>
const typename A::State& state_of(const Facts& facts, StreamId stream) {
  return *static_cast<const typename A::State*>(facts.folded(aggregate_ops<A>(), stream));
}

}  // namespace daybook::domain
