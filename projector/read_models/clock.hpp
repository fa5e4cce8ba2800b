#pragma once
// How far the clock of an installation for tests was moved ahead of the machine's: one row, or none where it never was. Queries that ask
// what time it is go by it (`$now`, query-service/core/sql.hpp).
#include "events/access/events.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

struct ClockRow {
  events::EntityId id{};  // nil: there is one
  std::int64_t ahead_microseconds = 0;
  events::Position born{};
  bool operator==(const ClockRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClockRow, (), (id, ahead_microseconds, born))

template <> const Table& table_of<ClockRow>();
ReadModel clock();

void move_clock(const events::access::ClockMoved& moved, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
