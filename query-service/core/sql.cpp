#include <algorithm>

#include "query-service/core/list_spec.hpp"

namespace daybook::query {
namespace {

class Builder {
 public:
  Builder(const ListSpec& spec, std::string_view schema) : spec_(spec), schema_(schema) {}

  std::string bind(std::string value, std::string_view type) {
    query_.parameters.push_back(std::move(value));
    return "$" + std::to_string(query_.parameters.size()) + "::" + std::string(type);
  }

  std::string expression(std::string_view column) const {
    for (const auto& nulled : spec_.nulled)
      if (nulled.column == column) return "(" + with_schema(nulled.expression) + ")";
    return "t." + std::string(column);
  }

  std::string select_list() const {
    std::string out;
    for (const auto& field : spec_.row->fields) {
      if (field.type->shape == events::Shape::personal) continue;
      out += (out.empty() ? "" : ", ") + expression(field.name) + " AS " + std::string(field.name);
    }
    return out;
  }

  std::string from() const { return " FROM " + std::string(schema_) + "." + std::string(spec_.table) + " t"; }

  std::string where(const std::vector<Scope>& scope) {
    std::string out = " WHERE true";
    for (const auto& part : scope) out += " AND " + condition(part);
    return out + visible();
  }

  // The one predicate by which containment hides: no row is written for what lies in something deleted.
  std::string visible() const {
    std::string out;
    for (const auto& container : spec_.containers) {
      const auto column = std::string(container.column);
      const auto alias = "c_" + column;
      out += " AND (t." + column + " IS NULL OR EXISTS (SELECT FROM " + std::string(schema_) + "." + std::string(container.table) + " " +
             alias + " WHERE " + alias + ".id = t." + column + " AND " + alias + ".deleted_at IS NULL";
      if (container.table == "issues")
        out += " AND (" + alias + ".project_id IS NULL OR EXISTS (SELECT FROM " + std::string(schema_) + ".projects cp WHERE cp.id = " +
               alias + ".project_id AND cp.deleted_at IS NULL))";
      out += "))";
    }
    return out;
  }

  std::string deleted(std::string_view wanted) const {
    if (!spec_.deletable || wanted == "include") return "";
    return wanted == "only" ? " AND t.deleted_at IS NOT NULL" : " AND t.deleted_at IS NULL";
  }

  std::string filter(const Filter& filter, const std::string& value) {
    const auto column = expression(filter.column);
    switch (filter.kind) {
      case FilterKind::words: return " AND " + column + " = ANY(" + bind(braces(value), "text[]") + ")";
      case FilterKind::id:
        if (value == "none") return " AND " + column + " IS NULL";
        return " AND " + column + " = ANY(" + bind(braces(value), "uuid[]") + ")";
      case FilterKind::text: return " AND " + column + " = " + bind(value, "text");
      case FilterKind::since: return " AND " + column + " > " + bind(value, "timestamptz");
      case FilterKind::until: return " AND " + column + " < " + bind(value, "timestamptz");
      case FilterKind::flag: return " AND " + column + " = " + bind(value, "boolean");
      case FilterKind::full_text:
        return " AND EXISTS (SELECT FROM " + std::string(schema_) + ".search s WHERE s.entity_id = t.id AND s.tsv @@ websearch_to_tsquery('simple', " +
               bind(value, "text") + "))";
      case FilterKind::label:
        return " AND EXISTS (SELECT FROM " + std::string(schema_) + ".issue_labels l JOIN " + std::string(schema_) +
               ".labels d ON d.id = l.label_id AND d.deleted_at IS NULL WHERE l.issue_id = t.id AND (l.label_id::text = " + bind(value, "text") +
               " OR lower(d.name) = lower(" + bind(value, "text") + ")))";
    }
    return "";
  }

  std::string sort_expression(const SortKey& key) const {
    return expression(key.column) + (key.collate_c ? " COLLATE \"C\"" : "");
  }

  std::string order(const ListRequest& request, bool backwards) const {
    std::string out = " ORDER BY ";
    for (const auto& [key, descending] : request.order) {
      const bool down = descending != backwards;
      out += sort_expression(key) + (down ? " DESC" : " ASC") + (backwards ? " NULLS FIRST" : " NULLS LAST") + ", ";
    }
    return out + "t.id" + (backwards ? " DESC" : " ASC");
  }

