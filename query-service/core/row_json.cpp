#include "query-service/core/row_json.hpp"

#include <charconv>

#include "platform/text/instant.hpp"

namespace daybook::query {
namespace {

// PostgreSQL writes `2026-11-21 02:24:46.12+00` in a session whose time zone is UTC.
std::string instant_of(std::string_view text) {
  std::string iso(text);
  if (iso.size() > 3 && iso.compare(iso.size() - 3, 3, "+00") == 0) iso.replace(iso.size() - 3, 3, "Z");
  const auto instant = text::parse_instant(iso);
  return instant ? text::format_instant(*instant) : iso;
}

}  // namespace

void append_column(const events::TypeInfo& type, std::optional<std::string_view> text, std::string& out) {
  using events::Shape;
  if (!text) {
    out += "null";
    return;
  }
  switch (type.shape) {
    case Shape::optional:
    case Shape::patch:
      return append_column(*type.inner, text, out);
    case Shape::boolean:
      out += *text == "t" ? "true" : "false";
      return;
    case Shape::integer:
    case Shape::number:
    case Shape::json:
    case Shape::list:
    case Shape::map:
    case Shape::record:
      out += *text;
      return;
    case Shape::decimal: {
      events::Decimal value;
      std::from_chars(text->data(), text->data() + text->size(), value.nanos);
      out += value.text();
      return;
    }
    case Shape::instant:
      return events::write_json_string(instant_of(*text), out);
    default:
      return events::write_json_string(*text, out);
  }
}

}  // namespace daybook::query
