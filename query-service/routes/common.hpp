#pragma once
// Filters and targets that many declarations share.
#include "query-service/routes/resources.hpp"

namespace daybook::query {

inline constexpr Filter created_after{"created_after", "created_at", "Only those created after the time.", FilterKind::since};
inline constexpr Filter created_before{"created_before", "created_at", "Only those created before the time.", FilterKind::until};
inline constexpr Filter updated_after{"updated_after", "updated_at", "Only those changed after the time.", FilterKind::since};
inline constexpr Filter updated_before{"updated_before", "updated_at", "Only those changed before the time.", FilterKind::until};

// Of what a workspace keeps, and a person of their own: the word it goes by, and whether it is on. In a workspace it can matter who did it.
inline std::vector<Filter> filters_of_kept(Filter word) {
  return {word, {"enabled", "is_enabled", "true or false."}, created_after, created_before, updated_after, updated_before};
}
inline std::vector<Filter> filters_of_kept(Filter word, std::string_view created_by) {
  auto all = filters_of_kept(word);
  all.insert(all.begin() + 2, {"created_by", "created_by_id", created_by});
  return all;
}

// Of things with a search document of their own.
inline constexpr std::string_view has_words =
    "EXISTS (SELECT FROM $schema.search s WHERE s.entity_id = t.id AND s.tsv @@ websearch_to_tsquery('simple', $value))";

// To whom something belongs alone, where a column says so; where a word beside it says what they are, only to people.
inline Container of_owner(std::string_view column, std::string_view kind_column = "") {
  return {.column = column, .in = accounts, .kind_column = kind_column, .kind = kind_column.empty() ? "" : "user"};
}

// Whoever may act or be assigned, by the word of the type beside the id.
inline std::vector<Target> principals() { return {{"user", people}, {"agent", agents}}; }

}  // namespace daybook::query
