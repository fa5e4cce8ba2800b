#pragma once
// A condition of the caller's own making, filter={"and":[{"field":"status","op":"eq","value":"todo"},{"not":…}]}: read
// against the fields of a row type, every place that cannot be accepted named by pointer.
#include <string>
#include <variant>
#include <vector>

#include "events/core/json.hpp"
#include "query-service/core/resource.hpp"

namespace daybook::query {

inline constexpr std::size_t condition_depth_max = 8;  // levels of and, or, not
inline constexpr std::size_t condition_nodes_max = 64;
inline constexpr std::size_t filter_values_max = 100;  // of one filter, or of one `in`

enum class Operator { all_of, any_of, negation, eq, ne, in, not_in, lt, lte, gt, gte, contains, is_null };

struct Condition {
  Operator op{};
  std::vector<Condition> parts = {};         // of all_of, any_of, negation
  const events::FieldInfo* field = nullptr;  // of the others
  std::vector<std::string> values = {};      // in PostgreSQL's text form
};

// Fields that conditions may be about: those with one plain value.
bool can_be_compared(const events::FieldInfo& field);

// One value of a field as PostgreSQL takes it, or what is wrong with it: code and sentence.
struct BadValue {
  std::string code, detail;
};
std::variant<std::string, BadValue> read_value(const events::FieldInfo& field, std::string_view text);

std::variant<Condition, events::FieldError> read_condition(const Resource& resource, std::string_view json);

}  // namespace daybook::query
