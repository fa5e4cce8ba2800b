#include "tests/query-service/read_tables.hpp"

#include <algorithm>
#include <cstdio>

#include "projector/core/read_table.hpp"
#include "query-service/routes/resources.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::query::test {
namespace {

constexpr int different_values = 4;  // so that most rows share each of theirs with others

std::string id_of(int number) {
  char text[40];
  std::snprintf(text, sizeof text, "0190a1b2-c3d4-7e5f-8a9b-%012x",
                number * 7919 % 1000003);  // not in the order they come
  return text;
}

bool is_container(const Resource& resource, std::string_view column) {
  for (const auto& container : resource.containers)
    if (container.column == column) return true;
  return false;
}

// Containers are all one row that exists.
std::string container_id() { return id_of(0); }

// The tables whose rows such a list is made of, the one with the id first. A list over a query needs its branch wherever
// these tests write rows.
std::vector<std::string_view> tables_of(const Resource& resource) {
  if (!resource.table.empty()) return {resource.table};
  if (&resource == &search()) return {"search", "issues"};
  if (&resource == &audit_entries()) return {"audit_entries"};
  throw std::logic_error("tell tests/query-service/read_tables.cpp of which tables the list of " +
                         std::string(resource.title) + " is made");
}

// Those that the table has: what is the caller's own stands nowhere, what a source joins stands elsewhere.
std::vector<const events::FieldInfo*> stored_columns(const Resource& resource) {
  const auto& tables = projector::all_tables();
  const auto table = std::find_if(tables.begin(), tables.end(), [&](const auto* each) { return each->name == tables_of(resource).front(); });
  const auto has = [&](const auto* field) {
    return std::any_of((*table)->row->fields.begin(), (*table)->row->fields.end(), [&](const auto& stored) { return stored.name == field->name; });
  };
  auto columns = columns_of(resource);
  if (table != tables.end()) std::erase_if(columns, [&](const auto* field) { return !has(field); });
  return columns;
}

}  // namespace

// But for the deliveries of webhooks, which are a queue beside the log and stand in no read table.
std::vector<const Resource*> all_lists() {
  std::vector<const Resource*> out;
  for (const auto resource : all_resources())
    if (!resource().sorts.empty() && resource().owner_column != "id" && &resource() != &webhook_deliveries()) out.push_back(&resource());
  return out;
}

std::vector<const Resource*> listed_tables() {
  auto out = all_lists();
  std::erase_if(out, [](const auto* resource) { return resource->table.empty(); });
  return out;
}

ReadTables::ReadTables()
    : owner_(id_of(1)), url_(daybook::test::PostgresServer::shared().fresh_database()), connection_(url_) {
  ids_ = 1;
  projector::create_generation(connection_, 1);
  projector::create_indexes(connection_, 1);
  connection_.exec("SET timezone = 'UTC'");
  for (const auto* table : {"projects", "issues", "labels"})
    connection_.exec("INSERT INTO " + schema_ + "." + table + " (id, workspace_id) VALUES ('" +
                     container_id() + "', '" + id_of(2) + "')");
  connection_.exec("INSERT INTO " + schema_ + ".skills (id, workspace_id) VALUES ('" + container_id() + "', '" + id_of(2) + "')");
  for (const auto* table : {"documents", "sprints"})
    connection_.exec("INSERT INTO " + schema_ + "." + table + " (id, workspace_id, project_id) VALUES ('" + container_id() + "', '" +
                     id_of(2) + "', '" + container_id() + "')");
  for (const auto* table : {"workflows", "blueprints"})
    connection_.exec("INSERT INTO " + schema_ + "." + table + " (id, workspace_id) VALUES ('" + container_id() + "', '" + id_of(2) + "')");
  connection_.exec("INSERT INTO " + schema_ + ".templates (id, workspace_id) VALUES ('" + container_id() + "', '" + id_of(2) + "')");
  for (const auto* table : {"workspaces", "users"})
    connection_.exec("INSERT INTO " + schema_ + "." + table + " (id) VALUES ('" + container_id() + "')");
  connection_.exec("INSERT INTO " + schema_ + ".comments (id, workspace_id, issue_id) VALUES ('" + container_id() + "', '" + id_of(2) + "', '" +
                   container_id() + "')");
  // The owner of notifications is their person, who is a member where they happened.
  connection_.exec("INSERT INTO " + schema_ + ".members (id, workspace_id, user_id) VALUES (gen_random_uuid(), '" + container_id() + "', '" + owner_ +
                   "')");
  connection_.exec("UPDATE " + schema_ + ".projects SET visibility = 'workspace'");
  add_container_member();
}

// In the owner's workspace, where the rows of the lists are too: clearing the list of members takes them away.
void ReadTables::add_container_member() {
  connection_.exec("INSERT INTO " + schema_ + ".members (id, workspace_id, user_id) VALUES ('" + id_of(2) + "', '" + owner_ + "', '" +
                   container_id() + "') ON CONFLICT DO NOTHING");
}

