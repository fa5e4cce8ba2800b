#pragma once
// What the log and its readers need of an event type: its name, its version, its table. An aggregate lists its events
// once, in `using Event = std::variant<…>`; everything below is derived from that list.
#include <boost/mp11/list.hpp>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "events/core/envelope.hpp"
#include "events/core/json.hpp"

namespace daybook::events {

struct EventType {
  StreamType stream{};
  std::string_view type;            // issue.status_changed
  std::int64_t version = 1;         // the one we write
  const TypeInfo* info{};
  // Brings `data` of an older version to the next one; called until `version` is reached. Null where there is only one.
  std::string (*upcast)(std::int64_t from, std::string_view data){};
};

// `data` and the plain personal fields of one event, before they are sealed.
struct PlainField {
  std::string path;  // "/email"
  std::string text;
};
struct EncodedEvent {
  std::string_view type;
  std::int64_t schema_version = 1;
  std::string data;
  std::vector<PlainField> personal;
};

// Answers what a sealed field holds: open with its text, or erased. Throws where the key store cannot be reached: a lost
// key table must never look like an erasure.
class PersonalOpener {
 public:
  virtual ~PersonalOpener() = default;
  virtual Personal open(const Envelope& event, const SealedField& field) const = 0;
  // Drops what it remembers of a subject, who was erased.
  virtual void forget(text::Uuid) {}
};

// What an opener says of fields whose subject was erased.
inline void erase_field(Personal& field) {
  field.state = Personal::State::erased;
  field.text.clear();
}
inline void erase_field(std::optional<Personal>& field) {
  if (field) erase_field(*field);
}
template <class... Fields>
void erase_all(Fields&... fields) {
  (erase_field(fields), ...);
}

// Leaves every personal field sealed; read models other than `people` fold with it.
class LeaveSealed final : public PersonalOpener {
 public:
  Personal open(const Envelope&, const SealedField&) const override {
    Personal personal;
    personal.state = Personal::State::sealed;
    return personal;
  }
};

// Thrown when an event of our own log cannot be read: the reader stops visibly, nothing is dropped.
struct UnreadableEvent : std::runtime_error { using std::runtime_error::runtime_error; };

EncodedEvent encode_event(const EventType& type, const void* event);
// Upcasts, reads and opens `envelope` into `event`.
void decode_event(const EventType& type, const Envelope& envelope, const PersonalOpener& opener, void* event);

template <class E>
constexpr std::int64_t schema_version_of() {
  if constexpr (requires { E::schema_version; }) return E::schema_version;
  else return 1;
}

template <class E>
EventType event_type(StreamType stream) {
  EventType type{stream, E::type, schema_version_of<E>(), &type_info<E>(), nullptr};
  if constexpr (requires { &E::upcast; }) type.upcast = &E::upcast;
  return type;
}

// The table of one aggregate's variant, in its declared order.
template <class Event>
const std::vector<EventType>& event_types(StreamType stream) {
  static const std::vector<EventType> types = [&] {
    std::vector<EventType> list;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Event>>(
        [&](auto id) { list.push_back(event_type<typename decltype(id)::type>(stream)); });
    return list;
  }();
  return types;
}

template <class Event>
EncodedEvent encode(StreamType stream, const Event& event) {
  const auto& type = event_types<Event>(stream)[event.index()];
  return std::visit([&](const auto& e) { return encode_event(type, &e); }, event);
}

template <class Event>
Event decode(StreamType stream, const Envelope& envelope, const PersonalOpener& opener) {
  const auto& types = event_types<Event>(stream);
  Event event;
  bool found = false;
  std::size_t index = 0;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Event>>([&](auto id) {
    const auto& type = types[index++];
    if (found || type.type != envelope.type) return;
    found = true;
    decode_event(type, envelope, opener, &event.template emplace<typename decltype(id)::type>());
  });
  if (!found) throw UnreadableEvent("event " + std::to_string(envelope.position.value) + " has the unknown type " + envelope.type);
  return event;
}

}  // namespace daybook::events
