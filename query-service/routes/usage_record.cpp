#include "projector/read_models/usage_record.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"
#include "query-service/routes/usage_summary.hpp"

namespace daybook::query {

const Resource& usage_records() {
  static const Resource resource{
      .what = "usage record",
      .title = "UsageRecord",
      .path = "usage",
      .parameter = "usage_record",
      .table = "usage_records",
      .row = &events::type_info<projector::UsageRecordRow>(),
      .stored = projector::table_of<projector::UsageRecordRow>,
      .filters = {{"source", "source", "Measured by exactly this."},
                  {"source_id", "source_id", "Known there by exactly this."},
                  {"billing_unit", "billing_unit", "Of exactly this unit."},
                  {"subscription", "subscription_id", "Counted with these subscriptions; none for what counts with none."},
                  created_after,
                  created_before,
                  updated_after,
                  updated_before},
      .sorts = {"created_at", "updated_at", "quantity", "total_cost"},
      .default_sort = "-created_at",
      .references = {{"subscription", "subscription_id", {{"", subscriptions}}}, {"created_by", "created_by_id", principals(), "created_by_type"}},
      .more = usage_summary_routes};
  return resource;
}

}  // namespace daybook::query
