#pragma once
// What every operation of the OpenAPI document refers to: header fields, refusals, shared parameters.
#include <boost/json.hpp>
#include <string_view>

namespace daybook::api {

// A refusal that operations share, and which of them answer it.
struct Refusal {
  enum class When { always, identified, signed_in, named, changing, command, query };
  int status;
  std::string_view name;      // of the component
  std::string_view description;
  When when;
  std::string_view field = "";   // header field that comes with it
};

inline constexpr Refusal refusals[] = {
    {400, "BadRequest", "Not JSON, or a parameter or header field that cannot be accepted; it is named.", Refusal::When::always},
    {401, "Unauthenticated", "No credential, or one that does not hold.", Refusal::When::identified, "WWW-Authenticate"},
    {402, "PaymentRequired", "A quota or budget is used up, or it has to be bought first; code says which.", Refusal::When::command},
    {403, "Forbidden", "One's role in the workspace, or what a key or an agent may, does not allow it.", Refusal::When::signed_in},
    {404, "NotFound", "Absent, or not yours to know.", Refusal::When::named},
    {409, "Conflict", "Something of this address, name or id is there already, or a request with this Idempotency-Key is being carried out.",
     Refusal::When::changing},
    {410, "LogReplaced", "The position or cursor is of a log that was replaced.", Refusal::When::query},
    {412, "VersionConflict", "If-Match names another version; current_version tells the one that is there.", Refusal::When::command},
    {413, "TooLarge", "The body has more bytes than the path takes.", Refusal::When::changing},
    {415, "UnsupportedMediaType", "The body is not JSON by its Content-Type.", Refusal::When::changing},
    {422, "Invalid", "Well-formed, but against the form of the body or a rule; each place is named.", Refusal::When::changing},
    {428, "PreconditionRequired", "The deployment asks for If-Match with every PATCH and DELETE, and there was none.", Refusal::When::command},
    {429, "TooManyRequests", "More requests than the rate allows.", Refusal::When::identified, "Retry-After"},
    {500, "Internal", "Something broke on the server's side; request_id helps to find it.", Refusal::When::always},
    {503, "Unavailable", "A dependency is away or a queue is full; nothing was written.", Refusal::When::always, "Retry-After"},
    {504, "NotYet", "The read models have not reached the position in time.", Refusal::When::query},
};

extern const std::string_view problem_schema, page_schema, openapi_description;

// Refers to a part of that name: of `schemas`, `parameters`, `responses` or `headers`.
boost::json::object reference(std::string_view kind, std::string_view name);
// Refers to a header field of replies; throws for one that is not known here.
boost::json::object openapi_header(std::string_view field);
// The parameter of a path, by its name.
boost::json::object path_parameter(std::string_view name);
// Everything under `components` but the schemas of bodies and replies.
boost::json::object openapi_components();

}  // namespace daybook::api
