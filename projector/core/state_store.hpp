#pragma once
// The state store as apply sees it: the rows as they stand after the event before, and a note of what changed. One for a
// batch, on the projector's thread. Stored rows are JSON, as the codec writes them; within a batch they stay as they are.
// The batch before may still be on its way into the stores: its rows are found in its changes, whether or not they are
// committed by now.
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "events/core/json.hpp"
#include "platform/rocksdb/database.hpp"
#include "projector/core/table.hpp"

namespace daybook::projector {

struct RowId {
  const Table* table{};
  text::Uuid id{};
  bool operator==(const RowId&) const = default;
};
struct RowIdHash {
  std::size_t operator()(const RowId& row) const noexcept { return std::hash<text::Uuid>{}(row.id) * 31 + row.table->tag; }
};

// A row as it stands after the batch, of its table's type; null when it is gone.
struct Change {
  std::shared_ptr<const void> row;
  bool is_new = false;              // it was not there before the batch
};
using Changes = std::unordered_map<RowId, Change, RowIdHash>;

class StateStore {
 public:
  // `before`: the changes of the batch before, while that is being written; they outlive the use of this object.
  explicit StateStore(rocks::Batch& overlay, const Changes* before = nullptr) : overlay_(overlay), before_(before) {}

  template <class Row>
  std::optional<Row> get(text::Uuid id) const {
    const auto& table = table_of<Row>();
    if (const auto* change = changed(table, id)) {
      if (!change->row) return std::nullopt;
      return *static_cast<const Row*>(change->row.get());
    }
    const auto json = stored(table, id);
    if (!json) return std::nullopt;
    Row row{};
    read(table, *json, &row);
    return row;
  }
  template <class Row>
  void put(const Row& row) {
    put_row(table_of<Row>(), row.id.value, std::make_shared<Row>(row), events::to_json(row));
  }
  template <class Row>
  void erase(text::Uuid id) {
    if (const auto row = get<Row>(id)) erase_row(table_of<Row>(), id, &*row);
  }

  const Changes& changes() const { return changes_; }

 private:
  const Change* changed(const Table& table, text::Uuid id) const;
  bool exists(const Table& table, text::Uuid id) const;
  std::optional<std::string> stored(const Table& table, text::Uuid id) const;
  void put_row(const Table& table, text::Uuid id, std::shared_ptr<const void> row, std::string json);
  void erase_row(const Table& table, text::Uuid id, const void* row);
  static void read(const Table& table, const std::string& json, void* row);

  rocks::Batch& overlay_;
  const Changes* before_;
  Changes changes_;
};

// Keys of the state store, in this one place. First byte: 0 the checkpoint, 1 rows, 2 index entries.
std::string checkpoint_key();
std::string row_key(const Table& table, text::Uuid id);
std::string table_prefix(const Table& table);

}  // namespace daybook::projector
