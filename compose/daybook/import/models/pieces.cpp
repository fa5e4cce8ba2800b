#include "compose/daybook/import/models/pieces.hpp"

#include "events/core/fields.hpp"
#include "events/core/json.hpp"

namespace daybook::importer::models {
namespace {

using events::Json;
using events::execution::Usage;

template <class T>
std::optional<T> read(const Json& value) {
  T out{};
  if (!events::from_json(value.text, out, events::Reading::lenient)) return std::nullopt;
  return out;
}

// A document is an object or a list: what is neither is read as the one item of a list.
template <class T>
std::optional<T> read_one(const Json& value) {
  auto items = read<std::vector<T>>(Json{"[" + value.text + "]"});
  if (!items || items->size() != 1) return std::nullopt;
  return std::move(items->front());
}

Json checked(Values& values, std::string_view column, std::string_view empty, bool fits, const std::optional<Json>& value, std::string_view wanted) {
  if (value && fits) return *value;
  if (value) values.changed(column, "expected " + std::string(wanted) + ": left empty");
  return Json{std::string(empty)};
}

template <class Combine>
Usage combined(Usage a, const Usage& b, Combine combine) {
  events::fields::for_each<Usage>([&](auto kind) {
    auto& mine = a.*kind.pointer;
    const auto& other = b.*kind.pointer;
    if (mine || other) mine = combine(mine.value_or(0), other.value_or(0));
  });
  return a;
}

}  // namespace

std::optional<Members> members_of(const Json& value) { return read<Members>(value); }
std::optional<std::vector<Json>> items_of(const Json& value) { return read<std::vector<Json>>(value); }
std::optional<std::string> text_of(const Json& value) { return read_one<std::string>(value); }
std::optional<std::int64_t> integer_of(const Json& value) { return read_one<std::int64_t>(value); }
Json object_of(const Members& members) { return Json{events::to_json(members)}; }

const Json* member(const Members& members, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    const auto found = members.find(std::string(name));
    if (found != members.end() && found->second.text != "null") return &found->second;
  }
  return nullptr;
}
std::optional<std::string> text_member(const Members& members, std::initializer_list<std::string_view> names) {
  const auto* found = member(members, names);
  return found == nullptr ? std::nullopt : text_of(*found);
}
std::optional<std::int64_t> integer_member(const Members& members, std::initializer_list<std::string_view> names) {
  const auto* found = member(members, names);
  return found == nullptr ? std::nullopt : integer_of(*found);
}
std::optional<text::Instant> time_member(const Members& members, std::initializer_list<std::string_view> names) {
  const auto words = text_member(members, names);
  return words ? text::parse_instant(*words) : std::nullopt;
}

Json object_in(Values& values, std::string_view column) {
  const auto value = values.json(column);
  return checked(values, column, "{}", value && members_of(*value), value, "an object");
}
Json list_in(Values& values, std::string_view column) {
  const auto value = values.json(column);
  return checked(values, column, "[]", value && items_of(*value), value, "a list");
}

events::WorkspaceId place_of(Sink& sink, Values& values, const std::optional<text::Uuid>& thing, std::string_view column) {
  const auto place = thing ? sink.places().of(*thing) : std::nullopt;
  if (!place) values.leave_out(column, thing ? "what it lies in was left out or is not there" : "it says nothing of what it lies in");
  return place.value_or(events::WorkspaceId{});
}

std::optional<text::Uuid> if_brought(Sink& sink, Values& values, const std::optional<text::Uuid>& thing, std::string_view column) {
  if (!thing || sink.places().has(*thing)) return thing;
  values.changed(column, "what it names was left out or is not there: it names nothing");
  return std::nullopt;
}

std::optional<events::UserId> known_person(Sink& sink, events::UserId theirs) {
  if (!sink.people().is_known(theirs)) return std::nullopt;
  const auto here = sink.people().here(theirs);
  return sink.places().has(here.value) ? std::optional(here) : std::nullopt;
}

std::optional<std::int64_t> difference(std::int64_t wanted, std::int64_t said) {
  return wanted == said ? std::nullopt : std::optional(wanted - said);
}
std::optional<events::Decimal> difference(events::Decimal wanted, events::Decimal said) {
  return wanted == said ? std::nullopt : std::optional(events::Decimal{wanted.nanos - said.nanos});
}
Usage sum(Usage a, const Usage& b) {
  return combined(a, b, [](std::int64_t x, std::int64_t y) { return x + y; });
}
std::optional<Usage> difference(const Usage& wanted, const Usage& said) {
  auto left = combined(wanted, said, [](std::int64_t x, std::int64_t y) { return x - y; });
  bool any = false;
  events::fields::for_each<Usage>([&](auto kind) {
    auto& tokens = left.*kind.pointer;
    if (tokens == 0) tokens.reset();
    any = any || tokens.has_value();
  });
  return any ? std::optional(left) : std::nullopt;
}

}  // namespace daybook::importer::models
