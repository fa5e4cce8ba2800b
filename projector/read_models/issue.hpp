#pragma once
#include "events/issue/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

// The issue's own fields, and what comes of other streams.
struct IssueRow : events::issue::Fields {
  using OwnPart = events::issue::Fields;
  std::int64_t actual_minutes = 0;
  bool operator==(const IssueRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssueRow, (events::issue::Fields), (actual_minutes))

template <> const Table& table_of<IssueRow>();
ReadModel issues();

}  // namespace daybook::projector
