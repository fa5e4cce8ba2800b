#pragma once
// A read model's table: its name, its row type, its key, and where else its rows are found. Declared once, in the aggregate's
// file in read_models/; DDL, upserts, state-store keys and digests are generated from it.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/core/type_info.hpp"

namespace daybook::projector {

// An index of the state store: rows by these fields, ids or texts, the newest position first. A row that has one of them unset
// is not in it.
struct StoreIndex {
  std::string_view name;  // by_issue
  std::vector<std::string_view> fields;
  bool changes = false;   // a field may change in the life of a row; it costs a look at the row before
};

struct Table {
  std::uint8_t tag{};                         // first byte of its keys in the state store; never reused
  std::string_view name;                      // issues
  const events::TypeInfo* row{};
  std::vector<StoreIndex> store_indexes;
  std::vector<std::string_view> read_indexes;  // SQL column lists of the read table's indexes
  std::shared_ptr<void> (*make_row)() = nullptr;  // an empty one
  bool keeps_versions = true;                 // rows as of earlier positions can be asked for
  bool rows_change = true;                    // else a row is its only version
};

// Each sort key of a list has an index: the scope, the key, the id; texts in C collation, a key that may be unset with the
// flag that puts the unset ones last in either direction (query-service/core/sql.cpp). Unique keys do without the id.
// Each key of a view of another model has one, too (views/): the number there, the id as text, what is unique or points at something.
template <class Row>
Table table(std::uint8_t tag, std::string_view name, std::vector<StoreIndex> store, std::vector<std::string_view> read) {
  return {tag, name, &events::type_info<Row>(), std::move(store), std::move(read), [] { return std::shared_ptr<void>(std::make_shared<Row>()); }};
}
// Rows that are written once.
inline Table never_changed(Table table) {
  table.rows_change = false;
  return table;
}
// Rows that nobody asks for as of earlier.
inline Table without_versions(Table table) {
  table.keeps_versions = false;
  return table;
}

// Of a row type: found by the type, so that put(row) needs no name.
template <class Row>
const Table& table_of();

// By tag, which is the order of the digest.
const std::vector<const Table*>& all_tables();

}  // namespace daybook::projector
