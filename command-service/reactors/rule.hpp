#pragma once
// What is to happen because something happened; what is told while a database is brought in happened elsewhere, and no rule sees it.
// A rule sees the events of the types it names, each once the read models show
// it, and sends commands of its own on the system's behalf. After a crash it may see an event again: its commands ask under the
// log's lock whether there is anything left to do.
#include <compare>
#include <functional>
#include <string_view>
#include <vector>

#include "command-service/domain/core/context.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "command-service/log/settling.hpp"

namespace daybook::reactors {

inline constexpr std::size_t commands_max = 200;  // that a rule sends at a time

// Rows of a read table to which something is to happen at a time that one of their columns says.
struct Upcoming {
  std::string_view table;      // issues
  std::string_view at;         // due_at
  std::string_view condition;  // SQL about `due`, $schema being that of the tables; an index over (at, id) fits it
};

// One of them.
struct Due {
  text::Instant at{};
  text::Uuid id{};
  events::WorkspaceId workspace{};
  auto operator<=>(const Due&) const = default;
};

// What rules and timers ask of the read models. They show at least the event a rule is about, and may be ahead of it.
class ReadModels {
 public:
  virtual ~ReadModels() = default;
  // Everything up to here is shown.
  virtual events::Position position() = 0;
  // In the order of their ids, after the one given.
  virtual std::vector<events::IssueId> issues_assigned_to(events::UserId user, events::WorkspaceId workspace,
                                                          events::IssueId after, std::size_t max) = 0;
  // Whether anybody wishes to be told of changes of the issue: most are watched by nobody, and cost no more than this question.
  virtual bool is_watched(events::IssueId issue) = 0;
  // In workspaces that are not deleted, in the order of time and id, after the one given, up to a time.
  virtual std::vector<Due> upcoming(const Upcoming& what, const Due& after, text::Instant until, std::size_t max) = 0;
};

// One event, and what a rule may do about it.
struct Reaction {
  const events::Envelope& cause;
  ReadModels& read;
  // Carries each out for itself; what is refused is counted, for the next state of things has overtaken it.
  std::function<void(std::vector<log::Item>)> send;

  events::WorkspaceId workspace() const { return cause.workspace_id.value(); }
};

struct Rule {
  std::string_view name;                // of its metrics
  std::vector<std::string_view> on;     // event types
  std::function<void(const Reaction&)> react;
};

// Those whose effects are commands alone: of the reactor `domain`.
std::vector<Rule> domain_rules();
// What people are told: of the reactor `notifications`, so that a cause which concerns many holds up nothing else.
std::vector<Rule> notification_rules();

// Who decides what no person asked for.
domain::CommandContext system_context(const log::Settling& settling);

// A stream as it stands now, which may be later than the cause; the log opens what is sealed.
template <class A>
typename A::State state_now(const Reaction& reaction, events::StreamId stream) {
  auto state = std::make_shared<typename A::State>();
  reaction.send({{[state, stream](log::Settling& settling) -> domain::Result<log::Accepted> {
                    *state = settling.load<A>(stream);
                    return log::Accepted{200, A::stream_type, stream, stream.value, state->version, nullptr};
                  },
                  std::nullopt}});
  return std::move(*state);
}

// What the event of a cause says, where its type is E.
template <class A, class E>
E event_of(const events::Envelope& cause) {
  E event{};
  events::decode_event(events::event_type<E>(A::stream_type), cause, events::LeaveSealed{}, &event);
  return event;
}

// A command about a stream of the workspace.
template <class A, class C>
log::Item item(events::WorkspaceId workspace, events::StreamId stream, C command) {
  return {[=](log::Settling& settling) -> domain::Result<log::Accepted> {
            auto context = system_context(settling);
            context.workspace = &settling.load<domain::Workspace>(events::stream_of(workspace));
            auto decided = decide(settling.load<A>(stream), command, context, settling);
            if (!decided) return std::move(decided.error());
            if (auto appended = settling.append<A>(stream, workspace, *decided); !appended) return std::move(appended.error());
            return log::Accepted{200, A::stream_type, stream, stream.value, settling.load<A>(stream).version, nullptr};
          },
          std::nullopt};
}

}  // namespace daybook::reactors
