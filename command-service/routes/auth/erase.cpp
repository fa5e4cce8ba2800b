// A person is erased, who was deleted before: a superuser's. With them go the addresses of their invitations and the keys that act as
// them, all in one append. What others wrote of them is theirs: the reply says where it stands.
#include "command-service/domain/api_key/api_key.hpp"
#include "command-service/domain/invitation/invitation.hpp"
#include "command-service/routes/auth/session.hpp"

namespace daybook::routes {

struct ErasedReply {
  UserId user_id{};
  text::Instant erased_at{};
  std::vector<Mention> mentions;
  bool more_mentions = false;
};
BOOST_DESCRIBE_STRUCT(ErasedReply, (), (user_id, erased_at, mentions, more_mentions))

namespace {

using domain::ApiKey;
using domain::Invitation;
using domain::User;

// By whom it is sent, and what comes of it for the person alone.
struct Erasing {
  User::State person;
  domain::CommandContext context;
  std::vector<User::Event> events;
};

Result<Erasing> begin(log::Settling& settling, const api::Principal& principal, UserId who, const WantedVersions& wanted) {
  if (auto refusal = check_signed_in(settling, principal)) return std::move(*refusal);
  Erasing erasing{settling.load<User>(events::stream_of(who)), context_of(settling, principal, {}), {}};
  erasing.context.is_superuser = settling.load<User>(events::stream_of(principal.user)).is_superuser;
  auto events = decide(erasing.person, domain::user::Erase{}, erasing.context, settling);
  if (!events) return std::move(events.error());
  if (auto conflict = check_version(wanted, erasing.person.version)) return std::move(*conflict);
  erasing.events = std::move(*events);
  return erasing;
}

// What goes with the person, each in its own stream.
template <class A, class Id, class C>
Result<void> append_to_each(log::Settling& settling, const std::vector<Id>& ids, const C& command, const domain::CommandContext& context) {
  for (const auto id : ids) {
    const auto stream = events::stream_of(id);
    const auto& state = settling.load<A>(stream);
    const auto events = decide(state, command, context, settling);
    if (!events) return events.error();
    if (auto done = settling.append<A>(stream, state.workspace_id, *events); !done) return done;
  }
  return {};
}

Result<log::Accepted> erase(log::Settling& settling, const api::Principal& principal, UserId who, const WantedVersions& wanted, const Traces& traces) {
  const auto erasing = begin(settling, principal, who, wanted);
  if (!erasing) return erasing.error();
  const auto& [person, context, events] = *erasing;
  if (auto done = append_to_each<Invitation>(settling, traces.invitations, domain::invitation::Erase{person}, context); !done) return done.error();
  if (auto done = append_to_each<ApiKey>(settling, traces.api_keys, domain::api_key::RevokeOf{who}, context); !done) return done.error();
  const auto stream = events::stream_of(who);
  if (auto done = settling.append<User>(stream, std::nullopt, events); !done) return done.error();
  return log::Accepted{200, events::StreamType::user, stream, who.value, settling.load<User>(stream).version, nullptr};
}

http::Response reply_of(const api::Call& call, const log::ItemOutcome& item, const Traces& traces) {
  if (!item) return problem_reply(call, item.error());
  const auto& person = *static_cast<const User::State*>(item->state.get());
  http::Response response;
  response.headers.push_back({"ETag", etag_of(item->version)});
  response.body = events::to_json(ErasedReply{person.id, person.erased_at.value(), traces.mentions, traces.more_mentions});
  return response;
}

void find_and_erase(const CommandTools& tools, const api::CallPtr& call, const api::Respond& respond, UserId who, const Terms& terms) {
  auto traces = std::make_shared<Traces>();
  try {
    if (tools.find_traces) *traces = tools.find_traces(who);
  } catch (const std::exception&) {
    return respond(api::respond_problem(*call, api::unavailable("The read models cannot be asked where the person is mentioned: nobody was erased.")));
  }
  auto request = as_user(tools, *call, call->principal->user);
  request.idempotency = terms.idempotency;
  request.items.push_back({[principal = *call->principal, who, wanted = terms.if_version, traces](log::Settling& settling) {
                             return erase(settling, principal, who, wanted, *traces);
                           },
                           std::nullopt});
  send_request(tools, call, respond, std::move(request),
               [call, traces](const log::Outcome& outcome) { return reply_of(*call, outcome.items.front(), *traces); });
}

// Whether it may be done is asked first: looking for traces is dear. That is done where hashing is, away from the I/O threads.
void carry_erasure(const CommandTools& tools, const api::CallPtr& call, const api::Respond& respond) {
  auto terms = read_terms(tools, *call);
  if (!terms) return respond(problem_reply(*call, terms.error()));
  const auto who = UserId::parse(call->path_parameter("user")).value_or(UserId{});
  const auto question = [principal = *call->principal, who](log::Settling& settling) -> Result<log::Accepted> {
    const auto erasing = begin(settling, principal, who, {});
    if (!erasing) return erasing.error();
    return log::Accepted{};
  };
  ask_log(tools, call, respond, question, [&tools, call, respond, who, terms = *terms](const log::ItemOutcome& known) {
    if (!known) return respond(problem_reply(*call, known.error()));
    on_hashing(tools, call, respond, [&tools, call, respond, who, terms] { find_and_erase(tools, call, respond, who, terms); });
  });
}

}  // namespace

std::vector<api::Route> erase_routes(const CommandTools& tools) {
  api::Route route{};
  route.id = "eraseUser";
  route.method = "POST";
  route.path = "/api/v1/users/{user}/erase";
  route.summary = "Erases somebody who was deleted, for ever; a superuser's. The reply says where others wrote of them.";
  route.tag = "user";
  route.permission = "superuser";
  route.reply = &events::type_info<ErasedReply>();
  route.reply_fields = about_oneself;
  route.handler = [&tools](api::CallPtr call, api::Respond respond) { carry_erasure(tools, call, respond); };
  return {std::move(route)};
}

}  // namespace daybook::routes
