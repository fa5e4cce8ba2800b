#pragma once
// What a caller asks of a list, checked; what cannot be accepted is named.
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "query-service/core/condition.hpp"
#include "query-service/core/shown.hpp"
#include "schemas/api/api.hpp"

namespace daybook::query {

class Cursors;

// Which deleted rows are asked for.
enum class Deleted { exclude, include, only };
std::string_view word_of(Deleted deleted);

enum class Count { none, estimate, exact };

// Which rows a list starts from, beside what the caller asks for: always the workspace, perhaps an issue. `sql` is a
// condition of its own in which `$value` stands for the value; without it the column equals the value.
struct Scope {
  std::string_view column;
  std::string value;
  std::string_view sql = "";
};

// A place in a list: the values of a row's sort keys, the id last, as PostgreSQL writes them.
struct Place {
  std::vector<std::optional<std::string>> values;
  bool backwards = false;
};

struct SortTerm {
  const events::FieldInfo* field{};
  bool descending = false;
};

struct ListRequest {
  const Resource* resource{};
  std::vector<Scope> scope;
  Shown shown;
  std::vector<SortTerm> order;  // ties go by id, in the direction of the last term
  std::vector<std::pair<const Filter*, std::string>> filters;
  std::optional<Condition> condition;
  std::string condition_text;
  Deleted deleted = Deleted::exclude;
  Count count = Count::none;
  std::size_t limit = api::page_limit_default;
  std::optional<Place> place;
};

// The parameters that every list of the resource takes, for the route's declaration.
std::vector<api::Parameter> list_parameters(const Resource& resource);
std::variant<ListRequest, api::Problem> read_list_request(const Resource& resource, std::vector<Scope> scope,
                                                          const api::Call& call, const Cursors& cursors);
// deleted=, of a list or of one; exclude when it is absent.
std::variant<Deleted, api::Problem> read_deleted(const api::Call& call);
// "-updated_at,number" as the resource declares it.
std::vector<SortTerm> default_order(const Resource& resource);

}  // namespace daybook::query
