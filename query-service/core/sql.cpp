#include "query-service/core/sql.hpp"

#include <algorithm>

#include "query-service/core/sums.hpp"

namespace daybook::query {
namespace {

std::string braces(std::string_view commas) { return "{" + std::string(commas) + "}"; }

std::string array_of(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) {
    if (!out.empty()) out += ',';
    out += '"';
    for (const char c : value) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return braces(out);
}

bool is_text(const events::FieldInfo& field) { return sql_type(field) == "text"; }

// Builds one statement over one resource, aliased t.
class Builder : public Statement {
 public:
  Builder(const Resource& resource, const Sight& sight, std::vector<std::string> parameters = {})
      : Statement(sight, std::move(parameters)), resource_(resource) {}
  Builder(const ListRequest& request, const Sight& sight) : Builder(*request.resource, sight) {
    for (const auto& [filter, value] : request.filters)
      if (filter->kind == FilterKind::of_source) source_value_ = bind(value, "text");
  }

  // ---- columns -----------------------------------------------------------------------------------------------------

  // A column as it reads: null where what it points at is gone.
  std::string expression(std::string_view column) {
    if (const auto* mine = resource_.mine_of(column)) return among(mine->among, "t");
    if (const auto* counted = resource_.counted_of(column)) return count(*counted);
    for (const auto& reference : resource_.references) {
      if (!reference.null_when_gone) continue;
      if (column == reference.column) return "(" + living(reference) + ")";
      if (column == reference.type_column)
        return "(CASE WHEN (" + living(reference) + ") IS NOT NULL THEN t." + std::string(column) + " END)";
    }
    return "t." + std::string(column);
  }

  std::string select_list(const Columns& columns) {
    std::string out;
    const auto add = [&](const std::string& expression) { out += (out.empty() ? "" : ", ") + expression; };
    for (const auto* field : columns.shown) add(expression(field->name));
    for (const auto key : columns.keys) add(expression(key) + "::text");
    return out;
  }

  std::string sums(const Sums& sums) {
    std::string out;
    for (const auto& field : sums.shown->fields) {
      const bool grouped = std::find(sums.by.begin(), sums.by.end(), field.name) != sums.by.end();
      out += (out.empty() ? "" : ", ") + (grouped ? "t." + std::string(field.name) : is_nullable(field) ? "NULL" : "sum(t." + std::string(field.name) + ")::bigint");
    }
    return out;
  }

  std::string groups(const Sums& sums) {
    std::string columns, order;
    for (const auto name : sums.by) {
      columns += (columns.empty() ? "t." : ", t.") + std::string(name);
      order += (order.empty() ? "" : ", ") + sort_expression(*resource_.field(name));
    }
    return " GROUP BY " + columns + " ORDER BY " + order + " LIMIT " + std::to_string(sums.most + 1);
  }

  // Whether any reference reads otherwise than it is stored.
  std::string nulled() {
    std::string out = "false";
    for (const auto& reference : resource_.references)
      if (reference.null_when_gone)
        out += " OR (t." + std::string(reference.column) + " IS NOT NULL AND (" + living(reference) + ") IS NULL)";
    return "(" + out + ")";
  }

  std::string from() const { return " FROM " + replaced(source(resource_), "$value", source_value_) + " t"; }

  // ---- conditions --------------------------------------------------------------------------------------------------

  std::string scoped(const std::vector<Scope>& scope) {
    std::string out = " WHERE true";
    for (const auto& part : scope) out += " AND " + condition(part);
    return out + visible(resource_, "t");
  }

  // Outside of any workspace there are those of all that the caller is a member of; to a superuser those of all.
  std::string owned_by(const std::string& owner) {
    if (resource_.owner_column.empty()) return " WHERE true" + visible(resource_, "t");
    if (resource_.owner_column == "workspace_id" && reader().role.empty())
      return " WHERE " + (reader().is_superuser ? "true" : "EXISTS (SELECT" + membership("t") + ")") + visible(resource_, "t");
    return " WHERE t." + std::string(resource_.owner_column) + " = " + bind(owner, "uuid") + visible(resource_, "t");
  }

