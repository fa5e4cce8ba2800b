#include "projector/read_models/clock.hpp"

namespace daybook::projector {

template <>
const Table& table_of<ClockRow>() {
  static const auto t = without_versions(table<ClockRow>(92, "clock", {}, {}));
  return t;
}

ReadModel clock() { return {{&table_of<ClockRow>()}}; }

void move_clock(const events::access::ClockMoved& moved, const events::Envelope& e, StateStore& store) {
  auto row = store.get<ClockRow>(text::Uuid{});
  if (!row) return store.insert(ClockRow{{}, moved.ahead_microseconds, e.position});
  row->ahead_microseconds = moved.ahead_microseconds;
  store.put(*row);
}

}  // namespace daybook::projector
