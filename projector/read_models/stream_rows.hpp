#pragma once
// The shapes that read models repeat: a row that is the fold of its stream, and a row that lives inside a stream.
#include "events/core/fields.hpp"
#include "projector/read_models/activity.hpp"

namespace daybook::projector {

template <class Event>
Event read_event(const events::Envelope& e) {
  static const events::LeaveSealed sealed;
  return events::decode<Event>(e.stream_type, e, sealed);
}

// What a row has of its own stream, where other streams add figures to it; the figures stand behind it.
template <class Row>
struct OwnPartOf {
  using type = Row;
};
template <class Row>
  requires requires { typename Row::OwnPart; }
struct OwnPartOf<Row> {
  using type = typename Row::OwnPart;
};

template <class Row>
struct Folded {
  Row before{};  // without a version where the stream begins here
  Row after{};
};

// One event onto the row of its stream.
template <class State, class Row, class What>
Folded<Row> fold_one(const What& what, const events::Envelope& e, StateStore& store) {
  State state{};
  Folded<Row> row{store.get<Row>(e.stream_id.value).value_or(Row{}), {}};
  using OwnPart = typename OwnPartOf<Row>::type;
  static_cast<OwnPart&>(state) = row.before;
  evolve(state, what, e);
  events::stamp_event(state, e);
  row.after = row.before;
  static_cast<OwnPart&>(row.after) = static_cast<const OwnPart&>(state);
  if (row.before.version.value == 0)
    store.insert(row.after);
  else
    store.put(row.after);
  return row;
}

template <class State, class Row, class Event>
Folded<Row> fold_row(const Event& event, const events::Envelope& e, StateStore& store) {
  return std::visit([&](const auto& what) { return fold_one<State, Row>(what, e, store); }, event);
}

// A whole read model, where the row and its activity are all there is.
template <class Event, class State, class Row>
void apply_plain(const events::Envelope& e, StateStore& store) {
  const auto row = fold_row<State, Row>(read_event<Event>(e), e, store);
  note_activity(e, {events::word_of(e.stream_type), row.after.id.value, {}, {}, differences(row.before, row.after)}, store);
}

// One of the numbered revisions of a thing, to be kept for ever: what its row says after the event, less the members named, with
// who wrote it. Its id is the event's.
template <class Revision, auto... but, class Row>
Revision revision_of(const Row& row, const events::Envelope& e) {
  auto revision = events::fields_as<Revision, &Revision::id, &Revision::author_type, &Revision::author_id, but...>(row);
  static_cast<events::Stamp&>(revision) = {};
  events::stamp_event(revision, e);
  revision.id = e.event_id;
  revision.author_type = e.actor_type;
  revision.author_id = e.actor_id;
  return revision;
}

// A row that lives in a list of its stream's state: there it stands alone, and is gone when the event leaves none.
template <auto List, class State, class Row, class What>
Subject change_part(std::vector<Row> State::*, std::string_view word, text::Uuid id, const What& what, const events::Envelope& e,
                    StateStore& store) {
  State state{};
  const auto before = store.get<Row>(id);
  if (before) (state.*List).push_back(*before);
  evolve(state, what, e);
  Subject subject{word, id, {}, {}, "{}"};
  if ((state.*List).empty()) {
    store.erase<Row>(id);
    return subject;
  }
  const auto& after = (state.*List).front();
  subject.changes = differences(before.value_or(Row{}), after);
  store.put(after);
  return subject;
}
template <auto List, class What>
Subject change_part(std::string_view word, text::Uuid id, const What& what, const events::Envelope& e, StateStore& store) {
  return change_part<List>(List, word, id, what, e, store);
}

// The same where the list holds more than its rows show, and these have figures behind that.
template <auto List, class Row, class State, class Part, class What>
void change_own(std::vector<Part> State::*, text::Uuid id, const What& what, const events::Envelope& e, StateStore& store) {
  using OwnPart = typename OwnPartOf<Row>::type;
  State state{};
  const auto before = store.get<Row>(id);
  if (before) static_cast<OwnPart&>((state.*List).emplace_back()) = *before;
  evolve(state, what, e);
  if ((state.*List).empty()) return;
  auto after = before.value_or(Row{});
  static_cast<OwnPart&>(after) = static_cast<const OwnPart&>((state.*List).front());
  store.put(after);
}
template <auto List, class Row, class What>
void change_own(text::Uuid id, const What& what, const events::Envelope& e, StateStore& store) {
  change_own<List, Row>(List, id, what, e, store);
}

}  // namespace daybook::projector
