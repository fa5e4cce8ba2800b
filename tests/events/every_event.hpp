#pragma once
// All event types as types, for tests that need values of them; golden_test checks that it is the registry's
// list.
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

// Calls `visit` with a filled-in default value of each event type.
template <class Visit>
void for_each_event(Visit visit) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, EveryEvent>>(
      [&](auto id) { visit(typename decltype(id)::type{}); });
}

}  // namespace daybook::events::test
