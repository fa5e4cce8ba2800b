#pragma once
// Keys of the state store, in this one place. The first byte says what it is: 0 the checkpoint, 1 a row, 2 an index entry,
// 3 a version. A version's key ends in its position, descending, so that the newest one up to a position is one seek away.
#include <optional>
#include <string>

#include "events/core/id.hpp"
#include "projector/core/table.hpp"

namespace daybook::projector {

std::string checkpoint_key();
std::string row_key(const Table& table, text::Uuid id);
std::string table_prefix(const Table& table);

// The version that a row got at a position; its value is the row, or empty where the row was erased.
std::string version_key(const Table& table, text::Uuid id, events::Position position);
std::string version_prefix(const Table& table, text::Uuid id);

// One value of an indexed field, as keys hold it.
std::string index_part(text::Uuid id);
std::string index_part(std::string_view text);
// The entries of an index whose fields begin with these parts.
std::string index_prefix(const Table& table, std::size_t index, std::string_view parts);
std::size_t index_number(const Table& table, std::string_view name);
// Where a row stands in an index; nothing where one of the fields is unset.
std::optional<std::string> index_key(const Table& table, std::size_t index, text::Uuid id, const void* row);
// An entry's key ends in position and id.
text::Uuid id_in_index_key(std::string_view key);

// Throws where a row of ours cannot be read.
void read_row(const Table& table, std::string_view json, void* row);

}  // namespace daybook::projector
