#pragma once
// Given what happened, when someone commands, then these events, or nothing, or a refusal:
//
//   spec<Issue>(id).given(opened).as(max).when(issue::Delete{}).then(events::issue::Deleted{});
//
// What a `when` decides has then happened too, with its effects, so that another `when` may follow.
#include <gtest/gtest.h>

#include <memory>

#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/seen_facts.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "tests/support/memory_facts.hpp"

namespace daybook::testing {

// An id that is easy to write and to read: its last digits are the number.
template <class IdType>
IdType id_of(int number) {
  text::Uuid uuid{};
  uuid.bytes[14] = static_cast<std::uint8_t>(number >> 8);
  uuid.bytes[15] = static_cast<std::uint8_t>(number);
  return IdType{uuid};
}

// Every stream of one test, and what follows from them.
class World {
 public:
  MemoryFacts facts;

  World();
  World(const World&) = delete;

  template <class A>
  const typename A::State& state(events::StreamId id) {
    return *static_cast<const typename A::State*>(state_of(domain::aggregate_ops<A>(), id));
  }
  template <class A>
  std::optional<domain::Rejection> happen(events::StreamId id, std::optional<events::WorkspaceId> workspace,
                                          const typename A::Event& event, const domain::CommandContext& context) {
    return happen(domain::aggregate_ops<A>(), id, workspace, &event, context);
  }

 private:
  const void* state_of(const domain::AggregateOps& aggregate, events::StreamId id);
  std::optional<domain::Rejection> happen(const domain::AggregateOps& aggregate, events::StreamId id,
                                          std::optional<events::WorkspaceId> workspace, const void* event,
                                          const domain::CommandContext& context);

  std::map<events::StreamId, std::shared_ptr<void>> states_;
  events::Position position_{};
};

// An event as words, to be compared and read.
std::string text_of(const events::EncodedEvent& event);

void expect_accepted(const std::optional<domain::Rejection>& rejection, const std::vector<std::string>& events, const std::vector<std::string>& expected);
void expect_rejected(const std::optional<domain::Rejection>& rejection, std::string_view code, std::string_view pointer);

// What does not depend on a command is defined below the class, so that an `extern template class` spares whoever
// declares it the compiling.
template <class A>
class DeciderSpec {
 public:
  using Event = typename A::Event;

  DeciderSpec(World& world, events::StreamId stream, std::optional<events::WorkspaceId> workspace, domain::CommandContext context);
  DeciderSpec(const DeciderSpec&);
  ~DeciderSpec();

  template <class... Happened>
  DeciderSpec& given(const Happened&... happened) {
    (given_one(event_of(happened)), ...);
    return *this;
  }
  DeciderSpec& as(events::UserId user);
  DeciderSpec& after(std::chrono::seconds time);
  domain::CommandContext& context() { return context_; }
  const typename A::State& state() const { return world_.template state<A>(stream_); }

  // Admits the caller, decides, and lets the decided events happen.
  template <class Command>
  DeciderSpec& when(const Command& command) {
    const domain::CommandContext* context = nullptr;
    if constexpr (requires { Command::permission; })
      context = begin(Command::permission);
    else
      context = begin();
    if (context == nullptr) return *this;
    const domain::SeenFacts seen(world_.facts, *context);
    if (!is_there(seen)) return reject(domain::not_found("thing"));
    take(decide(state(), command, *context, seen));
    return happen_all();
  }

  template <class... Expected>
  DeciderSpec& then(const Expected&... expected) {
    return expect({text_of(event_of(expected))...});
  }
  DeciderSpec& then_nothing() { return expect({}); }
  DeciderSpec& then_rejected(std::string_view code, std::string_view pointer = "");
  const std::vector<Event>& events() const { return events_; }
  const std::optional<domain::Rejection>& rejection() const { return rejection_; }

 private:
  // Named by its type: to choose among all alternatives of a variant costs a compiler much.
  template <class Happened>
  static Event event_of(const Happened& happened) {
    if constexpr (std::is_same_v<Happened, Event>)
      return happened;
    else
      return Event(std::in_place_type<Happened>, happened);
  }
  static std::string text_of(const Event& event);

