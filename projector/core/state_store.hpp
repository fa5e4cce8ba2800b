#pragma once
// The state store as apply sees it: the rows as they stand after the event before, and a note of what changed. One for a
// batch, on the projector's thread. Rows are JSON, as the codec writes them.
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "events/core/json.hpp"
#include "platform/rocksdb/database.hpp"
#include "projector/core/table.hpp"

namespace daybook::projector {

// table, id → the row's JSON, or gone.
using Changes = std::map<std::pair<const Table*, text::Uuid>, std::optional<std::string>>;

class StateStore {
 public:
  explicit StateStore(rocks::Batch& overlay) : overlay_(overlay) {}

  template <class Row>
  std::optional<Row> get(text::Uuid id) const {
    const auto json = get_json(table_of<Row>(), id);
    if (!json) return std::nullopt;
    Row row{};
    read(table_of<Row>(), *json, &row);
    return row;
  }
  template <class Row>
  void put(const Row& row) {
    put_json(table_of<Row>(), row.id.value, &row, events::to_json(row));
  }
  template <class Row>
  void erase(text::Uuid id) {
    if (const auto row = get<Row>(id)) erase_row(table_of<Row>(), id, &*row);
  }

  const Changes& changes() const { return changes_; }

 private:
  std::optional<std::string> get_json(const Table& table, text::Uuid id) const;
  void put_json(const Table& table, text::Uuid id, const void* row, std::string json);
  void erase_row(const Table& table, text::Uuid id, const void* row);
  static void read(const Table& table, const std::string& json, void* row);

  rocks::Batch& overlay_;
  Changes changes_;
};

// Keys of the state store, in this one place. First byte: 0 the checkpoint, 1 rows, 2 index entries.
std::string checkpoint_key();
std::string row_key(const Table& table, text::Uuid id);
std::string table_prefix(const Table& table);

}  // namespace daybook::projector
