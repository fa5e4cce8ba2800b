#include "events/registry.hpp"

#include <boost/pfr/tuple_size.hpp>

#include "events/access/events.hpp"
#include "events/agent/events.hpp"
#include "events/api_key/events.hpp"
#include "events/ai_provider/events.hpp"
#include "events/automation/events.hpp"
#include "events/blueprint/events.hpp"
#include "events/comment/events.hpp"
#include "events/core/fields.hpp"
#include "events/document/events.hpp"
#include "events/execution/events.hpp"
#include "events/invitation/events.hpp"
#include "events/integration/events.hpp"
#include "events/issue/events.hpp"
#include "events/plan/events.hpp"
#include "events/project/events.hpp"
#include "events/skill/events.hpp"
#include "events/sprint/events.hpp"
#include "events/subscription/events.hpp"
#include "events/template/events.hpp"
#include "events/time_entry/events.hpp"
#include "events/usage_record/events.hpp"
#include "events/user/events.hpp"
#include "events/webhook/events.hpp"
#include "events/workflow/events.hpp"
#include "events/workspace/events.hpp"

namespace daybook::events {
namespace {

// A member that BOOST_DESCRIBE_STRUCT does not list would neither be written nor read.
template <class E>
constexpr bool is_described = boost::pfr::tuple_size_v<E> == boost::mp11::mp_size<fields::Members<E>>::value;

template <class... E>
constexpr bool are_described(std::type_identity<std::variant<E...>>) {
  return (is_described<E> && ...);
}

template <class Event>
void add(std::vector<EventType>& all, StreamType stream) {
  static_assert(are_described(std::type_identity<Event>{}), "an event has a member that its BOOST_DESCRIBE_STRUCT does not name");
  const auto& types = event_types<Event>(stream);
  all.insert(all.end(), types.begin(), types.end());
}

}  // namespace

const std::vector<EventType>& all_event_types() {
  static const std::vector<EventType> all = [] {
    std::vector<EventType> list;
    add<user::Event>(list, StreamType::user);
    add<workspace::Event>(list, StreamType::workspace);
    add<project::Event>(list, StreamType::project);
    add<issue::Event>(list, StreamType::issue);
    add<comment::Event>(list, StreamType::comment);
    add<agent::Event>(list, StreamType::agent);
    add<document::Event>(list, StreamType::document);
    add<time_entry::Event>(list, StreamType::time_entry);
    add<sprint::Event>(list, StreamType::sprint);
    add<skill::Event>(list, StreamType::skill);
    add<template_::Event>(list, StreamType::template_);
    add<automation::Event>(list, StreamType::automation);
    add<webhook::Event>(list, StreamType::webhook);
    add<integration::Event>(list, StreamType::integration);
    add<invitation::Event>(list, StreamType::invitation);
    add<execution::Event>(list, StreamType::execution);
    add<workflow::Event>(list, StreamType::workflow);
    add<blueprint::Event>(list, StreamType::blueprint);
    add<ai_provider::Event>(list, StreamType::ai_provider);
    add<api_key::Event>(list, StreamType::api_key);
    add<plan::Event>(list, StreamType::plan);
    add<subscription::Event>(list, StreamType::subscription);
    add<usage_record::Event>(list, StreamType::usage_record);
    add<access::Event>(list, StreamType::access);
    return list;
  }();
  return all;
}

const EventType* find_event_type(std::string_view type) {
  for (const auto& known : all_event_types())
    if (known.type == type) return &known;
  return nullptr;
}

}  // namespace daybook::events
