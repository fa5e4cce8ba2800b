#pragma once
// Commands as a route would make them, for tests of the appender: real aggregates behind small Executes.
#include <chrono>
#include <future>
#include <memory>

#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "command-service/log/appender.hpp"
#include "command-service/log/audit.hpp"
#include "tests/command-service/log/batches.hpp"
#include "tests/support/support.hpp"

namespace daybook::log::test {

inline constexpr std::chrono::seconds answer_wait_max{60};

template <class IdType>
IdType new_id() {
  return IdType{new_uuid()};
}

// The people and the workspace that every test here starts from.
struct Place {
  events::UserId olga = new_id<events::UserId>();
  events::WorkspaceId acme = new_id<events::WorkspaceId>();
};

// One key file for a test program.
std::shared_ptr<const crypto::KeyFile> test_keys();
std::shared_ptr<events::KeyRing> key_ring(const LogIdentity& log, events::KeyRing::Source source);
Appender::Options appender_options();
AuditOptions audit_options(std::shared_ptr<events::KeyRing> ring);

// Appends the events as they are, undecided.
template <class A>
Execute happened(StreamId stream, std::optional<events::WorkspaceId> workspace,
                 std::vector<typename A::Event> events) {
  return [=](Settling& settling) -> domain::Result<Accepted> {
    if (auto appended = settling.append<A>(stream, workspace, events); !appended)
      return std::move(appended.error());
    return Accepted{201, A::stream_type, stream, stream.value, settling.load<A>(stream).version, nullptr};
  };
}

// Olga's command on a stream of the workspace.
template <class A, class C>
Execute command_on(const Place& place, StreamId stream, C command) {
  return [=, fresh = new_uuid()](Settling& settling) -> domain::Result<Accepted> {
    domain::CommandContext plain{};
    plain.actor_type = events::ActorType::user;
    plain.actor_id = events::PrincipalId{place.olga.value};
    plain.user = place.olga;
    plain.now = settling.now();
    plain.fresh_id = fresh;
    plain.spare = "x7k2p9";
    const auto& workspace = settling.load<domain::Workspace>(events::stream_of(place.acme));
    auto context = domain::admit(plain, workspace, C::permission);
    if (!context) return std::move(context.error());
    auto decided = decide(settling.load<A>(stream), command, *context, settling);
    if (!decided) return std::move(decided.error());
    if (auto appended = settling.append<A>(stream, place.acme, *decided); !appended)
      return std::move(appended.error());
    return Accepted{200, A::stream_type, stream, stream.value, settling.load<A>(stream).version, nullptr};
  };
}

Execute open_issue(const Place& place, events::IssueId id, const std::string& title);
Execute rename_issue(const Place& place, events::IssueId id, const std::string& title);
Execute define_label(const Place& place, const std::string& name);
Execute block(const Place& place, events::IssueId from, events::IssueId to);
Execute register_user(events::UserId id, const std::string& name);
// Changes nothing.
Execute look(StreamId stream);
Execute refuse();
Execute found_workspace(const Place& place);

Request one(Execute execute);
Request many(std::vector<Execute> executes, bool atomic);
Request with_key(Request request, const std::string& key, const std::string& body = "body");

std::future<Reply> submit(Appender& appender, Request request);
// Throws where no answer comes in time.
Reply reply_of(std::future<Reply> future);
// The outcome; throws for Unavailable.
Outcome send(Appender& appender, Request request);

}  // namespace daybook::log::test
