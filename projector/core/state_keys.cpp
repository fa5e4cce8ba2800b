#include "projector/core/state_keys.hpp"

#include <algorithm>
#include <stdexcept>

#include "events/core/json.hpp"
#include "platform/rocksdb/key_codec.hpp"

namespace daybook::projector {
namespace {

enum Space : std::uint8_t { checkpoint_space, row_space, index_space, version_space };

const events::FieldInfo* field_of(const Table& table, std::string_view name) {
  for (const auto& field : table.row->fields)
    if (field.name == name) return &field;
  return nullptr;
}

// Appends a field's value, an id or a text; false where it is unset.
bool add_part(const Table& table, std::string_view name, const void* row, rocks::KeyWriter& key) {
  const auto* field = field_of(table, name);
  if (!field) throw std::logic_error("an index of " + std::string(table.name) + " names no field: " + std::string(name));
  const auto* type = field->type;
  const void* place = static_cast<const char*>(row) + field->offset;
  if (type->shape == events::Shape::optional) {
    place = type->get_inner(place);
    type = type->inner;
    if (!place) return false;
  }
  if (type->shape == events::Shape::string)
    key.text(*type->get_string(place));
  else
    key.uuid(static_cast<const text::Uuid*>(place)->bytes);
  return true;
}

// What the row's place in the order of an index is: its birth, or the event it is about.
std::int64_t position_in(const Table& table, const void* row) {
  const auto* field = field_of(table, "born");
  if (!field) field = field_of(table, "position");
  return field ? field->type->get_integer(static_cast<const char*>(row) + field->offset) : 0;
}

}  // namespace

std::string checkpoint_key() { return rocks::KeyWriter().byte(checkpoint_space).key(); }
std::string table_prefix(const Table& table) { return rocks::KeyWriter().byte(row_space).byte(table.tag).key(); }
std::string row_key(const Table& table, text::Uuid id) { return rocks::KeyWriter().byte(row_space).byte(table.tag).uuid(id.bytes).key(); }

std::string version_prefix(const Table& table, text::Uuid id) {
  return rocks::KeyWriter().byte(version_space).byte(table.tag).uuid(id.bytes).key();
}
std::string version_key(const Table& table, text::Uuid id, events::Position position) {
  return rocks::KeyWriter().byte(version_space).byte(table.tag).uuid(id.bytes).i64_descending(position.value).key();
}

std::string index_part(text::Uuid id) { return rocks::KeyWriter().uuid(id.bytes).key(); }
std::string index_part(std::string_view text) { return rocks::KeyWriter().text(text).key(); }

std::string index_prefix(const Table& table, std::size_t index, std::string_view parts) {
  return rocks::KeyWriter().byte(index_space).byte(table.tag).byte(static_cast<std::uint8_t>(index)).raw(parts).key();
}

std::size_t index_number(const Table& table, std::string_view name) {
  const auto& all = table.store_indexes;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& index) { return index.name == name; });
  if (found == all.end()) throw std::logic_error(std::string(table.name) + " declares no index " + std::string(name));
  return static_cast<std::size_t>(found - all.begin());
}

std::optional<std::string> index_key(const Table& table, std::size_t index, text::Uuid id, const void* row) {
  rocks::KeyWriter key;
  key.byte(index_space).byte(table.tag).byte(static_cast<std::uint8_t>(index));
  for (const auto field : table.store_indexes[index].fields)
    if (!add_part(table, field, row, key)) return std::nullopt;
  key.i64_descending(position_in(table, row)).uuid(id.bytes);
  return std::move(key).key();
}

text::Uuid id_in_index_key(std::string_view key) {
  text::Uuid id{};
  if (key.size() < id.bytes.size()) throw std::logic_error("an index entry is too short");
  id.bytes = rocks::KeyReader(key.substr(key.size() - id.bytes.size())).uuid().value();
  return id;
}

void read_row(const Table& table, std::string_view json, void* row) {
  const auto result = events::read_json(*table.row, json, row, events::Reading::lenient);
  if (!result) throw std::runtime_error("a row of " + std::string(table.name) + " cannot be read: " + result.text());
}

}  // namespace daybook::projector
