#include "schemas/api/example.hpp"

#include "events/core/json.hpp"

namespace daybook::api {
namespace {

using events::Shape;
using events::TypeInfo;

struct Known {
  std::string_view name, value;
};
constexpr Known known_texts[] = {
    {"title", "Write the first line"}, {"name", "First light"},           {"description", "What it is for."},
    {"content", "Looks good to me."},  {"email", "ada@example.org"},      {"password", "a long day in the book"},
    {"full_name", "Ada Lovelace"},     {"username", "ada"},               {"slug", "first-light"},
    {"key", "FL"},                     {"color", "#1f6feb"},              {"identifier", "FL-1"},
    {"issue_prefix", "FL"},            {"currency", "EUR"},               {"timezone", "Europe/Berlin"},
    {"locale", "en"},                  {"avatar", "https://example.org/ada.png"}, {"type", "issue.open"},
    {"new_password", "a longer day in the book"}, {"emoji", "☀"},                      {"sha", "0123456789abcdef"},
    {"permissions", "issues:write"},
    {"key_hash", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
};
constexpr std::string_view some_id = "0198c0de-0000-7000-8000-000000000001", some_time = "2026-01-31T09:30:00.000000Z";

const Known* find_known(std::string_view name) {
  for (const auto& known : known_texts)
    if (known.name == name) return &known;
  return nullptr;
}

void quote(std::string_view words, std::string& out) { events::write_json_string(words, out); }

class Example {
 public:
  explicit Example(bool whole) : whole_(whole) {}

  void write(const TypeInfo& type, std::string_view name, std::string& out) const {
    switch (type.shape) {
      case Shape::boolean: out += "false"; return;
      case Shape::integer: out += std::to_string(std::max<std::int64_t>(type.minimum, 1)); return;
      case Shape::decimal:
      case Shape::number: out += "1.5"; return;
      case Shape::string: return text(type, name, out);
      case Shape::personal: return text(type, name, out);
      case Shape::uuid: return quote(some_id, out);
      case Shape::instant: return quote(some_time, out);
      case Shape::date: return quote(some_time.substr(0, 10), out);
      case Shape::json: out += "{}"; return;
      case Shape::enumeration: return quote(type.words.front(), out);
      case Shape::optional:
      case Shape::patch:
        if (whole_ && name.ends_with("_at")) return void(out += "null");
        return write(*type.inner, name, out);
      case Shape::list:
        out += '[';
        write(*type.inner, name, out);
        out += ']';
        return;
      case Shape::map: out += "{}"; return;
      case Shape::record: return record(type, out);
    }
  }

 private:
  static void text(const TypeInfo& type, std::string_view name, std::string& out) {
    const auto* known = find_known(name);
    const bool is_a_command = name == "type" && type.pattern.empty();
    if (known != nullptr && (name != "type" || is_a_command)) return quote(known->value, out);
    if (type.pattern.empty()) return quote(name.ends_with("_id") ? some_id : "words", out);
    quote(type.pattern.starts_with("^https?") ? "https://example.org" : type.pattern.starts_with("^[a-z]") ? "words" : "AB", out);
  }

  void record(const TypeInfo& type, std::string& out) const {
    out += '{';
    for (const auto& field : type.fields) {
      const bool told = whole_ || !events::may_be_absent(*field.type) || (find_known(field.name) != nullptr && field.name != "type");
      if (!told) continue;
      if (out.back() != '{') out += ',';
      quote(field.name, out);
      out += ':';
      write(*field.type, field.name, out);
    }
    out += '}';
  }

  bool whole_;
};

std::string example(const TypeInfo& type, bool whole) {
  std::string out;
  Example(whole).write(type, "", out);
  return out;
}

}  // namespace

std::string example_of_body(const TypeInfo& type) { return example(type, false); }
std::string example_of_reply(const TypeInfo& type) { return example(type, true); }

}  // namespace daybook::api
