#include "projector/core/state_store.hpp"

#include <stdexcept>

#include "platform/rocksdb/key_codec.hpp"

namespace daybook::projector {
namespace {

constexpr std::uint8_t checkpoint_space = 0, row_space = 1, index_space = 2;

const events::FieldInfo* field_of(const Table& table, std::string_view name) {
  for (const auto& field : table.row->fields)
    if (field.name == name) return &field;
  return nullptr;
}

// A uuid field's value; nil where it is unset.
text::Uuid uuid_in(const Table& table, std::string_view name, const void* row) {
  const auto* field = field_of(table, name);
  const void* place = static_cast<const char*>(row) + field->offset;
  if (field->type->shape == events::Shape::optional) place = field->type->get_inner(place);
  return place ? *static_cast<const text::Uuid*>(place) : text::Uuid{};
}

std::int64_t position_in(const Table& table, const void* row) {
  const auto* field = field_of(table, "position");
  if (field == nullptr) field = field_of(table, "born");
  return field ? field->type->get_integer(static_cast<const char*>(row) + field->offset) : 0;
}

std::string index_key(const Table& table, std::size_t index, text::Uuid id, const void* row) {
  rocks::KeyWriter key;
  key.byte(index_space).byte(table.tag).byte(static_cast<std::uint8_t>(index));
  for (const auto field : table.store_indexes[index].fields) key.uuid(uuid_in(table, field, row).bytes);
  key.i64_descending(position_in(table, row)).uuid(id.bytes);
  return std::move(key).key();
}

}  // namespace

std::string checkpoint_key() { return rocks::KeyWriter().byte(checkpoint_space).key(); }
std::string table_prefix(const Table& table) { return rocks::KeyWriter().byte(row_space).byte(table.tag).key(); }
std::string row_key(const Table& table, text::Uuid id) { return rocks::KeyWriter().byte(row_space).byte(table.tag).uuid(id.bytes).key(); }

void StateStore::read(const Table& table, const std::string& json, void* row) {
  const auto result = events::read_json(*table.row, json, row, events::Reading::lenient);
  if (!result) throw std::runtime_error("a row of " + std::string(table.name) + " cannot be read: " + result.text());
}

const Change* StateStore::changed(const Table& table, text::Uuid id) const {
  const auto find = [&](const Changes& changes) -> const Change* {
    const auto found = changes.find({&table, id});
    return found == changes.end() ? nullptr : &found->second;
  };
  if (const auto* change = find(changes_)) return change;
  return before_ ? find(*before_) : nullptr;
}

std::optional<std::string> StateStore::stored(const Table& table, text::Uuid id) const { return overlay_.get(row_key(table, id)); }

bool StateStore::exists(const Table& table, text::Uuid id) const {
  const auto* change = changed(table, id);
  return change ? change->row != nullptr : stored(table, id).has_value();
}

// Rows of this batch are found in changes_, so the overlay need not show them. Index entries hold only fields that never
// change in a row, so one written with a row's birth stays right.
void StateStore::put_row(const Table& table, text::Uuid id, std::shared_ptr<const void> row, std::string json) {
  overlay_.put_unseen(row_key(table, id), std::move(json));
  const bool there = exists(table, id);
  const auto [at, first] = changes_.try_emplace({&table, id});
  auto& change = at->second;
  if (first) change.is_new = !there;
  if (!there)
    for (std::size_t i = 0; i < table.store_indexes.size(); ++i) overlay_.put_unseen(index_key(table, i, id, row.get()), "");
  change.row = std::move(row);
}

void StateStore::erase_row(const Table& table, text::Uuid id, const void* row) {
  overlay_.erase_unseen(row_key(table, id));
  for (std::size_t i = 0; i < table.store_indexes.size(); ++i) overlay_.erase_unseen(index_key(table, i, id, row));
  changes_[{&table, id}].row.reset();
}

}  // namespace daybook::projector
