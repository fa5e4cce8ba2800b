#include "tests/command-service/log/batches.hpp"

#include "platform/crypto/uuid_source.hpp"

namespace daybook::log::test {

text::Uuid new_uuid() {
  static crypto::UuidV7Source source;
  return source.next();
}

StreamId new_stream() { return StreamId{new_uuid()}; }

Envelope some_event(StreamId stream, std::int64_t version, std::string data) {
  Envelope e{};
  e.event_id = events::EventId{new_uuid()};
  e.stream_id = stream;
  e.stream_type = events::StreamType::issue;
  e.stream_version = StreamVersion{version};
  e.type = version == 1 ? "issue.opened" : "issue.renamed";
  e.workspace_id = events::WorkspaceId{new_uuid()};
  e.actor_type = events::ActorType::user;
  e.actor_id = events::PrincipalId{new_uuid()};
  e.via_type = events::ViaType::session;
  e.via_id = new_uuid();
  e.origin = events::Origin::import;
  e.correlation_id = events::CorrelationId{new_uuid()};
  e.causation_id = events::EventId{new_uuid()};
  e.depth = 3;
  e.occurred_at = *text::parse_instant("2019-02-28T23:59:59.000001Z");
  e.data = std::move(data);
  e.personal = R"([{"path":"/email","nonce":"a b"}])";
  return e;
}

BatchWrite batch_after(const LogIdentity& log, const Head& head, std::vector<Envelope> events) {
  BatchWrite batch{};
  batch.batch_id = BatchId{new_uuid()};
  batch.head = head;
  batch.head.batch_id = batch.batch_id;
  // Whole seconds and single microseconds: both must come back as they were.
  batch.head.recorded_at = std::max(head.recorded_at, *text::parse_instant("2026-11-21T05:07:45Z")) +
                           std::chrono::microseconds(250001);
  for (auto& event : events) {
    event.position = batch.head.position = batch.head.position.next();
    event.recorded_at = batch.head.recorded_at;
    event.leaf = events::leaf_of(log.log_id, event);
    batch.head.frontier.append(event.leaf);
  }
  batch.head.root = batch.head.frontier.root();
  batch.events = std::move(events);
  return batch;
}

BatchWrite append(Store& store, std::vector<Envelope> events) {
  auto opened = store.open_batch(Position{}, {});
  auto batch = batch_after(store.identity(), opened.head, std::move(events));
  store.write_batch(batch);
  return batch;
}

std::vector<Envelope> births(int count) {
  std::vector<Envelope> events;
  for (int i = 0; i < count; ++i) events.push_back(some_event(new_stream(), 1));
  return events;
}

std::vector<Envelope> all_events(Store& store) {
  return store.read(Position{}, page_events_max, page_bytes_max);
}

}  // namespace daybook::log::test
