#pragma once
// The one list of aggregates: what folds a stream of each type.
#include "command-service/domain/core/aggregate.hpp"

namespace daybook::domain {

const AggregateOps* aggregate_ops_of(events::StreamType type);

}  // namespace daybook::domain