  // The context to decide in; nothing when the caller was not admitted.
  const domain::CommandContext* begin();
  const domain::CommandContext* begin(domain::Permission permission);
  bool is_there(const domain::SeenFacts& seen) const;
  void take(domain::Decision<Event> decision);
  // A decision that is refused and still has events.
  template <class Both>
  requires requires(Both both) {
    both.events;
    both.rejection;
  }
  void take(Both both) {
    events_ = std::move(both.events);
    rejection_ = std::move(both.rejection);
  }
  DeciderSpec& happen_all();
  DeciderSpec& expect(const std::vector<std::string>& expected);
  void given_one(const Event& event);
  DeciderSpec& reject(domain::Rejection rejection);

  World& world_;
  events::StreamId stream_;
  std::optional<events::WorkspaceId> workspace_;
  domain::CommandContext context_;
  domain::CommandContext admitted_;
  std::vector<Event> events_;
  std::optional<domain::Rejection> rejection_;
};

template <class A>
DeciderSpec<A>::DeciderSpec(World& world, events::StreamId stream, std::optional<events::WorkspaceId> workspace, domain::CommandContext context)
    : world_(world), stream_(stream), workspace_(workspace), context_(std::move(context)) {}
template <class A>
DeciderSpec<A>::DeciderSpec(const DeciderSpec&) = default;
template <class A>
DeciderSpec<A>::~DeciderSpec() = default;

template <class A>
DeciderSpec<A>& DeciderSpec<A>::as(events::UserId user) {
  context_.user = user;
  context_.actor_type = events::ActorType::user;
  context_.actor_id = events::PrincipalId{user.value};
  return *this;
}

template <class A>
DeciderSpec<A>& DeciderSpec<A>::after(std::chrono::seconds time) {
  context_.now += time;
  return *this;
}

template <class A>
DeciderSpec<A>& DeciderSpec<A>::then_rejected(std::string_view code, std::string_view pointer) {
  expect_rejected(rejection_, code, pointer);
  return *this;
}

template <class A>
std::string DeciderSpec<A>::text_of(const Event& event) {
  return testing::text_of(domain::aggregate_ops<A>().encode(&event));
}

template <class A>
const domain::CommandContext* DeciderSpec<A>::begin() {
  events_.clear();
  rejection_.reset();
  admitted_ = context_;
  return &admitted_;
}

template <class A>
const domain::CommandContext* DeciderSpec<A>::begin(domain::Permission permission) {
  begin();
  auto admitted = domain::admit(context_, world_.template state<domain::Workspace>(events::stream_of(*workspace_)), permission);
  if (!admitted) {
    rejection_ = admitted.error();
    return nullptr;
  }
  admitted_ = *admitted;
  return &admitted_;
}

// What a command is about has to be there for its sender, as the frame asks.
template <class A>
bool DeciderSpec<A>::is_there(const domain::SeenFacts& seen) const {
  return state().version.value == 0 || admitted_.workspace == nullptr || seen.there(stream_);
}

template <class A>
void DeciderSpec<A>::take(domain::Decision<Event> decision) {
  if (decision)
    events_ = *decision;
  else
    rejection_ = decision.error();
}

template <class A>
DeciderSpec<A>& DeciderSpec<A>::happen_all() {
  for (const auto& event : events_)
    if (auto refused = world_.template happen<A>(stream_, workspace_, event, context_)) return reject(*refused);
  return *this;
}

template <class A>
DeciderSpec<A>& DeciderSpec<A>::expect(const std::vector<std::string>& expected) {
  std::vector<std::string> texts;
  for (const auto& event : events_) texts.push_back(text_of(event));
  expect_accepted(rejection_, texts, expected);
  return *this;
}

template <class A>
void DeciderSpec<A>::given_one(const Event& event) {
  const auto refused = world_.template happen<A>(stream_, workspace_, event, context_);
  EXPECT_FALSE(refused) << "the given history is impossible: " << refused->code;
}

template <class A>
DeciderSpec<A>& DeciderSpec<A>::reject(domain::Rejection rejection) {
  rejection_ = std::move(rejection);
  return *this;
}

}  // namespace daybook::testing
