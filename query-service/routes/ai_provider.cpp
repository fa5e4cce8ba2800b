#include "projector/read_models/ai_provider.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

// As callers read it.
struct AiProviderRow : projector::AiProviderRow {
  events::Decimal current_spend;
};
BOOST_DESCRIBE_STRUCT(AiProviderRow, (projector::AiProviderRow), (current_spend))
// The same of one's own, which nobody else can have added.
struct MyAiProviderRow : AiProviderRow {};
BOOST_DESCRIBE_STRUCT(MyAiProviderRow, (AiProviderRow), ())

// What runs cost so far in the month that goes on, which no row can tell: it goes on without an event.
const std::string& with_spend() {
  static const auto source = [] {
    std::string columns;
    for (const auto& field : events::type_info<projector::AiProviderRow>().fields) columns += "p." + std::string(field.name) + ", ";
    return "SELECT " + columns +
           "COALESCE((SELECT sum(c.cost)::bigint FROM $schema.costs c WHERE c.ai_provider_id = p.id AND c.currency = p.currency"
           " AND c.month = date_trunc('month', $now AT TIME ZONE 'UTC')::date), 0) AS current_spend FROM $schema.ai_providers p";
  }();
  return source;
}

constexpr Filter provider{"provider", "provider", "Of exactly this provider: openai, anthropic, ollama, …"};

std::vector<std::string_view> ai_provider_sorts() { return {"provider", "created_at", "updated_at"}; }

std::vector<api::Route> my_ai_provider_routes(const QueryContext& context) { return routes_of_ones_own(context, my_ai_providers(), "/api/v1/me/ai-providers"); }

}  // namespace

const Resource& ai_providers() {
  static const Resource resource{
      .what = "AI provider",
      .title = "AiProvider",
      .path = "ai-providers",
      .parameter = "ai_provider",
      .table = "ai_providers",
      .source = with_spend(),
      .row = &events::type_info<AiProviderRow>(),
      .filters = filters_of_kept(provider, "Added by these."),
      .sorts = ai_provider_sorts(),
      .default_sort = "provider",
      .references = {{"created_by", "created_by_id", principals(), "created_by_type"}}};
  return resource;
}

const Resource& my_ai_providers() {
  static const Resource resource{.what = "AI provider",
                                 .title = "MyAiProvider",
                                 .parameter = "my_ai_provider",
                                 .table = "ai_providers",
                                 .source = with_spend(),
                                 .row = &events::type_info<MyAiProviderRow>(),
                                 .filters = filters_of_kept(provider),
                                 .sorts = ai_provider_sorts(),
                                 .default_sort = "provider",
                                 .owner_column = "user_id",
                                 .more = my_ai_provider_routes};
  return resource;
}

}  // namespace daybook::query
