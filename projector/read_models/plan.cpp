#include "projector/read_models/plan.hpp"

#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {

template <>
const Table& table_of<PlanRow>() {
  static const auto t = table<PlanRow>(70, "plans", {},
                                       {"name COLLATE \"C\", id", "plan_type, id", "price_monthly, id", "created_at, id", "updated_at, id", "((id::text))"});
  return t;
}

ReadModel plans() { return {{&table_of<PlanRow>()}, events::StreamType::plan, apply_plain<events::plan::Event, events::plan::State, PlanRow>}; }

}  // namespace daybook::projector