  std::string deleted(Deleted wanted) const {
    if (!resource_.deletable() || wanted == Deleted::include) return "";
    return wanted == Deleted::only ? " AND t.deleted_at IS NOT NULL" : " AND t.deleted_at IS NULL";
  }

  std::string asked_for(const ListRequest& request) {
    auto out = scoped(request.scope) + deleted(request.deleted);
    for (const auto& [filter, value] : request.filters)
      if (filter->kind != FilterKind::of_source) out += " AND " + this->filter(*filter, value);
    if (request.condition) out += " AND " + tree(*request.condition);
    return out;
  }

  // ---- order and place ---------------------------------------------------------------------------------------------

  // Ties go by id, in the direction of the last key, so that one index serves both directions. Unset values come last in
  // either direction: a flag before the key says so, and stands in the index as well.
  std::string order(const std::vector<SortTerm>& terms, bool backwards) const {
    std::string out = " ORDER BY ";
    for (const auto& term : terms) {
      const auto* direction = term.descending != backwards ? " DESC, " : ", ";
      if (is_nullable(*term.field)) out += flag(term) + direction;
      out += sort_expression(*term.field) + direction;
    }
    return out + "t.id" + (terms.back().descending != backwards ? " DESC" : "");
  }

  // Rows strictly behind the place in the walking direction.
  std::string behind(const ListRequest& request, const Place& place) {
    const bool one_direction = std::all_of(request.order.begin(), request.order.end(),
                                           [&](const auto& term) { return term.descending == request.order.front().descending; });
    const bool all_set =
        std::all_of(place.values.begin(), place.values.end(), [](const auto& value) { return value.has_value(); });
    return one_direction && all_set ? behind_as_row(request, place) : behind_nested(request, place, 0);
  }

 private:
  std::string count(const Counted& counted) {
    const auto& rows = counted.rows();
    return "(SELECT count(*) FROM " + source(rows) + " n WHERE n." + std::string(counted.column) + " = t.id AND " + std::string(counted.condition) +
           (rows.deletable() ? " AND n.deleted_at IS NULL" : "") + visible(rows, "n") + ")";
  }

  std::string living(const Reference& reference) {
    const auto column = "t." + std::string(reference.column);
    const auto query = [&](const Target& target) {
      if (!target.while_in) return "SELECT r.id" + there(target.to(), "r", "id", column);
      const auto& in = target.while_in();
      return "SELECT r." + std::string(in.address_column) + there(in, "r", in.address_column, column) + " AND r." +
             std::string(in.owner_column) + " = t." + std::string(resource_.owner_column);
    };
    if (reference.type_column.empty()) return query(reference.targets.front());
    std::string out = "CASE t." + std::string(reference.type_column);
    for (const auto& target : reference.targets) out += " WHEN '" + std::string(target.word) + "' THEN (" + query(target) + ")";
    return out + " END";
  }

  std::string condition(const Scope& scope) {
    if (!scope.sql.empty()) return "(" + replaced(with_schema(scope.sql), "$value", bind(scope.value, "uuid")) + ")";
    return "t." + std::string(scope.column) + " = " + bind(scope.value, sql_type(*resource_.field(scope.column)));
  }

  std::string filter(const Filter& filter, const std::string& value) {
    if (filter.kind == FilterKind::condition) return "(" + replaced(with_schema(filter.sql), "$value", bind(value, "text")) + ")";
    const auto& field = *resource_.field(filter.column);
    const auto column = expression(filter.column);
    if (filter.kind == FilterKind::since) return column + " > " + bind(value, sql_type(field));
    if (filter.kind == FilterKind::until) return column + " < " + bind(value, sql_type(field));
    const auto shape = plain_type(field).shape;
    if (shape == events::Shape::uuid && value == "none") return column + " IS NULL";
    if (shape == events::Shape::string) return column + " = " + bind(value, "text");
    return one_of(field, column, braces(value));
  }

