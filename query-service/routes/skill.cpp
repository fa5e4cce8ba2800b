#include "projector/read_models/skill.hpp"

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
    "SELECT s.* FROM $schema.skills s JOIN $schema.workspaces w ON w.id = s.workspace_id AND w.deleted_at IS NULL"
    " WHERE s.is_public AND s.deleted_at IS NULL";

struct MarketplaceSkillRow : projector::SkillRow {};
BOOST_DESCRIBE_STRUCT(MarketplaceSkillRow, (projector::SkillRow), ())

std::vector<Filter> filters() {
  return {{"category", "category", "Of exactly this category."},
          {"tag", "id", "Carries the tag; repeat it for several, all are asked for.", FilterKind::condition, has_tag, true},
          {"ai_provider", "ai_provider", "Of exactly this provider."},
          {"official", "is_official", "true or false."},
          {"q", "id", "Words its name, description, tags or prompt holds.", FilterKind::condition, has_words},
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

http::Response listed_ones(const Query& query) { return list_response(query, listed_skills(), {}); }

http::Response listed_one(const Query& query) {
  const auto word = query.call.path_parameter("skill");
  const auto id = text::Uuid::parse(word).value_or(text::Uuid{}).text();
  return one_response(query, listed_skills(), id, word);
}

http::Response reviews_of_listed_one(const Query& query) {
  static const auto is_listed = "SELECT FROM (" + std::string(listed) + ") l WHERE l.id = $1::uuid";
  const auto id = text::Uuid::parse(query.call.path_parameter("skill")).value_or(text::Uuid{}).text();
  const auto found = query.connection.exec_prepared(filled(is_listed, query.context.schema), pg::Params().text(id));
  if (found.empty()) return api::respond_problem(query.call, api::not_found("skill"));
  return list_response(query, skill_reviews(), {{"skill_id", id}});
}

std::vector<api::Route> marketplace_routes(const QueryContext& context) {
  constexpr std::string_view all = "/api/v1/marketplace/skills", one = "/api/v1/marketplace/skills/{skill}";
  return {list_route(context, "listMarketplaceSkills", all, "Those that are listed, of every workspace.", listed_skills(), Below::oneself,
                     listed_ones),
          one_route(context, "getMarketplaceSkill", one, "One that is listed, every field.", listed_skills(), Below::oneself, listed_one),
          list_route(context, "listMarketplaceSkillReviews", "/api/v1/marketplace/skills/{skill}/reviews",
                     "What is said of one that is listed.", skill_reviews(), Below::oneself, reviews_of_listed_one)};
}

}  // namespace

const Resource& skills() {
  static const Resource resource{
      .what = "skill",
      .title = "Skill",
      .path = "skills",
      .parameter = "skill",
      .table = "skills",
      .row = &events::type_info<projector::SkillRow>(),
      .stored = projector::table_of<projector::SkillRow>,
      .filters = with_listed(filters()),
      .sorts = {"name", "created_at", "updated_at", "usage_count", "fork_count", "rating"},
      .default_sort = "name",
      .references = {{"author", "author_id", principals(), "author_type"}},
      .children = {{"versions", skill_versions, "t.skill_id = $parent"}, {"reviews", skill_reviews, "t.skill_id = $parent"}}};
  return resource;
}

// One's own workspace does not matter here, nor does any other one that is there.
const Resource& listed_skills() {
  static const Resource resource{.what = "skill",
                                 .title = "MarketplaceSkill",
                                 .source = listed,
                                 .row = &events::type_info<MarketplaceSkillRow>(),
                                 .filters = filters(),
                                 .sorts = {"name", "created_at", "usage_count", "fork_count", "rating"},
                                 .default_sort = "-usage_count",
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .owner_column = "id",
                                 .more = marketplace_routes};
  return resource;
}

}  // namespace daybook::query
