#include "projector/read_models/template.hpp"

#include "platform/text/uuid.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

constexpr std::string_view has_words =
    "EXISTS (SELECT FROM $schema.search s WHERE s.entity_id = t.id AND s.tsv @@ websearch_to_tsquery('simple', $value))";
constexpr std::string_view has_tag = "EXISTS (SELECT FROM json_array_elements_text(t.tags) g WHERE g = $value)";
// What is listed, of workspaces that are there.
constexpr std::string_view listed =
    "SELECT s.* FROM $schema.templates s JOIN $schema.workspaces w ON w.id = s.workspace_id AND w.deleted_at IS NULL"
    " WHERE s.is_public AND s.deleted_at IS NULL";

struct MarketplaceTemplateRow : projector::TemplateRow {};
BOOST_DESCRIBE_STRUCT(MarketplaceTemplateRow, (projector::TemplateRow), ())

std::vector<Filter> filters() {
  return {{"category", "category", "Of exactly this category."},
          {"tag", "id", "Carries the tag; repeat it for several, all are asked for.", FilterKind::condition, has_tag, true},
          {"official", "is_official", "true or false."},
          {"q", "id", "Words its name, description, tags or tasks hold.", FilterKind::condition, has_words},
          {"author", "author_id", "By these."},
          created_after,
          created_before,
          updated_after,
          updated_before};
}

std::vector<Filter> with_listed(std::vector<Filter> filters) {
  filters.push_back({"listed", "is_public", "true or false."});
  return filters;
}

http::Response listed_ones(const Query& query) { return list_response(query, listed_templates(), {}); }

http::Response listed_one(const Query& query) {
  const auto word = query.call.path_parameter("template");
  const auto id = text::Uuid::parse(word).value_or(text::Uuid{}).text();
  return one_response(query, listed_templates(), id, word);
}

std::vector<api::Route> marketplace_routes(const QueryContext& context) {
  constexpr std::string_view all = "/api/v1/marketplace/templates", one = "/api/v1/marketplace/templates/{template}";
  return {list_route(context, "listMarketplaceTemplates", all, "Those that are listed, of every workspace.", listed_templates(), Below::oneself,
                     listed_ones),
          one_route(context, "getMarketplaceTemplate", one, "One that is listed, every field.", listed_templates(), Below::oneself, listed_one)};
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
                                 .filters = with_listed(filters()),
                                 .sorts = {"name", "created_at", "updated_at", "usage_count", "rating"},
                                 .default_sort = "name",
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .children = {{"ratings", template_ratings, "t.template_id = $parent"}}};
  return resource;
}

// One's own workspace does not matter here, nor does any other one that is there.
const Resource& listed_templates() {
  static const Resource resource{.what = "template",
                                 .title = "MarketplaceTemplate",
                                 .source = listed,
                                 .row = &events::type_info<MarketplaceTemplateRow>(),
                                 .filters = filters(),
                                 .sorts = {"name", "created_at", "usage_count", "rating"},
                                 .default_sort = "-usage_count",
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .owner_column = "id",
                                 .more = marketplace_routes};
  return resource;
}

}  // namespace daybook::query
