#pragma once
// What described structs have in common, by the names of their members: the fields that an event sets in a state, that a
// row shows of it, that a command asks for. A field that is added to one and missing in the other does not compile.
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <string_view>
#include <type_traits>

#include "events/core/stamp.hpp"

namespace daybook::events {

namespace fields {

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_any_access | boost::describe::mod_inherited>;

template <class Named>
struct HasNameOf {
  template <class Member>
  using fn = boost::mp11::mp_bool<std::string_view(Member::name) == std::string_view(Named::name)>;
};
template <class T, class Named>
inline constexpr std::size_t place_of = boost::mp11::mp_find_if_q<Members<T>, HasNameOf<Named>>::value;
template <class T, class Named>
inline constexpr bool has = place_of<T, Named> < boost::mp11::mp_size<Members<T>>::value;

// The member of `object` that is called as `Named` is.
template <class Named, class T>
auto& named(T& object) {
  static_assert(has<std::remove_const_t<T>, Named>, "no member of this name: add it, or leave it out of what is taken over");
  return object.*boost::mp11::mp_at_c<Members<std::remove_const_t<T>>, place_of<std::remove_const_t<T>, Named>>::pointer;
}

template <auto a, auto b>
constexpr bool same() {
  if constexpr (std::is_same_v<decltype(a), decltype(b)>) return a == b;
  else return false;
}

// Calls f with the description of each member of T, but for those named.
template <class T, auto... but, class F>
void for_each(F f) {
  boost::mp11::mp_for_each<Members<T>>([&](auto member) {
    if constexpr (!(same<decltype(member)::pointer, but>() || ...)) f(member);
  });
}

}  // namespace fields

// Sets every field that `from` has, but for those named: take_fields<&Opened::status>(state, opened).
template <auto... but, class To, class From>
void take_fields(To& to, const From& from) {
  fields::for_each<From, but...>([&](auto member) { fields::named<decltype(member)>(to) = from.*member.pointer; });
}

// Sets what `from`, whose members are optional, says, but for those named; what it does not say stays as it is.
template <auto... but, class To, class From>
void take_told(To& to, const From& from) {
  fields::for_each<From, but...>([&](auto member) {
    if (from.*member.pointer) fields::named<decltype(member)>(to) = *(from.*member.pointer);
  });
}

// An event that says what a state or row holds now: fields_as<Described>(state).
template <class Event, auto... but, class From>
Event fields_as(const From& from) {
  Event event{};
  fields::for_each<Event, but...>([&](auto member) { event.*member.pointer = fields::named<decltype(member)>(from); });
  return event;
}

// What is known of a stream from the envelope of its first event alone.
template <class State>
void begin_state(State& state, const Envelope& event) {
  state.id = decltype(state.id){event.stream_id.value};
  if constexpr (requires { state.workspace_id; }) state.workspace_id = event.workspace_id.value();
  if constexpr (requires { state.created_by_id; }) {
    state.created_by_type = event.actor_type;
    state.created_by_id = event.actor_id;
  }
}

}  // namespace daybook::events
