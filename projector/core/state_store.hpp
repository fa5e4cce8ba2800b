#pragma once
// The state store as apply sees it: the rows as they stand after the event before, and a note of what changed. One for a
// batch, on the projector's thread. Stored rows are JSON, as the codec writes them; within a batch they stay as they are.
// The batch before may still be on its way into the stores: its rows are found in its changes, whether or not they are
// committed by now. Each change of a row also writes the version it gets at the position of the event, and each end of one a
// version that is empty.
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "events/core/json.hpp"
#include "platform/rocksdb/database.hpp"
#include "projector/core/state_keys.hpp"

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

  // The position of the event that is applied next: that of the versions its changes make.
  void stand_at(events::Position position) { position_ = position; }

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
    read_row(table, *json, &row);
    return row;
  }
  // Rows of an index whose fields begin with these parts (index_part), by id.
  template <class Row>
  std::vector<Row> each(std::string_view index, std::string_view parts) const {
    std::vector<Row> rows;
    for (const auto id : ids(table_of<Row>(), index, parts)) rows.push_back(get<Row>(id).value());
    return rows;
  }
  template <class Row>
  void put(const Row& row) {
    const auto& table = table_of<Row>();
    put_row(table, row.id.value, std::make_shared<Row>(row), events::to_json(row), !exists(table, row.id.value));
  }
  // A row that is known to be new, which saves looking for it.
  template <class Row>
  void insert(const Row& row) {
    put_row(table_of<Row>(), row.id.value, std::make_shared<Row>(row), events::to_json(row), true);
  }
  template <class Row>
  void erase(text::Uuid id) {
    if (const auto row = get<Row>(id)) erase_row(table_of<Row>(), id, &*row);
  }

  const Changes& changes() const { return changes_; }

 private:
  const Change* changed(const Table& table, text::Uuid id) const;
  std::set<text::Uuid> ids(const Table& table, std::string_view index, std::string_view parts) const;
  bool exists(const Table& table, text::Uuid id) const;
  std::optional<std::string> stored(const Table& table, text::Uuid id) const;
  void put_row(const Table& table, text::Uuid id, std::shared_ptr<const void> row, std::string json, bool is_new);
  void move_in_indexes(const Table& table, text::Uuid id, const void* row, bool is_new);
  void erase_row(const Table& table, text::Uuid id, const void* row);

  rocks::Batch& overlay_;
  const Changes* before_;
  Changes changes_;
  events::Position position_{};
};

}  // namespace daybook::projector
