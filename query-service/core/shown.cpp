#include "query-service/core/shown.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "events/core/json.hpp"
#include "query-service/core/text_lists.hpp"

namespace daybook::query {
namespace {

std::string field_names(const Resource& resource) {
  std::string known;
  for (const auto* field : columns_of(resource)) known += (known.empty() ? "" : ", ") + std::string(field->name);
  return known;
}

std::string expandable_names(const Resource& resource) {
  std::string known;
  const auto add = [&](std::string_view name) { known += (known.empty() ? "" : ", ") + std::string(name); };
  for (const auto& reference : resource.references) add(reference.name);
  for (const auto& child : resource.children) add(child.name);
  return known;
}

// What an expansion may lead to: several kinds where a reference has several.
std::vector<const Resource*> targets_of(const Expansion& expansion) {
  if (expansion.child) return {&expansion.child->of()};
  std::vector<const Resource*> out;
  for (const auto& target : expansion.reference->targets) out.push_back(&target.to());
  return out;
}

// Finds or adds the expansion of that name; nullptr when none of the resources has it.
Expansion* add(const std::vector<const Resource*>& resources, std::string_view name, std::vector<Expansion>& to) {
  const auto known = std::find_if(to.begin(), to.end(), [&](const auto& e) { return e.name() == name; });
  if (known != to.end()) return &*known;
  for (const auto* resource : resources) {
    const auto* reference = find_reference(*resource, name);
    const auto* child = reference ? nullptr : find_child(*resource, name);
    if (reference || child) return &to.emplace_back(Expansion{reference, child});
  }
  return nullptr;
}

std::optional<api::Problem> read_expand(const Resource& resource, std::string_view names, Shown& shown) {
  const auto paths = split(names);
  if (paths.size() > expand_names_max) return api::bad_parameter("expand", "too-many", "At most 16 names.");
  for (const auto path : paths) {
    const auto steps = split(path, '.');
    if (steps.size() > expand_depth_max)
      return api::bad_parameter("expand", "too-deep", "'" + std::string(path) + "' goes deeper than two levels.");
    std::vector<const Resource*> from{&resource};
    auto* level = &shown.expansions;
    for (const auto step : steps) {
      auto* expansion = add(from, step, *level);
      if (!expansion) {
        std::string known;
        for (const auto* each : from) known += (known.empty() ? "" : ", ") + expandable_names(*each);
        return api::bad_parameter("expand", "unknown-value",
                                  "'" + std::string(path) + "': '" + std::string(step) + "' is none of: " + known + ".");
      }
      from = targets_of(*expansion);
      level = &expansion->inner;
    }
  }
  return std::nullopt;
}

std::optional<api::Problem> read_fields(const Resource& resource, std::string_view names, Shown& shown) {
  const auto wanted = split(names);
  shown.fields = columns_of(resource);
  for (const auto name : wanted)
    if (!resource.field(name))
      return api::bad_parameter("fields", "unknown-value",
                                "'" + std::string(name) + "' is none of: " + field_names(resource) + ".");
  std::erase_if(shown.fields,
                [&](const auto* field) { return std::find(wanted.begin(), wanted.end(), field->name) == wanted.end(); });
  shown.trimmed = true;
  return std::nullopt;
}

}  // namespace

Shown all_of(const Resource& resource) { return {columns_of(resource), {}, false}; }

Shown brief_of(const Resource& resource) {
  auto shown = all_of(resource);
  std::erase_if(shown.fields, [](const auto* field) { return plain_type(*field).is_long; });
  return shown;
}

std::variant<Shown, api::Problem> read_shown(const Resource& resource, const api::Call& call, Shown shown) {
  std::optional<api::Problem> refusal;
  if (const auto fields = call.parameter("fields")) refusal = read_fields(resource, *fields, shown);
  if (const auto expand = call.parameter("expand"); expand && !refusal) refusal = read_expand(resource, *expand, shown);
  if (refusal) return std::move(*refusal);
  return shown;
}

void add_shown_parameters(const Resource& resource, std::vector<api::Parameter>& parameters) {
  parameters.push_back({"fields", keep("Only these fields, by commas: " + field_names(resource) + ".")});
  const auto names = expandable_names(resource);
  if (!names.empty())
    parameters.push_back({"expand", keep("Embeds, by commas and two levels deep with a point between: " + names + ".")});
}

std::string reply_schema(const Resource& resource) {
  std::string out = R"({"type":"object","properties":{)";
  auto property = [&, first = true](std::string_view name, std::string_view schema) mutable {
    if (!first) out += ',';
    first = false;
    events::write_json_string(name, out);
    out += ':';
    out += schema;
  };
  // As in the row's own schema: what lies inside of a field leaves out what is unset.
  const auto row = boost::json::parse(events::json_schema(*resource.row, true)).at("properties").as_object();
  for (const auto* field : columns_of(resource)) property(field->name, boost::json::serialize(row.at(field->name)));
  for (const auto& reference : resource.references) property(reference.name, R"({"type":["object","null"]})");
  for (const auto& child : resource.children) property(child.name, R"({"type":"array","items":{"type":"object"},"maxItems":50})");
  std::string required;
  for (const auto* field : columns_of(resource)) {
    if (plain_type(*field).is_long) continue;  // not in lists
    if (!required.empty()) required += ',';
    events::write_json_string(field->name, required);
  }
  return out + R"(},"required":[)" + required + R"(],"additionalProperties":false})";
}

}  // namespace daybook::query
