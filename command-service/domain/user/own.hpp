#pragma once
// What a person has of their own stands in a list of their state and follows the rules of the same thing of a workspace. What those
// decide happens on the person's stream, by events that name the thing: each says by `Happened` which event it stands for.
#include <boost/mp11/algorithm.hpp>

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/user/user.hpp"

namespace daybook::domain::user {

template <class Own, class Happened>
concept StandsFor = std::same_as<typename Own::Happened, Happened>;
template <class Happened>
struct StandingFor {
  template <class Own>
  using fn = boost::mp11::mp_bool<StandsFor<Own, Happened>>;
};
template <class Happened>
using OwnEvent = boost::mp11::mp_at<Event, boost::mp11::mp_find_if_q<Event, StandingFor<Happened>>>;

template <class Own>
void name_thing(Own& event, events::IntegrationId id) {
  event.integration_id = id;
}
template <class Own>
void name_thing(Own& event, events::AiProviderId id) {
  event.ai_provider_id = id;
}

// What was decided about the thing, as it happens on the person's stream.
template <class Id, class Decided>
Decision<Event> as_own(Id id, const Decision<Decided>& decided) {
  if (!decided) return decided.error();
  std::vector<Event> all;
  const auto add = [&]<class Happened>(const Happened& what) {
    OwnEvent<Happened> own{};
    name_thing(own, id);
    events::take_fields(own, what);
    all.push_back(std::move(own));
  };
  for (const auto& event : *decided) std::visit(add, event);
  return all;
}

// The thing of that id, also a removed one, of somebody who is there.
template <class Id>
auto find_own(const State& state, Id id) {
  return state.version.value > 0 && !state.deleted_at ? find_part(state, id) : nullptr;
}

// What a rule says of it while it is there.
template <class Id, class Rule>
Decision<Event> about_own(const State& state, Id id, std::string_view what, Rule rule) {
  const auto* own = find_own(state, id);
  if (own == nullptr || own->deleted_at) return not_found(std::string(what));
  return as_own(id, rule(*own));
}
// The same, removed or not.
template <class Id, class Rule>
Decision<Event> restoring_own(const State& state, Id id, std::string_view what, Rule rule) {
  const auto* own = find_own(state, id);
  if (own == nullptr) return not_found(std::string(what));
  return as_own(id, rule(*own));
}

// An id that somebody else chose for such a thing too, or that stands for another thing, is taken.
template <class Id>
bool is_free(const State& state, Id id, std::string_view scope, const Facts& facts) {
  return find_part(state, id) == nullptr && !facts.claimed(scope, id.text()) && !facts.reference(events::stream_of(id));
}

}  // namespace daybook::domain::user