  // The stored column is named too, where it differs from what is read: it is the one that has the index.
  std::string one_of(const events::FieldInfo& field, const std::string& column, std::string array) {
    const auto any = " = ANY(" + bind(std::move(array), std::string(sql_type(field)) + "[]") + ")";
    if (resource_.mine_of(field.name)) return column + any;
    const auto stored = "t." + std::string(field.name);
    return column == stored ? column + any : stored + any + " AND " + column + any;
  }

  std::string tree(const Condition& condition) {
    switch (condition.op) {
      case Operator::all_of:
        return joined(condition.parts, " AND ");
      case Operator::any_of:
        return joined(condition.parts, " OR ");
      // Unset fields make a comparison unknown; its negation is then true, as people expect.
      case Operator::negation:
        return "(" + tree(condition.parts.front()) + ") IS NOT TRUE";
      default:
        return comparison(condition);
    }
  }

  std::string joined(const std::vector<Condition>& parts, std::string_view word) {
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : std::string(word)) + tree(part);
    return "(" + out + ")";
  }

  std::string comparison(const Condition& condition) {
    const auto& field = *condition.field;
    const auto column = expression(field.name);
    const auto ordered = is_text(field) ? column + " COLLATE \"C\"" : column;
    const auto value = [&] { return bind(condition.values.front(), sql_type(field)); };
    switch (condition.op) {
      case Operator::ne:
        return column + " IS DISTINCT FROM " + value();
      case Operator::in:
        return "(" + one_of(field, column, array_of(condition.values)) + ")";
      case Operator::not_in:
        return "(" + one_of(field, column, array_of(condition.values)) + ") IS NOT TRUE";
      case Operator::lt:
        return ordered + " < " + value();
      case Operator::lte:
        return ordered + " <= " + value();
      case Operator::gt:
        return ordered + " > " + value();
      case Operator::gte:
        return ordered + " >= " + value();
      case Operator::contains:
        return "strpos(lower(" + column + "), lower(" + value() + ")) > 0";
      case Operator::is_null:
        return column + (condition.values.front() == "true" ? " IS NULL" : " IS NOT NULL");
      default:
        return column + " = " + value();
    }
  }

  static std::string sort_expression(const events::FieldInfo& field) {
    return "t." + std::string(field.name) + (is_text(field) ? " COLLATE \"C\"" : "");
  }
  static std::string flag(const SortTerm& term) {
    return "((t." + std::string(term.field->name) + (term.descending ? " IS NOT NULL" : " IS NULL") + ")::int)";
  }

  // (key, …, id) compared as rows: an index range, however far the walk has come.
  std::string behind_as_row(const ListRequest& request, const Place& place) {
    std::string columns, values;
    for (std::size_t i = 0; i < request.order.size(); ++i) {
      const auto& term = request.order[i];
      if (is_nullable(*term.field)) {
        columns += flag(term) + ", ";
        values += term.descending ? "1, " : "0, ";
      }
      columns += sort_expression(*term.field) + ", ";
      values += bind(*place.values[i], sql_type(*term.field)) + ", ";
    }
    const bool down = request.order.front().descending != place.backwards;
    return "(" + columns + "t.id) " + (down ? "<" : ">") + " (" + values + bind(place.values.back().value_or(""), "uuid") + ")";
  }

  // (k1 behind v1) or (k1 = v1 and ((k2 behind v2) or …)).
  std::string behind_nested(const ListRequest& request, const Place& place, std::size_t index) {
    if (index == request.order.size()) {
      const bool down = request.order.back().descending != place.backwards;
      return std::string("t.id ") + (down ? "<" : ">") + " " + bind(place.values[index].value_or(""), "uuid");
    }
    const auto& term = request.order[index];
    const auto column = sort_expression(*term.field);
    const auto& value = place.values[index];
    if (!value) {
      const auto rest = "(" + flag(term) + (term.descending ? " = 0 AND " : " = 1 AND ") + column + " IS NULL AND " +
                        behind_nested(request, place, index + 1) + ")";
      return place.backwards ? "(" + column + " IS NOT NULL OR " + rest + ")" : rest;
    }
    const auto bound = bind(*value, sql_type(*term.field));
    const bool down = term.descending != place.backwards;
    std::string behind = column + (down ? " < " : " > ") + bound;
    if (is_nullable(*term.field) && !place.backwards) behind = "(" + behind + " OR " + column + " IS NULL)";
    return "(" + behind + " OR (" + column + " = " + bound + " AND " + behind_nested(request, place, index + 1) + "))";
  }

