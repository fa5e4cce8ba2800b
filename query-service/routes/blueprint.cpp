#include "projector/read_models/blueprint.hpp"

#include "platform/text/number.hpp"
#include "query-service/routes/marketplace.hpp"

namespace daybook::query {
namespace {

// Without the definition, which is for those who have paid for it.
struct MarketplaceBlueprintRow : events::blueprint::Shown {};
BOOST_DESCRIBE_STRUCT(MarketplaceBlueprintRow, (events::blueprint::Shown), ())

constexpr double rating_most = 5;

std::vector<Filter> blueprint_filters() {
  return {{"category", "category", "Of exactly this category."},
          {"kind", "kind", "agent, workflow."},
          {"pricing_model", "pricing_model", "free, one-time, subscription, several by commas."},
          {"q", "id", "Words its name, description or category holds.", FilterKind::condition, has_words},
          {"publisher", "publisher_id", "By these."},
          created_after,
          created_before,
          updated_after,
          updated_before};
}

std::vector<Filter> marketplace_blueprint_filters() {
  auto all = blueprint_filters();
  all.push_back({"min_rating", "rating", "Rated as good as that, 0 to 5.", FilterKind::condition, "t.rating >= $value::double precision"});
  return all;
}

const std::string& listed_blueprint_source() {
  static const auto source = marketplace::listed("blueprints");
  return source;
}

http::Response find_listed_blueprints(const Query& query) {
  if (const auto least = query.call.parameter("min_rating")) {
    const auto rating = text::read_number<double>(*least);
    if (!rating || !(*rating >= 0 && *rating <= rating_most))
      return api::respond_problem(query.call, api::bad_parameter("min_rating", "out-of-range", "Expected a number from 0 to 5."));
  }
  return marketplace::listed_ones(query, listed_blueprints());
}

http::Response find_listed_blueprint(const Query& query) { return marketplace::listed_one(query, listed_blueprints(), "blueprint"); }

// Of what belongs to one that is listed.
http::Response of_listed_one(const Query& query, const Resource& rows) {
  const auto id = marketplace::id_in_path(query, "blueprint");
  Columns columns{{}, {"id"}};
  if (!find_one(query.connection, query.sight(), listed_blueprints(), id, id, Deleted::exclude, columns))
    return api::respond_problem(query.call, api::not_found("blueprint"));
  return list_response(query, rows, {{"blueprint_id", id}});
}
http::Response reviews_of_listed_blueprint(const Query& query) { return of_listed_one(query, blueprint_reviews()); }
http::Response versions_of_listed_one(const Query& query) { return of_listed_one(query, listed_blueprint_versions()); }

std::vector<api::Route> marketplace_blueprint_routes(const QueryContext& context) {
  constexpr std::string_view all = "/api/v1/marketplace/blueprints", one = "/api/v1/marketplace/blueprints/{blueprint}";
  return {list_route(context, "listMarketplaceBlueprints", all, "Those that are listed, of every workspace.", listed_blueprints(), Below::oneself,
                     find_listed_blueprints),
          one_route(context, "getMarketplaceBlueprint", one, "One that is listed, all but its definition.", listed_blueprints(), Below::oneself,
                    find_listed_blueprint),
          list_route(context, "listMarketplaceBlueprintVersions", "/api/v1/marketplace/blueprints/{blueprint}/versions",
                     "The versions of one that is listed, all but their definitions.", listed_blueprint_versions(), Below::oneself,
                     versions_of_listed_one),
          list_route(context, "listMarketplaceBlueprintReviews", "/api/v1/marketplace/blueprints/{blueprint}/reviews",
                     "What is said of one that is listed.", blueprint_reviews(), Below::oneself, reviews_of_listed_blueprint)};
}

}  // namespace

const Resource& blueprints() {
  static const Resource resource{
      .what = "blueprint",
      .title = "Blueprint",
      .path = "blueprints",
      .parameter = "blueprint",
      .table = "blueprints",
      .row = &events::type_info<projector::BlueprintRow>(),
      .stored = projector::table_of<projector::BlueprintRow>,
      .filters = marketplace::with_listed(blueprint_filters()),
      .sorts = {"name", "created_at", "updated_at", "downloads", "rating"},
      .default_sort = "name",
      .containers = {of_owner("publisher_id", "publisher_type")},
      .references = {{"publisher", "publisher_id", principals(), "publisher_type"}},
      .children = {{"versions", blueprint_versions, "t.blueprint_id = $parent"}, {"reviews", blueprint_reviews, "t.blueprint_id = $parent"}}};
  return resource;
}

// One's own workspace does not matter here, nor does any other one that is there.
const Resource& listed_blueprints() {
  static const Resource resource{.what = "blueprint",
                                 .title = "MarketplaceBlueprint",
                                 .source = listed_blueprint_source(),
                                 .row = &events::type_info<MarketplaceBlueprintRow>(),
                                 .filters = marketplace_blueprint_filters(),
                                 .sorts = {"name", "created_at", "downloads", "rating"},
                                 .default_sort = "-downloads",
                                 .containers = {of_owner("publisher_id", "publisher_type")},
                                 .references = {{"publisher", "publisher_id", principals(), "publisher_type"}},
                                 .owner_column = "id",
                                 .more = marketplace_blueprint_routes};
  return resource;
}

}  // namespace daybook::query
