#include "projector/core/row_copy.hpp"

#include <bit>
#include <utility>
#include <vector>

#include "events/core/json.hpp"

namespace daybook::projector {
namespace {

using events::Shape;
using events::TypeInfo;

constexpr std::size_t piece_bytes_min = 64 << 10;   // sent at once

// The format is in the PostgreSQL manual under COPY, "Binary Format"; that of the types is what their receive functions take.
constexpr std::string_view copy_header{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
constexpr std::string_view copy_trailer{"\377\377", 2};
constexpr std::int32_t null_length = -1;
constexpr auto postgres_epoch = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};

template <class Integer>
void append_big_endian(std::string& out, Integer value) {
  for (int shift = 8 * (sizeof value - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

void append_cell(std::string& out, std::string_view bytes) {
  append_big_endian(out, static_cast<std::int32_t>(bytes.size()));
  out += bytes;
}

template <class Integer>
void append_cell(std::string& out, Integer value) requires std::is_integral_v<Integer> {
  append_big_endian(out, static_cast<std::int32_t>(sizeof value));
  append_big_endian(out, value);
}

void append_null(std::string& out) { append_big_endian(out, null_length); }

template <class T>
const T& as(const void* place) { return *static_cast<const T*>(place); }

void append_column(const TypeInfo& type, const void* place, std::string& out) {
  switch (type.shape) {
    case Shape::boolean: return append_cell(out, static_cast<std::int8_t>(as<bool>(place)));
    case Shape::decimal:
    case Shape::integer: return append_cell(out, type.get_integer(place));
    case Shape::number: return append_cell(out, std::bit_cast<std::int64_t>(as<double>(place)));
    case Shape::string: return append_cell(out, *type.get_string(place));
    case Shape::enumeration: return append_cell(out, type.words.at(static_cast<std::size_t>(type.get_integer(place))));
    case Shape::uuid: return append_cell(out, {reinterpret_cast<const char*>(as<text::Uuid>(place).bytes.data()), 16});
    case Shape::instant: return append_cell(out, static_cast<std::int64_t>((as<text::Instant>(place) - postgres_epoch).count()));
    case Shape::date: return append_cell(out, static_cast<std::int32_t>((std::chrono::floor<std::chrono::days>(as<text::Date>(place).first_moment()) - postgres_epoch).count()));
    case Shape::optional:
    case Shape::patch:
      if (const void* inner = type.get_inner(place)) return append_column(*type.inner, inner, out);
      return append_null(out);
    case Shape::json:
    case Shape::list:
    case Shape::map:
    case Shape::record: {
      std::string json;
      events::write_json(type, place, json);
      return json == "null" ? append_null(out) : append_cell(out, json);
    }
    case Shape::personal: return append_null(out);
  }
}

}  // namespace

bool is_column(const events::FieldInfo& field) { return field.type->shape != Shape::personal; }

std::string qualified(const Table& table, const std::string& schema) { return schema + "." + std::string(table.name); }

void copy_rows(pg::Connection& connection, const Table& table, const std::string& schema, const std::function<const void*()>& next_row) {
  std::vector<const events::FieldInfo*> fields;
  std::string columns;
  for (const auto& field : table.row->fields) {
    if (!is_column(field)) continue;
    fields.push_back(&field);
    columns += (columns.empty() ? "" : ", ") + std::string(field.name);
  }
  bool begun = false, ended = false;
  connection.copy_in("COPY " + qualified(table, schema) + " (" + columns + ") FROM STDIN (FORMAT binary)", [&](std::string& piece) {
    if (ended) return false;
    if (!std::exchange(begun, true)) piece += copy_header;
    while (piece.size() < piece_bytes_min) {
      const void* row = next_row();
      if (row == nullptr) {
        ended = true;
        piece += copy_trailer;
        break;
      }
      append_big_endian(piece, static_cast<std::int16_t>(fields.size()));
      for (const auto* field : fields) append_column(*field->type, static_cast<const char*>(row) + field->offset, piece);
    }
    return true;
  });
}

}  // namespace daybook::projector
