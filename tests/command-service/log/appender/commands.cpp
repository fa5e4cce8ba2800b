#include "tests/command-service/log/appender/commands.hpp"

#include <gtest/gtest.h>

#include "command-service/domain/registry.hpp"

namespace daybook::log::test {
namespace {

text::Instant system_now() {
  return text::Instant{std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now())};
}

}  // namespace

std::shared_ptr<const crypto::KeyFile> test_keys() {
  static const auto keys = [] {
    const daybook::test::TempDir folder;
    return std::make_shared<const crypto::KeyFile>(
        std::get<crypto::KeyFile>(crypto::KeyFile::create(folder / "keys", system_now())));
  }();
  return keys;
}

std::shared_ptr<events::KeyRing> key_ring(const LogIdentity& log, events::KeyRing::Source source) {
  return std::make_shared<events::KeyRing>(log.log_id, test_keys(), std::move(source));
}

Appender::Options appender_options() {
  Appender::Options options;
  options.clock = system_now;
  options.aggregates = domain::aggregate_ops_of;
  options.new_event_id = [] { return new_id<events::EventId>(); };
  options.on_broken = [](const std::string& why) { ADD_FAILURE() << "the appender broke: " << why; };
  return options;
}

AuditOptions audit_options(std::shared_ptr<events::KeyRing> ring) {
  AuditOptions options;
  options.fold = AuditFoldOptions{
      domain::aggregate_ops_of, ring.get(),
      [ring](std::string_view scope, std::string_view text) { return ring->lookup_key(scope, text); }};
  return options;
}

Execute open_issue(const Place& place, events::IssueId id, const std::string& title) {
  domain::issue::Open open{};
  open.title = domain::Title(title);
  return command_on<domain::Issue>(place, events::stream_of(id), open);
}

Execute rename_issue(const Place& place, events::IssueId id, const std::string& title) {
  domain::issue::Change change{};
  change.title = domain::Title(title);
  return command_on<domain::Issue>(place, events::stream_of(id), change);
}

Execute define_label(const Place& place, const std::string& name) {
  domain::workspace::DefineLabel define{};
  define.name = domain::Name(name);
  return command_on<domain::Workspace>(place, events::stream_of(place.acme), define);
}

Execute block(const Place& place, events::IssueId from, events::IssueId to) {
  domain::issue::AddDependency add{};
  add.depends_on_id = domain::IssueRef(to);
  return command_on<domain::Issue>(place, events::stream_of(from), add);
}

Execute register_user(events::UserId id, const std::string& name) {
  events::user::Registered registered{};
  registered.email = events::Personal(name + "@example.org");
  registered.username = events::Personal(name);
  registered.password_hash = events::Personal("hash of " + name);
  return happened<domain::User>(events::stream_of(id), std::nullopt, {registered});
}

Execute look(StreamId stream) {
  return [=](Settling& settling) -> domain::Result<Accepted> {
    const auto& state = settling.load<domain::Issue>(stream);
    return Accepted{200, events::StreamType::issue, stream, stream.value, state.version, nullptr};
  };
}

Execute refuse() {
  return [](Settling&) -> domain::Result<Accepted> { return domain::invalid("/x", "no", "No."); };
}

Execute found_workspace(const Place& place) {
  events::workspace::Created created{};
  created.name = "Acme";
  created.slug = "acme";
  created.issue_prefix = "ABC";
  created.owner_id = place.olga;
  return happened<domain::Workspace>(
      events::stream_of(place.acme), place.acme,
      {created,
       events::workspace::MemberJoined{new_id<events::MemberId>(), place.olga, domain::MemberRole::owner}});
}

Request one(Execute execute) { return many({std::move(execute)}, true); }

Request many(std::vector<Execute> executes, bool atomic) {
  Request request;
  request.caller.correlation_id = new_id<events::CorrelationId>();
  for (auto& execute : executes) request.items.push_back({std::move(execute), std::nullopt});
  request.atomic = atomic;
  return request;
}

Request with_key(Request request, const std::string& key, const std::string& body) {
  request.idempotency = Idempotency{{"olga", "POST /issues", crypto::sha256(key)}, crypto::sha256(body)};
  return request;
}

std::future<Reply> submit(Appender& appender, Request request) {
  auto promise = std::make_shared<std::promise<Reply>>();
  auto future = promise->get_future();
  if (!appender.submit(std::move(request), [promise](Reply reply) { promise->set_value(std::move(reply)); }))
    promise->set_value(Unavailable{"full"});
  return future;
}

Reply reply_of(std::future<Reply> future) {
  if (future.wait_for(answer_wait_max) != std::future_status::ready)
    throw std::runtime_error("no answer came");
  return future.get();
}

Outcome send(Appender& appender, Request request) {
  auto reply = reply_of(submit(appender, std::move(request)));
  if (const auto* lost = std::get_if<Unavailable>(&reply))
    throw std::runtime_error("unavailable: " + lost->reason);
  return std::get<Outcome>(std::move(reply));
}

}  // namespace daybook::log::test
