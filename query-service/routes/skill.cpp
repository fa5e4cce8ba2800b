#include "projector/read_models/skill.hpp"
#include "query-service/routes/marketplace.hpp"

namespace daybook::query {
namespace {

struct MarketplaceSkillRow : projector::SkillRow {};
BOOST_DESCRIBE_STRUCT(MarketplaceSkillRow, (projector::SkillRow), ())

std::vector<Filter> skill_filters() {
  auto all = marketplace::filters("Words its name, description, tags or prompt holds.");
  all.insert(all.begin() + 2, {"ai_provider", "ai_provider", "Of exactly this provider."});
  return all;
}

const std::string& listed_skill_source() {
  static const auto source = marketplace::listed("skills");
  return source;
}

http::Response find_listed_skills(const Query& query) { return marketplace::listed_ones(query, listed_skills()); }
http::Response find_listed_skill(const Query& query) { return marketplace::listed_one(query, listed_skills(), "skill"); }

http::Response reviews_of_listed_skill(const Query& query) {
  const auto id = marketplace::id_in_path(query, "skill");
  Columns columns{{}, {"id"}};
  if (!find_one(query.connection, query.sight(), listed_skills(), id, id, Deleted::exclude, columns))
    return api::respond_problem(query.call, api::not_found("skill"));
  return list_response(query, skill_reviews(), {{"skill_id", id}});
}

std::vector<api::Route> marketplace_skill_routes(const QueryContext& context) {
  constexpr std::string_view all = "/api/v1/marketplace/skills", one = "/api/v1/marketplace/skills/{skill}";
  return {list_route(context, "listMarketplaceSkills", all, "Those that are listed, of every workspace.", listed_skills(), Below::oneself,
                     find_listed_skills),
          one_route(context, "getMarketplaceSkill", one, "One that is listed, every field.", listed_skills(), Below::oneself, find_listed_skill),
          list_route(context, "listMarketplaceSkillReviews", "/api/v1/marketplace/skills/{skill}/reviews",
                     "What is said of one that is listed.", skill_reviews(), Below::oneself, reviews_of_listed_skill)};
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
      .filters = marketplace::with_listed(skill_filters()),
      .sorts = {"name", "created_at", "updated_at", "usage_count", "fork_count", "rating"},
      .default_sort = "name",
      .containers = {of_owner("author_id", "author_type")},
      .references = {{"author", "author_id", principals(), "author_type"}},
      .children = {{"versions", skill_versions, "t.skill_id = $parent"}, {"reviews", skill_reviews, "t.skill_id = $parent"}}};
  return resource;
}

// One's own workspace does not matter here, nor does any other one that is there.
const Resource& listed_skills() {
  static const Resource resource{.what = "skill",
                                 .title = "MarketplaceSkill",
                                 .source = listed_skill_source(),
                                 .row = &events::type_info<MarketplaceSkillRow>(),
                                 .filters = skill_filters(),
                                 .sorts = {"name", "created_at", "usage_count", "fork_count", "rating"},
                                 .default_sort = "-usage_count",
                                 .containers = {of_owner("author_id", "author_type")},
                                 .references = {{"author", "author_id", principals(), "author_type"}},
                                 .owner_column = "id",
                                 .more = marketplace_skill_routes};
  return resource;
}

}  // namespace daybook::query
