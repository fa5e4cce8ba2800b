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

template <class A>
class DeciderSpec {
 public:
  using Event = typename A::Event;

  DeciderSpec(World& world, events::StreamId stream, std::optional<events::WorkspaceId> workspace,
              domain::CommandContext context)
      : world_(world), stream_(stream), workspace_(workspace), context_(std::move(context)) {}

  template <class... Happened>
  DeciderSpec& given(const Happened&... happened) {
    (given_one(happened), ...);
    return *this;
  }
  DeciderSpec& as(events::UserId user) {
    context_.user = user;
    context_.actor_type = events::ActorType::user;
    context_.actor_id = events::PrincipalId{user.value};
    return *this;
  }
  DeciderSpec& after(std::chrono::seconds time) {
    context_.now += time;
    return *this;
  }
  domain::CommandContext& context() { return context_; }
  const typename A::State& state() const { return world_.template state<A>(stream_); }

  // Admits the caller, decides, and lets the decided events happen.
  template <class Command>
  DeciderSpec& when(const Command& command) {
    events_.clear();
    rejection_.reset();
    auto context = context_;
    if constexpr (requires { Command::permission; }) {
      auto admitted = domain::admit(context_, world_.state<domain::Workspace>(events::stream_of(*workspace_)),
                                    Command::permission);
      if (!admitted) return reject(admitted.error());
      context = *admitted;
    }
    // What a command is about has to be there for its sender, as the frame asks.
    const domain::SeenFacts seen(world_.facts, context);
    if (state().version.value > 0 && context.workspace != nullptr && !seen.there(stream_)) return reject(domain::not_found("thing"));
    take(decide(state(), command, context, seen));
    for (const auto& event : events_)
      if (auto refused = world_.template happen<A>(stream_, workspace_, event, context_))
        return reject(*refused);
    return *this;
  }

  template <class... Expected>
  DeciderSpec& then(const Expected&... expected) {
    EXPECT_FALSE(rejection_) << rejection_->code << ": " << rejection_->detail;
    EXPECT_EQ(texts(events_), texts(std::vector<Event>{Event(expected)...}));
    return *this;
  }
  DeciderSpec& then_nothing() { return then(); }
  DeciderSpec& then_rejected(std::string_view code, std::string_view pointer = "") {
    if (!rejection_) {
      ADD_FAILURE() << "expected " << code << ", but it was accepted";
      return *this;
    }
    EXPECT_EQ(rejection_->code, code) << rejection_->detail;
    if (!rejection_->errors.empty())
      EXPECT_EQ(rejection_->errors.front().pointer, pointer);
    else
      EXPECT_EQ(pointer, "") << "no field was named";
    return *this;
  }
  const std::vector<Event>& events() const { return events_; }
  const std::optional<domain::Rejection>& rejection() const { return rejection_; }

 private:
  void given_one(const Event& event) {
    const auto refused = world_.template happen<A>(stream_, workspace_, event, context_);
    EXPECT_FALSE(refused) << "the given history is impossible: " << refused->code;
  }
  DeciderSpec& reject(domain::Rejection rejection) {
    rejection_ = std::move(rejection);
    return *this;
  }
  void take(domain::Decision<Event> decision) {
    if (decision)
      events_ = *decision;
    else
      rejection_ = decision.error();
  }
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
  static std::vector<std::string> texts(const std::vector<Event>& events) {
    std::vector<std::string> texts;
    for (const auto& event : events) texts.push_back(text_of(domain::aggregate_ops<A>().encode(&event)));
    return texts;
  }

  World& world_;
  events::StreamId stream_;
  std::optional<events::WorkspaceId> workspace_;
  domain::CommandContext context_;
  std::vector<Event> events_;
  std::optional<domain::Rejection> rejection_;
};

}  // namespace daybook::testing
