#pragma once
// From a call to the appender and back: headers in (Idempotency-Key, If-Match), reply out (ETag, Location, position).
#include "command-service/routes/command.hpp"
#include "command-service/routes/context.hpp"

namespace daybook::routes {

// What the request says about how it wants to be carried out; a broken header is refused.
struct Terms {
  std::optional<log::Idempotency> idempotency;
  WantedVersions if_version;
};
Result<Terms> read_terms(const CommandTools& tools, const api::Call& call);

log::Caller caller_of(const CommandTools& tools, const api::Call& call);

// Sends one prepared command; `location` is the collection's path for a new thing.
void send(const CommandTools& tools, api::CallPtr call, api::Respond respond, Prepared prepared, Terms terms, View view,
          std::string location);
// Sends any request and hands on its outcome; queue full and lost database are answered here.
void send_request(const CommandTools& tools, api::CallPtr call, api::Respond respond, log::Request request,
                  std::function<http::Response(const log::Outcome&)> reply);

// The queue of what the sentence names is full: 503, come again.
http::Response busy_response(const api::Call& call, std::string detail);
std::string etag_of(events::StreamVersion version);
void add_log_headers(const CommandTools& tools, events::Position position, http::Response& response);

}  // namespace daybook::routes