std::string ReadTables::value_of(const Resource& resource, const events::FieldInfo& field) {
  if (field.name == "deleted_at") return "NULL";
  if (field.name == resource.owner_column) return "'" + owner_ + "'";
  // What is its owner's affair throughout is here that of whoever asks (requests.hpp).
  if (resource.privacy && resource.privacy->owner == field.name && resource.field(resource.privacy->column) == nullptr)
    return "'" + events::UserId{}.text() + "'";
  if (is_container(resource, field.name))
    return is_nullable(field) && draw(3) == 0 ? "NULL" : "'" + container_id() + "'";
  if (is_nullable(field) && draw(3) == 0) return "NULL";
  const auto number = std::to_string(draw(different_values));
  using events::Shape;
  switch (plain_type(field).shape) {
    case Shape::boolean:
      return draw(2) == 0 ? "true" : "false";
    case Shape::decimal:
    case Shape::integer:
    case Shape::number:
      return number;
    case Shape::uuid:
      return "'" + id_of(static_cast<int>(draw(different_values))) + "'";
    case Shape::instant:
      return "'2026-01-0" + std::to_string(1 + draw(different_values)) + " 00:00:00.12+00'";
    case Shape::date:
      return "'2026-01-0" + std::to_string(1 + draw(different_values)) + "'";
    case Shape::enumeration:
      return "'" + std::string(plain_type(field).words[draw(plain_type(field).words.size())]) + "'";
    case Shape::string:
      return "'" + std::string(draw(2) == 0 ? "B " : "a ") + number + "'";
    default:
      return "'{}'";
  }
}

// Text that a search for "words" finds, more and less of it.
std::string ReadTables::words() {
  std::string out = "'";
  for (auto many = 1 + draw(different_values); many > 0; --many) out += "words ";
  return out + "'";
}

std::string ReadTables::add(const Resource& resource) {
  const auto id = id_of(++ids_);
  if (&resource == &search()) {
    add_row(issues(), id);
    connection_.exec("INSERT INTO " + schema_ + ".search (id, entity_id, entity_type, workspace_id, issue_id, title, text) VALUES ('" +
                     id + "', '" + id + "', 'issue', '" + owner_ + "', '" + id + "', '', " + words() + ")");
  } else {
    add_row(resource, id);
  }
  return id;
}

void ReadTables::add_row(const Resource& resource, const std::string& id) {
  std::string names, values;
  for (const auto* field : stored_columns(resource)) {
    names += (names.empty() ? "" : ", ") + std::string(field->name);
    values +=
        (values.empty() ? "" : ", ") + (field->name == "id" ? "'" + id + "'" : value_of(resource, *field));
  }
  connection_.exec("INSERT INTO " + schema_ + "." + std::string(tables_of(resource).front()) + " (" + names + ") VALUES (" + values + ")");
}

void ReadTables::add_many(const Resource& resource, int rows) {
  std::string names, values;
  for (const auto* field : stored_columns(resource)) {
    using events::Shape;
    const auto shape = plain_type(*field).shape;
    std::string value = value_of(resource, *field);
    if (field->name == "id")
      value = "gen_random_uuid()";
    else if (field->name != "deleted_at" && field->name != resource.owner_column &&
             !is_container(resource, field->name)) {
      const bool number = shape == Shape::integer || shape == Shape::number;
      if (number) value = "n";
      if (shape == Shape::instant) value = "timestamptz '2026-01-01' + n * interval '1 minute'";
      if (shape == Shape::string) value = "'title ' || n";
      if (is_nullable(*field) && (number || shape == Shape::instant))
        value = "CASE WHEN n % 3 > 0 THEN " + value + " END";
    }
    names += (names.empty() ? "" : ", ") + std::string(field->name);
    values += (values.empty() ? "" : ", ") + value;
  }
  const auto table = schema_ + "." + std::string(resource.table);
  connection_.exec("INSERT INTO " + table + " (" + names + ") SELECT " + values +
                   " FROM generate_series(1, " + std::to_string(rows) + ") n");
  connection_.exec("ANALYZE " + table);
}

void ReadTables::change(const Resource& resource, const std::string& id, std::string_view kept) {
  if (&resource == &search()) {
    change(issues(), id, "");
    if (kept != "rank")
      connection_.exec("UPDATE " + schema_ + ".search SET text = " + words() + " WHERE id = '" + id + "'");
    return;
  }
  std::string set;
  for (const auto* field : stored_columns(resource))
    if (field->name != "id" && field->name != kept)
      set += (set.empty() ? "" : ", ") + std::string(field->name) + " = " + value_of(resource, *field);
  connection_.exec("UPDATE " + schema_ + "." + std::string(tables_of(resource).front()) + " SET " + set + " WHERE id = '" + id + "'");
}

void ReadTables::remove(const Resource& resource, const std::string& id) {
  connection_.exec("DELETE FROM " + schema_ + "." + std::string(tables_of(resource).front()) + " WHERE id = '" + id + "'");
}

void ReadTables::clear(const Resource& resource) {
  for (const auto table : tables_of(resource))
    connection_.exec("DELETE FROM " + schema_ + "." + std::string(table) + " WHERE " + std::string(resource.owner_column) +
                     " = '" + owner_ + "'");
  if (tables_of(resource).front() != "members") add_container_member();
}

}  // namespace daybook::query::test
