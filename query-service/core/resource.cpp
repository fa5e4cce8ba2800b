#include "query-service/core/resource.hpp"

#include <algorithm>

namespace daybook::query {

const events::FieldInfo* Resource::field(std::string_view name) const {
  for (const auto& candidate : row->fields)
    if (candidate.name == name && plain_type(candidate).shape != events::Shape::personal) return &candidate;
  return nullptr;
}

const Mine* Resource::mine_of(std::string_view name) const {
  const auto found = std::find_if(mine.begin(), mine.end(), [&](const auto& each) { return each.field == name; });
  return found == mine.end() ? nullptr : &*found;
}

const Counted* Resource::counted_of(std::string_view name) const {
  const auto found = std::find_if(counted.begin(), counted.end(), [&](const auto& each) { return each.field == name; });
  return found == counted.end() ? nullptr : &*found;
}

bool Resource::may_be_private() const {
  return privacy || std::any_of(containers.begin(), containers.end(), [](const auto& container) { return container.in().may_be_private(); });
}

bool Resource::differs_by_caller() const {
  const auto reads_null = [](const Reference& reference) {
    return reference.null_when_gone && std::any_of(reference.targets.begin(), reference.targets.end(),
                                                   [](const auto& target) { return target.to().may_be_private(); });
  };
  return !mine.empty() || !counted.empty() || may_be_private() || std::any_of(references.begin(), references.end(), reads_null);
}

std::vector<const events::FieldInfo*> columns_of(const Resource& resource) {
  std::vector<const events::FieldInfo*> columns;
  for (const auto& field : resource.row->fields)
    if (plain_type(field).shape != events::Shape::personal) columns.push_back(&field);
  return columns;
}

bool is_nullable(const events::FieldInfo& field) { return field.type->shape == events::Shape::optional; }

const events::TypeInfo& plain_type(const events::FieldInfo& field) {
  return is_nullable(field) ? *field.type->inner : *field.type;
}

std::string_view sql_type(const events::FieldInfo& field) {
  using events::Shape;
  switch (plain_type(field).shape) {
    case Shape::boolean:
      return "boolean";
    case Shape::decimal:  // nano-units
    case Shape::integer:
      return "bigint";
    case Shape::number:
      return "double precision";
    case Shape::uuid:
      return "uuid";
    case Shape::instant:
      return "timestamptz";
    case Shape::date:
      return "date";
    default:
      return "text";
  }
}

std::string_view owner_in(const Resource& resource, const Container& container) {
  return container.within.empty() ? resource.owner_column : container.within;
}

const Reference* find_reference(const Resource& resource, std::string_view name) {
  const auto found =
      std::find_if(resource.references.begin(), resource.references.end(), [&](const auto& r) { return r.name == name; });
  return found == resource.references.end() ? nullptr : &*found;
}

const Child* find_child(const Resource& resource, std::string_view name) {
  const auto found =
      std::find_if(resource.children.begin(), resource.children.end(), [&](const auto& c) { return c.name == name; });
  return found == resource.children.end() ? nullptr : &*found;
}

}  // namespace daybook::query
