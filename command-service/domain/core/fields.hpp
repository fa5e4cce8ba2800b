#pragma once
// From a command to events by the names of their fields: what a creation tells, what a patch changes, which events a change
// comes to. A field of the command that the event or state lacks does not compile, unless it is left out by name.
#include "command-service/domain/core/rules.hpp"
#include "events/core/parts.hpp"

namespace daybook::domain {

template <class E, class... Listed>
concept one_of = (std::same_as<E, Listed> || ...);

template <class T> inline constexpr bool is_patch = false;
template <class T> inline constexpr bool is_patch<events::Patch<T>> = true;

// The event that a creating command tells of by itself. What is not sent keeps the event's default; `id`, patches and the
// members named are left to the rule.
template <class Event, auto... but, class Command>
Event told(const Command& command) {
  Event event{};
  events::fields::for_each<Command, but...>([&](auto member) {
    using Field = std::remove_cvref_t<decltype(command.*member.pointer)>;
    if constexpr (std::string_view(member.name) != "id" && !is_patch<Field>) {
      auto& field = events::fields::named<decltype(member)>(event);
      if constexpr (requires { (command.*member.pointer).has_value(); }) {
        if (command.*member.pointer) field = plain(*(command.*member.pointer));
      } else {
        field = plain(command.*member.pointer);
      }
    }
  });
  return event;
}

// Lays a command's patches over the fields of the same names, but for the members named.
template <auto... but, class Command, class State>
void put_all(const Command& command, State& after, FieldRefusals& refusals) {
  events::fields::for_each<Command, but...>([&](auto member) {
    using Field = std::remove_cvref_t<decltype(command.*member.pointer)>;
    if constexpr (is_patch<Field>) {
      auto& field = events::fields::named<decltype(member)>(after);
      if constexpr (requires { field.has_value(); }) put(command.*member.pointer, field);
      else put(command.*member.pointer, field, "/" + std::string(member.name), refusals);
    }
  });
}

// Of the events that each say some fields anew, those whose fields differ, in the order given.
template <class... Changed, class Event, class State>
void add_changes(const State& before, const State& after, std::vector<Event>& events) {
  const auto add = [&](const auto& was, const auto& is) {
    if (!(was == is)) events.push_back(is);
  };
  (add(events::fields_as<Changed>(before), events::fields_as<Changed>(after)), ...);
}

// A key that something inside a stream holds while it is there.
struct HeldKey {
  std::string_view scope;
  std::string key;
  std::string_view pointer;
  bool operator==(const HeldKey&) const = default;
};

// Claims and releases what an event makes the part of this id hold: `held_by(part)` before and after it.
template <auto List, auto held_by, class State, class Id, class Event>
void keep_claim(const State& before, Id id, const Event& e, const events::Envelope& envelope, Effects& effects) {
  State alone{};
  if (const auto* part = events::part_with(before.*List, id)) (alone.*List).push_back(*part);
  const auto holding = [&] { return (alone.*List).empty() ? std::optional<HeldKey>{} : held_by((alone.*List).front()); };
  const auto held = holding();
  evolve(alone, e, envelope);
  const auto wanted = holding();
  if (held == wanted) return;
  if (wanted) effects.claim(wanted->scope, wanted->key, wanted->pointer);
  if (held) effects.release(held->scope, held->key);
}

}  // namespace daybook::domain
