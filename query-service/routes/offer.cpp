// What an invitation offers, for whoever holds the token that was mailed. They may have no account yet, so nobody signs in here.
#include "events/core/json.hpp"
#include "events/invitation/state.hpp"
#include "query-service/core/sql.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::query {

// Of one that is closed only that it is: what was offered is none of its holder's business any more.
struct Offer {
  events::invitation::Status status{};
  text::Instant expires_at{};
  std::optional<std::string> workspace_name;
  std::optional<events::workspace::MemberRole> role;
  std::optional<std::string> invited_by;  // null where nobody could be named
};
BOOST_DESCRIBE_STRUCT(Offer, (), (status, expires_at, workspace_name, role, invited_by))

namespace {

// An open one whose time is over has ended, whether or not that was noticed; in a workspace that is deleted there are none.
std::string offer_sql() {
  const auto open = std::string("i.status = 'open' AND i.expires_at > $now");
  const auto while_open = [&](const std::string& column) { return "CASE WHEN " + open + " THEN " + column + " END"; };
  return "SELECT json_strip_nulls(json_build_object('status', CASE WHEN i.status = 'open' AND NOT (" + open + ") THEN 'expired' ELSE i.status END, 'expires_at',"
         " to_char(i.expires_at, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), 'workspace_name', " + while_open("w.name") + ", 'role', " + while_open("i.role") +
         ", 'invited_by', " + while_open("coalesce(p.full_name, p.username)") + "))::text FROM $schema.invitations i JOIN $schema.workspaces w ON w.id = i.workspace_id AND w.deleted_at IS NULL LEFT JOIN"
         " $schema.people p ON p.user_id = i.created_by_id AND i.created_by_type = 'user' WHERE i.id = $1::uuid";
}

http::Response answer(const QueryContext& context, const api::Call& call, const text::Uuid& invitation) {
  auto lease = context.postgres->lease(lease_timeout);
  if (!lease) return api::respond_problem(call, api::unavailable("Too many queries are waiting; come again in a moment."));
  const auto row = (*lease)->exec_prepared(filled(offer_sql(), context.schema), pg::Params().text(invitation.text()));
  if (row.empty()) return api::respond_problem(call, api::not_found("invitation"));
  http::Response response;
  response.headers.push_back({"Cache-Control", "no-store"});
  Offer offer{};
  if (!events::from_json(row.text(0, 0), offer, events::Reading::lenient)) throw std::logic_error("the read tables hold no such invitation");
  response.body = events::to_json_with_nulls(offer);
  return response;
}

void carry(const QueryContext& context, const TokenCheck& is_ours, api::CallPtr call, api::Respond respond) {
  const auto token = crypto::OpaqueToken::read(call->path_parameter("token"));
  if (!token || !is_ours(*token)) return respond(api::respond_problem(*call, api::not_found("invitation")));
  const auto work = [&context, call, respond, invitation = token->owner] {
    try {
      respond(answer(context, *call, invitation));
    } catch (const pg::Error&) {
      respond(api::respond_problem(*call, api::unavailable("The read models cannot be reached; come again in a moment.")));
    }
  };
  if (!context.workers->post(work)) respond(api::respond_problem(*call, api::unavailable("Too many queries are waiting; come again in a moment.")));
}

}  // namespace

std::vector<api::Route> offer_routes(const QueryContext& context, TokenCheck is_ours) {
  api::Route route{};
  route.id = "getOffer";
  route.method = "GET";
  route.path = "/api/v1/invitations/{token}";
  route.summary = "What the mail with the token invites to, and whether it still does.";
  route.tag = "invitation";
  route.signed_in = false;
  route.reply = &events::type_info<Offer>();
  route.reply_fields = {"Cache-Control"};
  route.handler = [&context, is_ours = std::move(is_ours)](api::CallPtr call, api::Respond respond) {
    carry(context, is_ours, std::move(call), std::move(respond));
  };
  return {std::move(route)};
}

}  // namespace daybook::query
