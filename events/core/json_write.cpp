#include <charconv>
#include <cmath>
#include <stdexcept>

#include "events/core/json.hpp"

namespace daybook::events {
namespace {

struct Writer {
  std::string& out;
  bool nulls;
  bool brief = false;  // of a long text only its size

  void write(const TypeInfo& type, const void* p) {
    switch (type.shape) {
      case Shape::boolean:
        out += detail::as<bool>(p) ? "true" : "false";
        return;
      case Shape::integer:
        integer(type.get_integer(p));
        return;
      case Shape::number:
        number(detail::as<double>(p));
        return;
      case Shape::decimal:
        out += Decimal{type.get_integer(p)}.text();
        return;
      case Shape::string:
        if (brief && type.is_long) return size(*type.get_string(p));
        write_json_string(*type.get_string(p), out);
        return;
      case Shape::uuid:
        quoted(detail::as<text::Uuid>(p).text());
        return;
      case Shape::instant:
        quoted(text::format_instant(detail::as<text::Instant>(p)));
        return;
      case Shape::date:
        quoted(detail::as<text::Date>(p).text());
        return;
      case Shape::json:
        if (brief && type.is_long) return size(*type.get_string(p));
        out += *type.get_string(p);
        return;
      case Shape::enumeration:
        quoted(type.words.at(static_cast<std::size_t>(type.get_integer(p))));
        return;
      case Shape::personal:
        personal(p);
        return;
      case Shape::optional:
      case Shape::patch:
        inner(type, p);
        return;
      case Shape::list:
        list(type, p);
        return;
      case Shape::map:
        map(type, p);
        return;
      case Shape::record:
        if (brief && type.is_long) return size(whole(type, p));
        record(type, p);
        return;
    }
  }

  void quoted(std::string_view safe) {
    out += '"';
    out += safe;
    out += '"';
  }

  void integer(std::int64_t n) {
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, n).ptr;
    out.append(buffer, end);
  }

  void number(double n) {
    if (!std::isfinite(n)) throw std::domain_error("JSON has no infinity and no NaN");
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, n).ptr;
    out.append(buffer, end);
  }

  std::string whole(const TypeInfo& type, const void* p) const {
    std::string text;
    Writer{text, nulls}.record(type, p);
    return text;
  }

  void size(const std::string& text) {
    out += "{\"bytes\":";
    integer(static_cast<std::int64_t>(text.size()));
    out += '}';
  }

  // Only an opened one has words to show; where it may not be absent, null stands for the rest.
  void personal(const void* p) {
    const auto& value = detail::as<Personal>(p);
    if (value.state == Personal::State::open) return write_json_string(value.text, out);
    out += "null";
  }

  void inner(const TypeInfo& type, const void* p) {
    if (const void* value = type.get_inner(p)) return write(*type.inner, value);
    out += "null";
  }

  void list(const TypeInfo& type, const void* p) {
    out += '[';
    for (std::size_t i = 0, n = type.size(p); i < n; ++i) {
      if (i > 0) out += ',';
      write(*type.inner, type.at(p, i));
    }
    out += ']';
  }

  void map(const TypeInfo& type, const void* p) {
    struct Context {
      Writer* self;
      const TypeInfo* inner;
      bool first = true;
    } context{this, type.inner};
    out += '{';
    type.each_entry(p, &context, [](void* raw, std::string_view key, const void* value) {
      auto& c = *static_cast<Context*>(raw);
      if (!c.first) c.self->out += ',';
      c.first = false;
      write_json_string(key, c.self->out);
      c.self->out += ':';
      c.self->write(*c.inner, value);
    });
    out += '}';
  }

  bool skipped(const TypeInfo& type, const void* p) const {
    if (type.shape == Shape::personal) return !nulls;  // travels sealed, never in `data`
    if (type.shape == Shape::optional && type.inner->shape == Shape::personal && !nulls) return true;
    if (nulls) return false;
    if (type.shape == Shape::optional) return type.get_inner(p) == nullptr;
    if (type.shape == Shape::patch) return !type.was_sent(p);
    return false;
  }

  void record(const TypeInfo& type, const void* p) {
    out += '{';
    bool first = true;
    for (const auto& field : type.fields) {
      const void* place = static_cast<const char*>(p) + field.offset;
      if (skipped(*field.type, place)) continue;
      if (!first) out += ',';
      first = false;
      quoted(field.name);
      out += ':';
      write(*field.type, place);
    }
    out += '}';
  }
};

}  // namespace

void write_json_string(std::string_view text, std::string& out) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, start, i - start);
    start = i + 1;
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += hex[c >> 4];
        out += hex[c & 15];
    }
  }
  out.append(text, start);
  out += '"';
}

void write_json(const TypeInfo& type, const void* value, std::string& out) {
  Writer{out, false}.write(type, value);
}

void write_json_in_brief(const TypeInfo& type, const void* value, std::string& out) {
  Writer{out, false, true}.write(type, value);
}

void write_json_with_nulls(const TypeInfo& type, const void* value, std::string& out) {
  Writer{out, true}.write(type, value);
}

}  // namespace daybook::events
