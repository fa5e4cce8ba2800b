#pragma once
// Things inside a stream: the rows of a list in its state, each with an id and a stamp of its own. Events name the part
// they are about by a member, which is given as the first argument: add_part<&LabelDefined::label_id>(state.labels, e, event).
#include <algorithm>
#include <vector>

#include "events/core/fields.hpp"

namespace daybook::events {

template <class List, class Match>
auto* find_in(List& list, Match match) {
  const auto found = std::find_if(list.begin(), list.end(), match);
  return found == list.end() ? nullptr : &*found;
}

template <class Row>
const Row* part_with(const std::vector<Row>& list, decltype(Row::id) id) {
  return find_in(list, [&](const Row& row) { return row.id == id; });
}

template <auto id, class Row, class Event>
Row& add_part(std::vector<Row>& list, const Event& e, const Envelope& event) {
  Row row{};
  row.id = e.*id;
  take_fields<id>(row, e);
  stamp_event(row, event);
  return list.emplace_back(std::move(row));
}

// Lets `change` have the part, if it is there, and stamps it.
template <class Row, class Change>
void change_part(std::vector<Row>& list, decltype(Row::id) id, const Envelope& event, Change change) {
  auto* row = find_in(list, [&](const Row& candidate) { return candidate.id == id; });
  if (row == nullptr) return;
  change(*row);
  stamp_event(*row, event);
}
template <auto id, class Row, class Event>
void change_part(std::vector<Row>& list, const Event& e, const Envelope& event) {
  change_part(list, e.*id, event, [&](Row& row) { take_fields<id>(row, e); });
}
template <class Row>
void delete_part(std::vector<Row>& list, decltype(Row::id) id, const Envelope& event) {
  change_part(list, id, event, [&](Row& row) { row.deleted_at = event.occurred_at; });
}
template <class Row>
void restore_part(std::vector<Row>& list, decltype(Row::id) id, const Envelope& event) {
  change_part(list, id, event, [](Row& row) { row.deleted_at.reset(); });
}
template <class Row>
void drop_part(std::vector<Row>& list, decltype(Row::id) id) {
  std::erase_if(list, [&](const Row& row) { return row.id == id; });
}

}  // namespace daybook::events
