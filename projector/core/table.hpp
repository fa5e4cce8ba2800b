#pragma once
// A read model's table: its name, its row type, its key, and where else its rows are found. Declared once in
// read_models/tables.cpp; DDL, upserts, state-store keys and digests are generated from it.
#include <string>
#include <string_view>
#include <vector>

#include "events/core/type_info.hpp"

namespace daybook::projector {

// An index of the state store: rows by these fields, newest position first where they have one.
struct StoreIndex {
  std::string_view name;                      // by_issue
  std::vector<std::string_view> fields;       // uuid fields
};

struct Table {
  std::uint8_t tag{};                         // first byte of its keys in the state store; never reused
  std::string_view name;                      // issues
  const events::TypeInfo* row{};
  std::vector<StoreIndex> store_indexes;
  std::vector<std::string_view> read_indexes;  // SQL column lists of the read table's indexes
  std::vector<std::string_view> unique = {};
};

// Of a row type: found by the type, so that put(row) needs no name.
template <class Row>
const Table& table_of();

const std::vector<const Table*>& all_tables();

}  // namespace daybook::projector
