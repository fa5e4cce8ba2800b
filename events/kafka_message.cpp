#include "events/kafka_message.hpp"

#include <cstring>

#include "platform/text/base64.hpp"
#include "platform/text/number.hpp"

namespace daybook::events {
namespace {

class Headers {
 public:
  explicit Headers(const KafkaHeaders& headers) : headers_(headers) {}

  std::optional<std::string_view> find(std::string_view name) const {
    for (const auto& [key, value] : headers_)
      if (key == name) return value;
    return std::nullopt;
  }
  std::string_view text(std::string_view name) { return need(find(name)).value_or(""); }
  std::int64_t number(std::string_view name) {
    return need(daybook::text::read_number<std::int64_t>(text(name))).value_or(0);
  }
  template <class IdType>
  IdType id(std::string_view name) { return need(IdType::parse(text(name))).value_or(IdType{}); }
  template <class IdType>
  std::optional<IdType> maybe_id(std::string_view name) {
    const auto words = find(name);
    if (!words) return std::nullopt;
    return need(IdType::parse(*words));
  }
  template <class E>
  E word(std::string_view name) { return need(word_to<E>(text(name))).value_or(E{}); }
  text::Instant instant(std::string_view name) { return need(text::parse_instant(text(name))).value_or(text::Instant{}); }

  bool complete = true;

 private:
  template <class T>
  std::optional<T> need(std::optional<T> value) {
    if (!value) complete = false;
    return value;
  }
  const KafkaHeaders& headers_;
};

std::string hex(const crypto::Digest& digest) {
  return text::hex_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace

std::string partition_key(const Envelope& event) { return event.workspace_id ? event.workspace_id->text() : event.stream_id.text(); }

int partition_of(std::string_view key, int partitions) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const unsigned char c : key) hash = (hash ^ c) * 1099511628211ULL;
  return static_cast<int>(hash % static_cast<std::uint64_t>(partitions));
}

KafkaRecord to_record(const LogId& log, Epoch epoch, const Envelope& e, Position previous) {
  KafkaRecord record{partition_key(e), e.data, {}};
  auto& h = record.headers;
  h = {{"content-type", "application/json"},
       {"ce_specversion", "1.0"},
       {"ce_id", e.event_id.text()},
       {"ce_source", "/logs/" + log.text()},
       {"ce_type", e.type},
       {"ce_subject", e.stream_id.text()},
       {"ce_time", text::format_instant(e.recorded_at)},
       {"ce_occurredat", text::format_instant(e.occurred_at)},
       {"ce_position", std::to_string(e.position.value)},
       {"ce_epoch", std::to_string(epoch.value)},
       {"ce_streamtype", std::string(word_of(e.stream_type))},
       {"ce_streamversion", std::to_string(e.stream_version.value)},
       {"ce_schemaversion", std::to_string(e.schema_version)},
       {"ce_actortype", std::string(word_of(e.actor_type))},
       {"ce_viatype", std::string(word_of(e.via_type))},
       {"ce_origin", std::string(word_of(e.origin))},
       {"ce_correlationid", e.correlation_id.text()},
       {"ce_depth", std::to_string(e.depth)},
       {"prev", std::to_string(previous.value)},
       {"leaf", hex(e.leaf)}};
  if (e.workspace_id) h.emplace_back("ce_workspaceid", e.workspace_id->text());
  if (e.actor_id) h.emplace_back("ce_actorid", e.actor_id->text());
  if (e.via_id) h.emplace_back("ce_viaid", e.via_id->text());
  if (e.causation_id) h.emplace_back("ce_causationid", e.causation_id->text());
  if (e.personal) h.emplace_back("personal", *e.personal);
  return record;
}

std::optional<FromRecord> from_record(const KafkaHeaders& headers, std::string_view value) {
  Headers h(headers);
  FromRecord out{};
  auto& e = out.event;
  constexpr std::string_view source_prefix = "/logs/";
  const auto source = h.text("ce_source");
  const auto log = source.substr(0, source_prefix.size()) == source_prefix ? LogId::parse(source.substr(source_prefix.size())) : std::nullopt;
  if (!log) return std::nullopt;
  out.log = *log;
  out.epoch = Epoch{h.number("ce_epoch")};
  out.previous = Position{h.number("prev")};
  e.event_id = h.id<EventId>("ce_id");
  e.type = h.text("ce_type");
  e.stream_id = h.id<StreamId>("ce_subject");
  e.recorded_at = h.instant("ce_time");
  e.occurred_at = h.instant("ce_occurredat");
  e.position = Position{h.number("ce_position")};
  e.stream_type = h.word<StreamType>("ce_streamtype");
  e.stream_version = StreamVersion{h.number("ce_streamversion")};
  e.schema_version = h.number("ce_schemaversion");
  e.actor_type = h.word<ActorType>("ce_actortype");
  e.via_type = h.word<ViaType>("ce_viatype");
  e.origin = h.word<Origin>("ce_origin");
  e.correlation_id = h.id<CorrelationId>("ce_correlationid");
  e.depth = h.number("ce_depth");
  e.workspace_id = h.maybe_id<WorkspaceId>("ce_workspaceid");
  e.actor_id = h.maybe_id<PrincipalId>("ce_actorid");
  if (const auto via = h.maybe_id<EntityId>("ce_viaid")) e.via_id = via->value;
  e.causation_id = h.maybe_id<EventId>("ce_causationid");
  if (const auto personal = h.find("personal")) e.personal = std::string(*personal);
  e.data = value;
  e.leaf = leaf_of(out.log, e);
  if (!h.complete || hex(e.leaf) != h.text("leaf")) return std::nullopt;
  return out;
}

}  // namespace daybook::events
