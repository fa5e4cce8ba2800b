#pragma once
// How one changes what is one's own: the user's stream, outside any workspace.
#include "command-service/routes/auth/session.hpp"
#include "platform/crypto/random.hpp"

namespace daybook::routes {

// Appends what `decide` says about oneself and answers with the user, or with nothing.
template <class C>
void change_self(const CommandTools& tools, api::CallPtr call, api::Respond respond, C command, int status) {
  auto terms = read_terms(tools, *call);
  if (!terms) return respond(problem_reply(*call, terms.error()));
  const auto principal = *call->principal;
  auto request = as_user(tools, *call, principal.user);
  request.idempotency = std::move(terms->idempotency);
  const Drawn drawn{{}, tools.ids->next(), crypto::random_lower_alnum(spare_length)};
  request.items.push_back({[=, command = std::move(command), if_version = terms->if_version](log::Settling& settling) -> Result<log::Accepted> {
    if (auto refusal = check_signed_in(settling, principal)) return std::move(*refusal);
    const auto stream = events::stream_of(principal.user);
    const auto& state = settling.load<domain::User>(stream);
    if (auto conflict = check_version(if_version, profile_stamp(state).version)) return std::move(*conflict);
    auto decided = decide(state, command, context_of(settling, principal, drawn), settling);
    if (!decided) return std::move(decided.error());
    if (auto done = settling.append<domain::User>(stream, std::nullopt, *decided); !done) return std::move(done.error());
    return log::Accepted{status, events::StreamType::user, stream, principal.user.value, profile_stamp(settling.load<domain::User>(stream)).version, nullptr};
  }, std::nullopt});
  send_request(tools, call, std::move(respond), std::move(request), [call](const log::Outcome& outcome) {
    const auto& item = outcome.items.front();
    if (!item) return problem_reply(*call, item.error());
    http::Response response;
    response.status = item->status;
    response.headers.push_back({"ETag", etag_of(item->version)});
    if (item->status != 204) response.body = events::to_json_with_nulls(user_reply(item->state.get()));
    return response;
  });
}

// A route about oneself that takes no body and whose reply has none.
api::Route without_body(std::string_view id, std::string_view method, std::string_view path, std::string_view summary, api::Handler handler);

}  // namespace daybook::routes
