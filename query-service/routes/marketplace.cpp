#include "query-service/routes/marketplace.hpp"

#include "platform/text/uuid.hpp"

namespace daybook::query::marketplace {
namespace {

constexpr std::string_view has_tag = "EXISTS (SELECT FROM json_array_elements_text(t.tags) g WHERE g = $value)";

}  // namespace

std::string listed(std::string_view table) {
  return "SELECT s.* FROM $schema." + std::string(table) +
         " s JOIN $schema.workspaces w ON w.id = s.workspace_id AND w.deleted_at IS NULL WHERE s.is_public AND s.deleted_at IS NULL";
}

std::vector<Filter> filters(std::string_view words) {
  return {{"category", "category", "Of exactly this category."},
          {"tag", "id", "Carries the tag; repeat it for several, all are asked for.", FilterKind::condition, has_tag, true},
          {"official", "is_official", "true or false."},
          {"q", "id", words, FilterKind::condition, has_words},
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

http::Response listed_ones(const Query& query, const Resource& market) { return list_response(query, market, {}); }

http::Response listed_one(const Query& query, const Resource& market, std::string_view parameter) {
  return one_response(query, market, id_in_path(query, parameter), query.call.path_parameter(parameter));
}

std::string id_in_path(const Query& query, std::string_view parameter) {
  return text::Uuid::parse(query.call.path_parameter(parameter)).value_or(text::Uuid{}).text();
}

}  // namespace daybook::query::marketplace
