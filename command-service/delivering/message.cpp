#include "command-service/delivering/message.hpp"

#include "events/cloud_event.hpp"
#include "events/core/json.hpp"
#include "platform/outbound/signature.hpp"

namespace daybook::delivering {
namespace {

constexpr std::string_view standard_prefix = "whsec_";

std::string in_quotes(std::string_view words) {
  std::string out;
  events::write_json_string(words, out);
  return out;
}

std::string written(const events::LogIdentity& log, const events::Envelope& event) {
  std::string out = "{\"type\":" + in_quotes(event.type) + ",\"timestamp\":" + in_quotes(text::format_instant(event.occurred_at));
  if (event.workspace_id) out += ",\"workspace_id\":" + in_quotes(event.workspace_id->text());
  return out + ",\"data\":" + events::cloud_event(log, event) + "}";
}

}  // namespace

std::string body_of(const events::LogIdentity& log, const events::Envelope& event) {
  auto body = written(log, event);
  if (body.size() <= body_bytes_max) return body;
  auto brief = event;
  brief.data = "null";
  return written(log, brief);
}

outbound::Post post_of(const events::webhook::State& webhook, text::Uuid delivery, text::Instant now, std::string body) {
  const auto& secret = webhook.signing_secret.text;
  const auto id = delivery.text();
  const auto unix_s = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  outbound::Post post{webhook.url, {}, std::move(body)};
  if (webhook.headers) post.headers.assign(webhook.headers->begin(), webhook.headers->end());
  post.headers.emplace_back("Content-Type", "application/json");
  post.headers.emplace_back(outbound::id_header, id);
  post.headers.emplace_back(outbound::timestamp_header, std::to_string(unix_s));
  post.headers.emplace_back(outbound::signature_header, outbound::standard_signature(secret, id, unix_s, post.body));
  if (!secret.starts_with(standard_prefix)) post.headers.emplace_back(outbound::older_signature_header, outbound::older_signature(secret, post.body));
  return post;
}

}  // namespace daybook::delivering
