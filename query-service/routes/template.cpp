#include "projector/read_models/template.hpp"
#include "query-service/routes/marketplace.hpp"

namespace daybook::query {
namespace {

struct MarketplaceTemplateRow : projector::TemplateRow {};
BOOST_DESCRIBE_STRUCT(MarketplaceTemplateRow, (projector::TemplateRow), ())

std::vector<Filter> template_filters() { return marketplace::filters("Words its name, description, tags or tasks hold."); }

const std::string& listed_template_source() {
  static const auto source = marketplace::listed("templates");
  return source;
}

http::Response find_listed_templates(const Query& query) { return marketplace::listed_ones(query, listed_templates()); }
http::Response find_listed_template(const Query& query) { return marketplace::listed_one(query, listed_templates(), "template"); }

std::vector<api::Route> marketplace_template_routes(const QueryContext& context) {
  constexpr std::string_view all = "/api/v1/marketplace/templates", one = "/api/v1/marketplace/templates/{template}";
  return {list_route(context, "listMarketplaceTemplates", all, "Those that are listed, of every workspace.", listed_templates(), Below::oneself,
                     find_listed_templates),
          one_route(context, "getMarketplaceTemplate", one, "One that is listed, every field.", listed_templates(), Below::oneself, find_listed_template)};
}

}  // namespace

const Resource& templates() {
  static const Resource resource{.what = "template",
                                 .title = "Template",
                                 .path = "templates",
                                 .parameter = "template",
                                 .table = "templates",
                                 .row = &events::type_info<projector::TemplateRow>(),
                                 .stored = projector::table_of<projector::TemplateRow>,
                                 .filters = marketplace::with_listed(template_filters()),
                                 .sorts = {"name", "created_at", "updated_at", "usage_count", "rating"},
                                 .default_sort = "name",
                                 .containers = {of_owner("author_id", "author_type")},
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .children = {{"ratings", template_ratings, "t.template_id = $parent"}}};
  return resource;
}

// One's own workspace does not matter here, nor does any other one that is there.
const Resource& listed_templates() {
  static const Resource resource{.what = "template",
                                 .title = "MarketplaceTemplate",
                                 .source = listed_template_source(),
                                 .row = &events::type_info<MarketplaceTemplateRow>(),
                                 .filters = template_filters(),
                                 .sorts = {"name", "created_at", "usage_count", "rating"},
                                 .default_sort = "-usage_count",
                                 .containers = {of_owner("author_id", "author_type")},
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .owner_column = "id",
                                 .more = marketplace_template_routes};
  return resource;
}

}  // namespace daybook::query