  // Rows strictly after the place in the walking direction: (k1 after v1) or (k1 = v1 and ((k2 after v2) or …)).
  std::string beyond(const ListRequest& request, const Place& place, std::size_t index = 0) {
    if (index == request.order.size())
      return "t.id " + std::string(place.backwards ? "<" : ">") + " " + bind(place.values[index].value_or(""), "uuid");
    const auto& [key, descending] = request.order[index];
    const auto column = sort_expression(key);
    const auto& value = place.values[index];
    if (!value) {
      const auto rest = "(" + column + " IS NULL AND (" + beyond(request, place, index + 1) + "))";
      return place.backwards ? "(" + column + " IS NOT NULL OR " + rest + ")" : rest;
    }
    const auto bound = bind(*value, key.type);
    const bool down = descending != place.backwards;
    std::string after = column + (down ? " < " : " > ") + bound;
    if (key.nullable && !place.backwards) after = "(" + after + " OR " + column + " IS NULL)";
    return "(" + after + " OR (" + column + " = " + bound + " AND (" + beyond(request, place, index + 1) + ")))";
  }

  SqlQuery take(std::string sql) {
    query_.sql = std::move(sql);
    return std::move(query_);
  }

 private:
  static std::string replaced(std::string_view sql, std::string_view mark, std::string_view by) {
    std::string out(sql);
    for (auto at = out.find(mark); at != out.npos; at = out.find(mark, at + by.size())) out.replace(at, mark.size(), by);
    return out;
  }
  std::string with_schema(std::string_view sql) const { return replaced(sql, "$schema", schema_); }
  std::string condition(const Scope& scope) {
    if (!scope.sql.empty()) return "(" + replaced(with_schema(scope.sql), "$value", bind(scope.value, "uuid")) + ")";
    return "t." + std::string(scope.column) + " = " + bind(scope.value, type_of(scope.column));
  }
  static std::string braces(const std::string& commas) { return "{" + commas + "}"; }

  std::string_view type_of(std::string_view column) const {
    for (const auto& field : spec_.row->fields) {
      if (field.name != column) continue;
      const auto* type = field.type->shape == events::Shape::optional ? field.type->inner : field.type;
      return type->shape == events::Shape::uuid ? "uuid" : type->shape == events::Shape::integer ? "bigint" : "text";
    }
    return "text";
  }

  const ListSpec& spec_;
  std::string_view schema_;
  SqlQuery query_;
};

std::string conditions(Builder& builder, const ListRequest& request) {
  auto out = builder.where(request.scope) + builder.deleted(request.deleted);
  for (const auto& [filter, value] : request.filters) out += builder.filter(*filter, value);
  return out;
}

}  // namespace

std::vector<const events::FieldInfo*> columns_of(const ListSpec& spec) {
  std::vector<const events::FieldInfo*> columns;
  for (const auto& field : spec.row->fields)
    if (field.type->shape != events::Shape::personal) columns.push_back(&field);
  return columns;
}

SqlQuery list_sql(const ListRequest& request, std::string_view schema) {
  Builder builder(*request.spec, schema);
  const bool backwards = request.place && request.place->backwards;
  std::string keys;
  for (const auto& [key, descending] : request.order) keys += ", (" + builder.expression(key.column) + ")::text";
  auto sql = "SELECT " + builder.select_list() + keys + ", t.id::text" + builder.from() + conditions(builder, request);
  if (request.place) sql += " AND (" + builder.beyond(request, *request.place) + ")";
  sql += builder.order(request, backwards) + " LIMIT " + std::to_string(request.limit + 1);
  return builder.take(std::move(sql));
}

SqlQuery count_sql(const ListRequest& request, std::string_view schema) {
  Builder builder(*request.spec, schema);
  auto sql = "SELECT count(*)" + builder.from() + conditions(builder, request);
  return builder.take(std::move(sql));
}

SqlQuery one_sql(const ListSpec& spec, const std::vector<Scope>& scope, std::string_view schema, bool with_deleted) {
  Builder builder(spec, schema);
  auto sql = "SELECT " + builder.select_list() + builder.from() + builder.where(scope) + builder.deleted(with_deleted ? "include" : "exclude") + " LIMIT 1";
  return builder.take(std::move(sql));
}

std::vector<api::Parameter> list_parameters(const ListSpec& spec) {
  std::vector<api::Parameter> out{
      {"limit", "Rows of the page, 1 to 200; 50 when absent.", R"({"type":"integer","minimum":1,"maximum":200})"},
      {"cursor", "Where to go on: page.next or page.prev of an earlier reply."},
      {"sort", "Keys by commas, - for descending."},
      {"count", "exact or estimate: adds page.count.", R"({"enum":["exact","estimate"]})"},
      {"min_position", "Waits until the read models have reached this position.", R"({"type":"integer","minimum":0})"},
      {"wait_ms", "How long to wait for it, at most 10000.", R"({"type":"integer","minimum":0,"maximum":10000})"},
  };
  if (spec.deletable) out.push_back({"deleted", "exclude, include or only.", R"({"enum":["exclude","include","only"]})"});
  for (const auto& filter : spec.filters)
    out.push_back({filter.parameter, filter.description, R"({"type":"string"})", filter.kind == FilterKind::label});
  return out;
}

}  // namespace daybook::query
