#pragma once
// All event types as types, for tests that need values of them; golden_test checks that it is the registry's
// list.
#include <memory>
#include <string_view>
#include <vector>

#include "events/access/events.hpp"
#include "events/agent/events.hpp"
#include "events/api_key/events.hpp"
#include "events/ai_provider/events.hpp"
#include "events/automation/events.hpp"
#include "events/blueprint/events.hpp"
#include "events/comment/events.hpp"
#include "events/document/events.hpp"
#include "events/execution/events.hpp"
#include "events/invitation/events.hpp"
#include "events/integration/events.hpp"
#include "events/issue/events.hpp"
#include "events/plan/events.hpp"
#include "events/project/events.hpp"
#include "events/sprint/events.hpp"
#include "events/subscription/events.hpp"
#include "events/time_entry/events.hpp"
#include "events/skill/events.hpp"
#include "events/template/events.hpp"
#include "events/usage_record/events.hpp"
#include "events/user/events.hpp"
#include "events/webhook/events.hpp"
#include "events/workflow/events.hpp"
#include "events/workspace/events.hpp"

namespace daybook::events::test {

using EveryEvent = boost::mp11::mp_append<user::Event, workspace::Event, project::Event, issue::Event,
                                          comment::Event, agent::Event, document::Event, time_entry::Event, sprint::Event,
                                          skill::Event, template_::Event, automation::Event, webhook::Event,
                                          integration::Event, invitation::Event,
                                          execution::Event, workflow::Event, blueprint::Event, ai_provider::Event, api_key::Event, plan::Event, subscription::Event,
                                          usage_record::Event, access::Event>;

using AnyEvent = std::unique_ptr<void, void (*)(void*)>;

// Values of one event type without its C++ type: a test that visits every type in turn is then compiled once and not once for
// each of them.
struct KnownEvent {
  std::string_view type;           // as the C++ type says
  AnyEvent (*make)() = nullptr;    // with its default values
  bool (*equal)(const void*, const void*) = nullptr;
};

template <class E>
KnownEvent known_event() {
  return {E::type, [] { return AnyEvent(new E{}, [](void* event) { delete static_cast<E*>(event); }); },
          [](const void* one, const void* other) { return *static_cast<const E*>(one) == *static_cast<const E*>(other); }};
}

inline std::vector<KnownEvent> every_event() {
  std::vector<KnownEvent> all;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, EveryEvent>>(
      [&](auto id) { all.push_back(known_event<typename decltype(id)::type>()); });
  return all;
}

}  // namespace daybook::events::test
