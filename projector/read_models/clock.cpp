#include "projector/read_models/clock.hpp"

#include "events/access/events.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

void apply_access(const events::Envelope& e, StateStore& store) {
  if (e.type != events::access::ClockMoved::type) return;
  const auto moved = std::get<events::access::ClockMoved>(read_event<events::access::Event>(e));
  auto row = store.get<ClockRow>(text::Uuid{});
  if (!row) return store.insert(ClockRow{{}, moved.ahead_microseconds, e.position});
  row->ahead_microseconds = moved.ahead_microseconds;
  store.put(*row);
}

}  // namespace

template <>
const Table& table_of<ClockRow>() {
  static const auto t = without_versions(table<ClockRow>(92, "clock", {}, {}));
  return t;
}

ReadModel clock() { return {{&table_of<ClockRow>()}, events::StreamType::access, apply_access}; }

}  // namespace daybook::projector
