#include "projector/core/state_store.hpp"

namespace daybook::projector {

const Change* StateStore::changed(const Table& table, text::Uuid id) const {
  const auto find = [&](const Changes& changes) -> const Change* {
    const auto found = changes.find({&table, id});
    return found == changes.end() ? nullptr : &found->second;
  };
  if (const auto* change = find(changes_)) return change;
  return before_ ? find(*before_) : nullptr;
}

std::optional<std::string> StateStore::stored(const Table& table, text::Uuid id) const { return overlay_.get(row_key(table, id)); }

// What is committed, then what the batch before and this one make of it: their index entries cannot be read yet.
std::set<text::Uuid> StateStore::ids(const Table& table, std::string_view index, std::string_view parts) const {
  const auto number = index_number(table, index);
  const auto prefix = index_prefix(table, number, parts);
  std::set<text::Uuid> found;
  for (auto at = overlay_.seek(prefix); at.valid(); at.next()) found.insert(id_in_index_key(at.key()));
  const auto take = [&](const Changes& changes) {
    for (const auto& [row, change] : changes) {
      if (row.table != &table) continue;
      const auto key = change.row ? index_key(table, number, row.id, change.row.get()) : std::nullopt;
      if (key && key->starts_with(prefix)) found.insert(row.id);
      else found.erase(row.id);
    }
  };
  if (before_) take(*before_);
  take(changes_);
  return found;
}

bool StateStore::exists(const Table& table, text::Uuid id) const {
  const auto* change = changed(table, id);
  return change ? change->row != nullptr : stored(table, id).has_value();
}

// Most index entries hold only fields that never change in a row, so that one written with a row's birth stays right; where
// they may change, the entry of the row before is taken away.
void StateStore::move_in_indexes(const Table& table, text::Uuid id, const void* row, bool is_new) {
  for (std::size_t i = 0; i < table.store_indexes.size(); ++i) {
    if (!is_new && !table.store_indexes[i].changes) continue;
    auto key = index_key(table, i, id, row);
    if (!is_new) {
      const auto* change = changed(table, id);
      std::shared_ptr<const void> before = change ? change->row : nullptr;
      if (!change) {
        const auto stored_row = table.make_row();
        read_row(table, stored(table, id).value(), stored_row.get());
        before = stored_row;
      }
      auto key_before = index_key(table, i, id, before.get());
      if (key_before == key) continue;
      if (key_before) overlay_.erase_unseen(std::move(*key_before));
    }
    if (key) overlay_.put_unseen(std::move(*key), "");
  }
}

// Rows of this batch are found in changes_, so the overlay need not show them.
void StateStore::put_row(const Table& table, text::Uuid id, std::shared_ptr<const void> row, std::string json, bool is_new) {
  if (!table.store_indexes.empty()) move_in_indexes(table, id, row.get(), is_new);
  if (table.keeps_versions && table.rows_change) overlay_.put_unseen(version_key(table, id, position_), json);
  overlay_.put_unseen(row_key(table, id), std::move(json));
  const auto [at, first] = changes_.try_emplace({&table, id});
  if (first) at->second.is_new = is_new;
  at->second.row = std::move(row);
}

void StateStore::erase_row(const Table& table, text::Uuid id, const void* row) {
  overlay_.erase_unseen(row_key(table, id));
  if (table.keeps_versions) overlay_.put_unseen(version_key(table, id, position_), "");
  for (std::size_t i = 0; i < table.store_indexes.size(); ++i)
    if (auto key = index_key(table, i, id, row)) overlay_.erase_unseen(std::move(*key));
  changes_[{&table, id}].row.reset();
}

}  // namespace daybook::projector
