#pragma once
// A SELECT in the making, for one reader: what is bound, where it reads, and the one predicate that hides. Lives for one statement; one
// thread. What of the rows is asked for stands in sql.cpp.
#include <string>
#include <string_view>
#include <vector>

#include "query-service/core/resource.hpp"
#include "query-service/core/viewer.hpp"

namespace daybook::query {

// Where a statement reads, and for whom: it finds nothing that is private to others.
struct Sight {
  std::string_view schema;
  const Viewer& viewer;
};

struct SqlQuery {
  std::string sql;
  std::vector<std::string> parameters;  // all as text, cast in the SQL
};

// Hand-written SQL with the generation's schema in place of `$schema`, what time it is by the log's clock in place of `$now`, and
// something in place of another mark. A test's clock is as far ahead of the machine's as the read tables say.
std::string filled(std::string_view sql, std::string_view schema, std::string_view mark = "$schema", std::string_view by = "");
std::string replaced(std::string text, std::string_view mark, std::string_view by);

class Statement {
 public:
  Statement(const Sight& sight, std::vector<std::string> parameters) : schema_(sight.schema), reader_(sight.viewer), query_{"", std::move(parameters)} {}

  // The parameter that stands for the value.
  std::string bind(std::string value, std::string_view type);
  SqlQuery take(std::string sql);

 protected:
  const Viewer& reader() const { return reader_; }
  std::string with_schema(std::string_view sql) const { return filled(sql, schema_); }
  std::string source(const Resource& of) const;

  // FROM … WHERE of the caller's membership in the workspace of the row.
  std::string membership(const std::string& alias);
  // Whether the caller is among the people of the row.
  std::string among(const People& people, const std::string& alias);
  // The one predicate that hides: what is private to others, and what lies in something that is hidden or deleted, or belongs to
  // somebody who is. No row is written for what lies there.
  std::string visible(const Resource& of, const std::string& alias);
  // FROM … WHERE of the row with that id (or address), if it can be seen.
  std::string there(const Resource& of, const std::string& alias, std::string_view by, const std::string& id);

 private:
  std::string viewer();
  std::string let_in(const Resource& of, const std::string& alias);
  std::string known(const Resource& of, const std::string& alias, const std::string& id);

  std::string_view schema_;
  const Viewer& reader_;
  std::string viewer_;  // the parameter of the caller, once it is bound
  SqlQuery query_;
};

}  // namespace daybook::query
