#include "events/core/event_type.hpp"

#include <algorithm>

namespace daybook::events {
namespace {

// The place of a personal field, made present if it is optional.
Personal* personal_at(const FieldInfo& field, void* event) {
  void* place = static_cast<char*>(event) + field.offset;
  if (field.type->shape == Shape::personal) return static_cast<Personal*>(place);
  if (field.type->shape != Shape::optional || field.type->inner->shape != Shape::personal) return nullptr;
  return static_cast<Personal*>(field.type->emplace_inner(place));
}

const Personal* personal_in(const FieldInfo& field, const void* event) {
  const void* place = static_cast<const char*>(event) + field.offset;
  if (field.type->shape == Shape::personal) return static_cast<const Personal*>(place);
  if (field.type->shape != Shape::optional || field.type->inner->shape != Shape::personal) return nullptr;
  return static_cast<const Personal*>(field.type->get_inner(place));
}

[[noreturn]] void unreadable(const Envelope& envelope, const std::string& why) {
  throw UnreadableEvent("event " + std::to_string(envelope.position.value) + " (" + envelope.type + " version " +
                        std::to_string(envelope.schema_version) + ") cannot be read: " + why);
}

std::string upcast_data(const EventType& type, const Envelope& envelope) {
  if (envelope.schema_version > type.version) unreadable(envelope, "it was written by a newer Daybook");
  std::string data = envelope.data;
  for (auto version = envelope.schema_version; version < type.version; ++version) {
    if (type.upcast == nullptr) unreadable(envelope, "there is no upcast from its version");
    data = type.upcast(version, data);
  }
  return data;
}

// Read as an empty text, a personal field that is missing would be taken for what its person said.
void require_personal(const EventType& type, const Envelope& envelope, const std::vector<SealedField>& sealed) {
  for (const auto& info : type.info->fields) {
    if (info.type->shape != Shape::personal) continue;
    const auto path = "/" + std::string(info.name);
    if (std::none_of(sealed.begin(), sealed.end(), [&](const SealedField& field) { return field.path == path; }))
      unreadable(envelope, "its personal field " + path + " is missing");
  }
}

}  // namespace

EncodedEvent encode_event(const EventType& type, const void* event) {
  EncodedEvent out{type.type, type.version, {}, {}};
  write_json(*type.info, event, out.data);
  for (const auto& field : type.info->fields) {
    const auto* personal = personal_in(field, event);
    if (personal == nullptr) continue;
    if (personal->state != Personal::State::open) throw std::logic_error("a sealed value cannot be written into an event");
    out.personal.push_back({"/" + std::string(field.name), personal->text});
  }
  return out;
}

void decode_event(const EventType& type, const Envelope& envelope, const PersonalOpener& opener, void* event) {
  const bool current = envelope.schema_version == type.version;
  const auto result = current ? read_json(*type.info, envelope.data, event, Reading::lenient)
                              : read_json(*type.info, upcast_data(type, envelope), event, Reading::lenient);
  if (!result) unreadable(envelope, result.text());
  std::vector<SealedField> sealed;
  if (envelope.personal)
    if (const auto read = from_json(*envelope.personal, sealed, Reading::lenient); !read) unreadable(envelope, read.text());
  require_personal(type, envelope, sealed);
  for (const auto& field : sealed) {
    for (const auto& info : type.info->fields) {
      if (field.path != "/" + std::string(info.name)) continue;
      if (auto* place = personal_at(info, event)) *place = opener.open(envelope, field);
    }
  }
}

}  // namespace daybook::events