  const Resource& resource_;
  std::string source_value_;  // as it is bound; empty where the source takes none
};

}  // namespace

SqlQuery list_sql(const ListRequest& request, const Columns& columns, const Sight& sight) {
  Builder builder(request, sight);
  auto sql = "SELECT " + builder.select_list(columns) + builder.from() + builder.asked_for(request);
  if (request.place) sql += " AND " + builder.behind(request, *request.place);
  sql += builder.order(request.order, request.place && request.place->backwards) + " LIMIT " + std::to_string(request.limit + 1);
  return builder.take(std::move(sql));
}

SqlQuery count_sql(const ListRequest& request, const Sight& sight) {
  Builder builder(request, sight);
  auto sql = "SELECT count(*)" + builder.from() + builder.asked_for(request);
  return builder.take(std::move(sql));
}

SqlQuery sums_sql(const ListRequest& request, const Sums& sums, const Sight& sight) {
  Builder builder(request, sight);
  auto sql = "SELECT " + builder.sums(sums) + builder.from() + builder.asked_for(request) + builder.groups(sums);
  return builder.take(std::move(sql));
}

SqlQuery estimate_sql(const ListRequest& request, const Sight& sight) {
  Builder builder(request, sight);
  auto sql = "EXPLAIN (FORMAT JSON) SELECT" + builder.from() + builder.asked_for(request);
  return builder.take(std::move(sql));
}

SqlQuery one_sql(const Resource& resource, const Columns& columns, const Sight& sight, Deleted deleted, std::string match,
                 std::vector<std::string> parameters) {
  Builder builder(resource, sight, std::move(parameters));
  auto sql = "SELECT " + builder.select_list(columns) + ", " + builder.nulled() + builder.from() + builder.scoped({}) +
             builder.deleted(deleted) + " AND " + filled(match, sight.schema) + " LIMIT 1";
  return builder.take(std::move(sql));
}

SqlQuery by_ids_sql(const Resource& resource, const Columns& columns, const Sight& sight, const std::string& owner,
                    const std::vector<std::string>& ids) {
  Builder builder(resource, sight);
  auto sql = "SELECT " + builder.select_list(columns) + builder.from() + builder.owned_by(owner) +
             builder.deleted(Deleted::exclude) + " AND t.id = ANY(" + builder.bind(array_of(ids), "uuid[]") + ")";
  return builder.take(std::move(sql));
}

SqlQuery children_sql(const Child& child, const Columns& columns, const Sight& sight, const std::string& owner,
                      const std::vector<std::string>& parents) {
  const auto& resource = child.of();
  Builder builder(resource, sight);
  const auto order = builder.order(default_order(resource), false);
  auto inner = "SELECT " + builder.select_list(columns) + ", row_number() OVER (" + order.substr(1) + ") AS place" +
               builder.from() + builder.owned_by(owner) + builder.deleted(Deleted::exclude) + " AND (" +
               filled(child.condition, sight.schema, "$parent", "p.id") + ")" + order + " LIMIT " +
               std::to_string(embedded_children_max);
  auto sql = "SELECT p.id::text, x.* FROM unnest(" + builder.bind(array_of(parents), "uuid[]") +
             ") AS p(id) CROSS JOIN LATERAL (" + inner + ") x ORDER BY p.id, x.place LIMIT " +
             std::to_string(embedded_rows_max + 1);
  return builder.take(std::move(sql));
}

}  // namespace daybook::query
