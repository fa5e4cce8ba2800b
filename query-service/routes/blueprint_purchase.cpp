#include "projector/read_models/blueprint.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {

// What the workspace has bought. It stays its own when the blueprint is gone.
const Resource& blueprint_purchases() {
  static const Resource resource{.what = "purchase",
                                 .title = "BlueprintPurchase",
                                 .path = "blueprint-purchases",
                                 .table = "blueprint_purchases",
                                 .row = &events::type_info<projector::BlueprintPurchaseRow>(),
                                 .filters = {{"blueprint", "blueprint_id", "Of these."},
                                             {"pricing_model", "pricing_model", "one-time, subscription."},
                                             created_after,
                                             created_before},
                                 .sorts = {"created_at"},
                                 .default_sort = "-created_at",
                                 .references = {{"created_by", "created_by_id", principals(), "created_by_type"}}};
  return resource;
}

}  // namespace daybook::query
