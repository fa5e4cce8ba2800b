#pragma once
#include "events/issue/state.hpp"
#include "projector/read_models/run_figures.hpp"

namespace daybook::projector {

// The issue's own fields, and what comes of other streams.
struct IssueRow : events::issue::Fields, RunFigures {
  using OwnPart = events::issue::Fields;
  std::int64_t actual_minutes = 0;
  events::Decimal actual_cost;  // of its runs, in the workspace's currency
  bool operator==(const IssueRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssueRow, (events::issue::Fields, RunFigures), (actual_minutes, actual_cost))

template <> const Table& table_of<IssueRow>();
ReadModel issues();

}  // namespace daybook::projector
