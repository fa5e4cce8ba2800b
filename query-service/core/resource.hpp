#pragma once
// What callers can read of one kind of thing: declared once, in query-service/routes/<kind>.cpp. Routes, SQL, parameters,
// embedded things and OpenAPI come from the declaration and from the row type. Names stand in SQL only from here; what a
// caller sends is always a bound parameter.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/core/type_info.hpp"

namespace daybook::api {
struct Route;
}
namespace daybook::projector {
struct Table;
}

namespace daybook::query {

struct QueryContext;
struct Resource;
using ResourceOf = const Resource& (*)();

// How a filter's words become a condition.
enum class FilterKind {
  by_type,    // as the column's type has it: words of an enumeration or ids, several by commas; true or false; the very text
  since,      // column > time
  until,      // column < time
  condition,  // an SQL condition of its own
  of_source,  // what the source is made of: its text stands for `$value` there, and there is no list without it
};

struct Filter {
  std::string_view parameter;
  std::string_view column;
  std::string_view description;
  FilterKind kind = FilterKind::by_type;
  std::string_view sql = "";  // of a condition: over alias t, `$value` and `$schema` stand for what they say
  bool repeatable = false;
};

// In what the row lies, or to whom it belongs: hidden while that is deleted or hidden itself. Where `own` equals the column, the row
// is about the container itself and stays when that is deleted, though not when it is hidden. What is addressed otherwise than by id is looked for among the rows of the same
// owner, or of whom `within` names.
struct Container {
  std::string_view column;  // project_id
  ResourceOf in;
  std::string_view own = "";
  std::string_view within = "";
  std::string_view kind_column = "", kind = "";  // it lies there only while that column has the word
};

// What a reference may point at. It is there while its id is found and visible, or while `while_in` has a row in the same
// workspace that is addressed by it.
struct Target {
  std::string_view word;  // of the type column; empty where there is one kind only
  ResourceOf to;
  ResourceOf while_in = nullptr;
};

struct Reference {
  std::string_view name;    // expand=assignee
  std::string_view column;  // assignee_id
  std::vector<Target> targets;
  std::string_view type_column = "";
  bool null_when_gone = false;  // reads as null while what it points at is deleted or hidden
};

// Things that belong to one: a list of its own below the one, and embedded by expand.
struct Child {
  std::string_view name;  // comments, time_entries; its path has hyphens
  ResourceOf of;
  std::string_view condition;  // over alias t, `$parent` stands for the parent's id
  std::string_view listed_as = "";  // in the path, where a field of the one has the better name already
};

// A table that joins things with people, by the columns that name either: project_members by project_id and user_id.
struct People {
  ResourceOf rows;
  std::string_view thing, person;
};

// Rows that not everybody in the workspace may know of. While `column` has the word, they are there for whom `owner` names and
// for the thing's members, and for those who see all (viewer.hpp); what lies in them is hidden from the others as well.
struct Privacy {
  std::string_view column, word;
  std::string_view owner;
  People members;
};

// A field that no row stores: whether the caller is among these people of the thing.
struct Mine {
  std::string_view field;
  People among;
};

// A figure that no row stores: how many rows of another kind point at this one, of those that the caller may see.
struct Counted {
  std::string_view field;
  ResourceOf rows;
  std::string_view column;     // of those rows, which points here
  std::string_view condition;  // an SQL condition over alias n
};

struct Resource {
  std::string_view what;            // "issue": tag, "There is no such issue."
  std::string_view title;           // "Issue": of the operations' names
  std::string_view path = "";       // "issues": below the workspace; empty: no list
  std::string_view parameter = "";  // "issue": of the path of one; empty: none is read alone
  std::string_view table = "";
  std::string_view source = "";  // a query in place of the table, hand-written; `$schema` and `$now` as in sql.hpp
                                 // and, in a list with a filter of kind of_source, `$value` for that one's
  const events::TypeInfo* row{};
  const projector::Table& (*stored)() = nullptr;  // of the state store, with the same row type; without it PostgreSQL is read
  std::vector<Filter> filters = {};
  std::vector<std::string_view> sorts = {};  // columns, each backed by an index
  std::string_view default_sort = "";        // "-updated_at"
  std::vector<Container> containers = {};
  std::optional<Privacy> privacy = {};
  std::vector<Mine> mine = {};
  std::vector<Counted> counted = {};
  std::vector<Reference> references = {};
  std::vector<Child> children = {};
  std::string_view owner_column = "workspace_id";  // whose rows one sees: a workspace's or a user's; empty: of all
  std::string_view address_column = "id";          // what a UUID in the path is compared with
  std::string_view short_column = "";              // key, identifier; compared in capitals
  std::string_view former_kind = "";               // under which earlier short addresses are kept
  std::string_view managed_by = "";                // a permission of admins ("members_manage"): they alone read it, 403 for the others;
                                                   // nothing that others read may embed it
  std::vector<api::Route> (*more)(const QueryContext&) = nullptr;  // routes written by hand

  const events::FieldInfo* field(std::string_view name) const;
  const Mine* mine_of(std::string_view name) const;  // where the field is one of the caller's own
  const Counted* counted_of(std::string_view name) const;  // where it is a figure that is counted
  // Whether there can be rows of it that only some know of, and whether a row can read otherwise from one caller to the next.
  bool may_be_private() const;
  bool differs_by_caller() const;
  // Whether a row's version says all that is to be known of what it reads like.
  bool follows_from_row() const { return source.empty() && mine.empty() && counted.empty(); }
  bool deletable() const { return field("deleted_at") != nullptr; }
};

// The columns of a row: every field that is not personal, in declared order.
std::vector<const events::FieldInfo*> columns_of(const Resource& resource);
// The type beneath an optional.
const events::TypeInfo& plain_type(const events::FieldInfo& field);
bool is_nullable(const events::FieldInfo& field);
// PostgreSQL's name of the column's type.
std::string_view sql_type(const events::FieldInfo& field);

// The column that says among whose rows the container is looked for.
std::string_view owner_in(const Resource& resource, const Container& container);
const Reference* find_reference(const Resource& resource, std::string_view name);
const Child* find_child(const Resource& resource, std::string_view name);

}  // namespace daybook::query
