#include <iostream>

#include "compose/daybook/deployment.hpp"
#include "compose/daybook/tools.hpp"

namespace daybook::app {
namespace {

constexpr std::size_t page_events = 1000;
constexpr std::size_t page_bytes = 8 << 20;
constexpr int follow_timeout_ms = 1000;

bool matches(const TailOptions& options, const events::Envelope& event) {
  if (!options.workspace.empty() && (!event.workspace_id || event.workspace_id->text() != options.workspace)) return false;
  if (!options.stream.empty() && event.stream_id.text() != options.stream) return false;
  if (options.type.empty()) return true;
  if (options.type.back() != '*') return event.type == options.type;
  return event.type.compare(0, options.type.size() - 1, options.type, 0, options.type.size() - 1) == 0;
}

std::string member(std::string_view name, const std::string& value) {
  std::string out = ",\"" + std::string(name) + "\":";
  events::write_json_string(value, out);
  return out;
}

// One line; line breaks in free JSON are white space between its tokens, never inside a text.
std::string one_line(std::string json) {
  for (auto& c : json)
    if (c == '\n' || c == '\r') c = ' ';
  return json;
}

std::string json_of(const events::Envelope& e) {
  std::string out = "{\"position\":" + std::to_string(e.position.value) + member("id", e.event_id.text()) + member("type", e.type) +
                    ",\"schema_version\":" + std::to_string(e.schema_version) + member("stream_type", std::string(events::word_of(e.stream_type))) +
                    member("stream_id", e.stream_id.text()) + ",\"stream_version\":" + std::to_string(e.stream_version.value);
  if (e.workspace_id) out += member("workspace_id", e.workspace_id->text());
  out += member("actor_type", std::string(events::word_of(e.actor_type)));
  if (e.actor_id) out += member("actor_id", e.actor_id->text());
  out += member("origin", std::string(events::word_of(e.origin))) + member("correlation_id", e.correlation_id.text()) +
         member("recorded_at", text::format_instant(e.recorded_at)) + member("occurred_at", text::format_instant(e.occurred_at)) + ",\"data\":" + e.data;
  if (e.personal) out += ",\"personal\":" + *e.personal;
  return one_line(out + "}");
}

std::string text_of(const events::Envelope& e) {
  return std::to_string(e.position.value) + "  " + text::format_instant(e.recorded_at) + "  " + e.type + "  " + e.stream_id.text() + " v" +
         std::to_string(e.stream_version.value) + "  " + one_line(e.data) + (e.personal ? "  (and sealed personal fields)" : "");
}

}  // namespace

int tail(const Config& config, const TailOptions& options) {
  log::PgReader reader(config.database_url);
  events::Position at{options.from};
  std::int64_t printed = 0;
  for (;;) {
    const auto page = reader.read(at, page_events, page_bytes);
    for (const auto& event : page) {
      at = event.position;
      if (!matches(options, event)) continue;
      std::cout << (options.json ? json_of(event) : text_of(event)) << "\n";
      if (options.limit > 0 && ++printed >= options.limit) return 0;
    }
    std::cout.flush();
    if (!std::cout) return 0;   // the reader of our output has gone
    if (!page.empty()) continue;
    if (!options.follow) return 0;
    static_cast<void>(reader.wait_beyond(at, follow_timeout_ms));
  }
}

}  // namespace daybook::app
