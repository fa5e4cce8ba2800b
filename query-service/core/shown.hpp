#pragma once
// What a reply shows of a row: fields= trims it, expand= embeds what it points at and what belongs to it.
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "query-service/core/resource.hpp"
#include "schemas/api/api.hpp"

namespace daybook::query {

inline constexpr std::size_t expand_depth_max = 2;        // comments.author
inline constexpr std::size_t expand_names_max = 16;       // in one request
inline constexpr std::size_t embedded_children_max = 50;  // of one kind below one row
inline constexpr std::size_t embedded_rows_max = 5000;    // of one kind in one reply

// Either of the two is set.
struct Expansion {
  const Reference* reference = nullptr;
  const Child* child = nullptr;
  std::vector<Expansion> inner = {};

  std::string_view name() const { return reference ? reference->name : child->name; }
};

struct Shown {
  std::vector<const events::FieldInfo*> fields;  // in the order of the row
  std::vector<Expansion> expansions;
  bool trimmed = false;

  // Whether the content is not that of the plain row, so that its version alone does not tell one reply from another.
  bool is_composed() const { return trimmed || !expansions.empty(); }
};

// Everything of the row and nothing beside it.
Shown all_of(const Resource& resource);
// The same without long texts, as one row among many.
Shown brief_of(const Resource& resource);
// What a call asks to be shown; `unless_asked` where it asks for no fields.
std::variant<Shown, api::Problem> read_shown(const Resource& resource, const api::Call& call, Shown unless_asked);
// fields= and expand=, for the route's declaration.
void add_shown_parameters(const Resource& resource, std::vector<api::Parameter>& parameters);
// JSON Schema of one thing in a reply: its fields and what may be embedded.
std::string reply_schema(const Resource& resource);

}  // namespace daybook::query
