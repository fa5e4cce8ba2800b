#include "tests/projector/history.hpp"

#include "platform/text/base64.hpp"

namespace daybook::projector::test {

using namespace events;

std::string HexOpener::seal(const std::vector<PlainField>& fields, text::Uuid subject) {
  std::vector<SealedField> sealed;
  for (const auto& field : fields)
    sealed.push_back({field.path, subject, 1, "nonce", text::hex_encode(field.text)});
  return to_json(sealed);
}

Personal HexOpener::open(const Envelope&, const SealedField& field) const {
  return Personal(text::hex_decode(field.ciphertext).value());
}

Envelope& History::place(StreamType type, StreamId stream, std::optional<WorkspaceId> workspace,
                         const EncodedEvent& event) {
  Envelope e{};
  e.event_id = id_of<EventId>(0xE00000 + ++count_);
  e.stream_id = stream;
  e.stream_type = type;
  e.stream_version = StreamVersion{++versions_[stream]};
  e.type = event.type;
  e.schema_version = event.schema_version;
  e.workspace_id = workspace;
  e.actor_type = ActorType::user;
  e.actor_id = PrincipalId{actor_.value};
  e.correlation_id = id_of<CorrelationId>(0xC00000 + count_);
  e.occurred_at = *text::parse_instant("2026-03-01T10:00:00.120000Z") + std::chrono::seconds(count_);
  e.data = event.data;
  if (!event.personal.empty()) e.personal = HexOpener::seal(event.personal, stream.value);
  events_.push_back(std::move(e));
  return events_.back();
}

}  // namespace daybook::projector::test
