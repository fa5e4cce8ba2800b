#include "query-service/core/statement.hpp"

namespace daybook::query {
namespace {

constexpr std::string_view now = "(now() + coalesce((SELECT ahead_microseconds FROM $schema.clock), 0) * interval '1 microsecond')";

}  // namespace

std::string replaced(std::string text, std::string_view mark, std::string_view by) {
  for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + by.size())) text.replace(at, mark.size(), by);
  return text;
}

std::string filled(std::string_view sql, std::string_view schema, std::string_view mark, std::string_view by) {
  auto out = replaced(replaced(std::string(sql), "$now", now), "$schema", schema);
  return mark == "$schema" ? out : replaced(std::move(out), mark, by);
}

std::string Statement::bind(std::string value, std::string_view type) {
  query_.parameters.push_back(std::move(value));
  return "$" + std::to_string(query_.parameters.size()) + "::" + std::string(type);
}

SqlQuery Statement::take(std::string sql) {
  query_.sql = std::move(sql);
  return std::move(query_);
}

std::string Statement::source(const Resource& of) const {
  return of.source.empty() ? std::string(schema_) + "." + std::string(of.table) : "(" + with_schema(of.source) + ")";
}

// The caller, bound once.
std::string Statement::viewer() {
  if (viewer_.empty()) viewer_ = bind(reader_.user.text(), "uuid");
  return viewer_;
}

std::string Statement::membership(const std::string& alias) {
  return " FROM " + std::string(schema_) + ".members m WHERE m.workspace_id = " + alias + ".workspace_id AND m.user_id = " + viewer();
}

std::string Statement::among(const People& people, const std::string& alias) {
  const auto rows = alias + "_people";
  return "(EXISTS (SELECT FROM " + source(people.rows()) + " " + rows + " WHERE " + rows + "." + std::string(people.thing) + " = " + alias + ".id AND " +
         rows + "." + std::string(people.person) + " = " + viewer() + "))";
}

// What keeps the row itself from those to whom it is private. Outside of any workspace the caller's role is that in the row's.
std::string Statement::let_in(const Resource& of, const std::string& alias) {
  if (!of.privacy || reader_.sees_all()) return "";
  const auto sees_all = reader_.role.empty() ? " OR EXISTS (SELECT" + membership(alias) + " AND m.role IN ('owner', 'admin'))" : "";
  const auto column = [&](std::string_view name) { return alias + "." + std::string(name); };
  return " AND (" + column(of.privacy->column) + " <> '" + std::string(of.privacy->word) + "' OR " + column(of.privacy->owner) + " = " + viewer() +
         " OR " + among(of.privacy->members, alias) + sees_all + ")";
}

// That nothing but its own deletion hides the thing with that id; empty where nothing else can.
std::string Statement::known(const Resource& of, const std::string& alias, const std::string& id) {
  const auto hidden_by_others = visible(of, alias);
  if (hidden_by_others.empty()) return "";
  return " AND EXISTS (SELECT FROM " + source(of) + " " + alias + " WHERE " + alias + ".id = " + id + hidden_by_others + ")";
}

std::string Statement::visible(const Resource& of, const std::string& alias) {
  auto out = let_in(of, alias);
  for (const auto& container : of.containers) {
    const auto& in = container.in();
    const auto column = alias + "." + std::string(container.column);
    const auto inner = alias + "_" + std::string(container.column);
    out += " AND (";
    if (is_nullable(*of.field(container.column))) out += column + " IS NULL OR ";
    if (!container.kind_column.empty()) out += alias + "." + std::string(container.kind_column) + " <> '" + std::string(container.kind) + "' OR ";
    if (!container.own.empty()) out += alias + "." + std::string(container.own) + " = " + column + known(in, inner, column) + " OR ";
    out += "EXISTS (SELECT" + there(in, inner, in.address_column, column);
    if (in.address_column != "id")
      out += " AND " + inner + "." + std::string(in.owner_column) + " = " + alias + "." + std::string(owner_in(of, container));
    out += "))";
  }
  return out;
}

std::string Statement::there(const Resource& of, const std::string& alias, std::string_view by, const std::string& id) {
  return " FROM " + source(of) + " " + alias + " WHERE " + alias + "." + std::string(by) + " = " + id +
         (of.deletable() ? " AND " + alias + ".deleted_at IS NULL" : "") + visible(of, alias);
}

}  // namespace daybook::query
