#pragma once
// The columns of the four models: tests/fixtures/domain/columns.tsv, a row each.
#include <boost/json.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace daybook::test {

inline constexpr const char* columns_file = "tests/fixtures/domain/columns.tsv";

struct Column {
  std::string system, table, name, type;
  std::string constraint;            ///< its default and whatever else the document says of it
  std::string entity, field, how;    ///< what it is in the API, and how it gets there

  [[nodiscard]] std::string of() const { return system + "." + table; }
  [[nodiscard]] std::string text() const { return of() + "." + name; }
  [[nodiscard]] bool is_time() const;
  [[nodiscard]] bool is_truth() const { return type == "BOOLEAN" || type == "Boolean"; }
  /// What the document says stands there where nobody said anything; empty where it says nothing.
  [[nodiscard]] std::string default_value() const;
  /// The table that a foreign key names; empty where the document names none.
  [[nodiscard]] std::string refers_to() const;
};

std::vector<Column> columns_in(const std::filesystem::path& file);

/// Whether it says nothing, or no more than would be there if nobody had said anything.
bool is_default(const Column& column, const boost::json::value& value);

/// Equal, where a moment may be written in several ways and a number is what it is worth.
bool is_same(const Column& column, const boost::json::value& one, const boost::json::value& other);

}  // namespace daybook::test
