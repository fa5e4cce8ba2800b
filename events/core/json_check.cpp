// Whether a document is JSON that we keep: well-formed, within the depth limit, without repeated keys and
// without text or numbers that PostgreSQL's jsonb could not hold. The tree parser looks at every byte, but
// does not say where it stopped; only then a second walk looks for the place.
#include "events/core/json_check.hpp"

#include <algorithm>
#include <cctype>

#include "platform/text/unicode.hpp"

namespace daybook::events {
namespace detail {
namespace {

namespace dom = simdjson::dom;
namespace ondemand = simdjson::ondemand;
using Kind = ReadResult::Kind;

std::string_view trimmed(std::string_view raw) { return raw.substr(0, raw.find_last_not_of(" \t\r\n") + 1); }

// Whether a token is a number by RFC 8259 §6; one that is, but was not parsed, is out of range.
bool is_number(std::string_view token) {
  std::size_t i = 0;
  const auto digits = [&] {
    const auto start = i;
    while (i < token.size() && std::isdigit(static_cast<unsigned char>(token[i]))) ++i;
    return i - start;
  };
  if (i < token.size() && token[i] == '-') ++i;
  const bool leading_zero = i < token.size() && token[i] == '0';
  const auto whole = digits();
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  if (i < token.size() && token[i] == '.') {
    ++i;
    if (digits() == 0) return false;
  }
  if (i < token.size() && (token[i] == 'e' || token[i] == 'E')) {
    ++i;
    if (i < token.size() && (token[i] == '+' || token[i] == '-')) ++i;
    if (digits() == 0) return false;
  }
  return i == token.size();
}

// Whether every escape of a string token is one of RFC 8259 §7; if so, what was not parsed is a lone
// surrogate.
bool has_known_escapes(std::string_view token) {
  for (std::size_t i = 0; i + 1 < token.size(); ++i) {
    if (token[i] != '\\') continue;
    const char kind = token[++i];
    if (kind == 'u') {
      const auto hex = token.substr(i + 1, 4);
      if (hex.size() < 4 ||
          !std::all_of(hex.begin(), hex.end(), [](unsigned char c) { return std::isxdigit(c); }))
        return false;
    } else if (std::string_view("\"\\/bfnrt").find(kind) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

// Finds the first text or number that was not parsed, and tells what is no JSON from what is JSON that we
// cannot keep.
class Culprit {
 public:
  ReadResult find(const simdjson::padded_string& json) {
    ondemand::parser parser;
    ondemand::document document;
    ondemand::value root;
    if (parser.iterate(json).get(document)) return {};
    if (document.get_value().get(root)) {
      std::string_view token;
      if (document.raw_json_token().get(token)) return {};
      return scalar(trimmed(token));
    }
    visit(root, 0);
    return std::move(found_);
  }

 private:
  void visit(ondemand::value v, std::size_t depth) {
    ondemand::json_type type;
    if (depth > json_depth_max || v.type().get(type)) return stop({});
    if (type == ondemand::json_type::array) return visit_array(v, depth);
    if (type == ondemand::json_type::object) return visit_object(v, depth);
    const auto token = trimmed(v.raw_json_token());
    std::string_view words;
    double n{};
    const bool fine = type == ondemand::json_type::string ? v.get_string().get(words) == simdjson::SUCCESS
                      : type == ondemand::json_type::number
                          ? v.get_double().get(n) == simdjson::SUCCESS && fits(token)
                          : true;
    if (!fine) stop(scalar(token));
  }

  void visit_array(ondemand::value v, std::size_t depth) {
    ondemand::array array;
    if (v.get_array().get(array)) return stop({});
    std::size_t i = 0;
    for (auto item : array) {
      ondemand::value child;
      if (item.get(child)) return stop({});
      descend("/" + std::to_string(i++), child, depth);
      if (stopped_) return;
    }
  }

  void visit_object(ondemand::value v, std::size_t depth) {
    ondemand::object object;
    if (v.get_object().get(object)) return stop({});
    for (auto field : object) {
      ondemand::raw_json_string raw;
      if (field.key().get(raw)) return stop({});
      const char* const start = raw.raw();
      std::string_view key;
      if (field.unescaped_key().get(key)) return stop(scalar(key_token(start)));
      ondemand::value child;
      if (field.value().get(child)) return stop({});
      descend(pointer_step(key), child, depth);
      if (stopped_) return;
    }
  }

  void descend(const std::string& step, ondemand::value child, std::size_t depth) {
    const auto length = path_.size();
    path_ += step;
    visit(child, depth + 1);
    if (!stopped_) path_.resize(length);
  }

  // A key with its quotes; `start` is behind the first, and the closing one is known to exist.
  static std::string_view key_token(const char* start) {
    std::size_t end = 0;
    while (start[end] != '"') end += start[end] == '\\' ? 2 : 1;
    return {start - 1, end + 2};
  }

  // Integers of more than 64 bits parse as doubles here, but not in the tree.
  static bool fits(std::string_view token) {
    if (token.find_first_of(".eE") != std::string_view::npos) return true;
    const bool negative = token.starts_with('-');
    const auto digits = token.substr(negative ? 1 : 0);
    const std::string_view most = negative ? "9223372036854775808" : "18446744073709551615";
    return digits.size() < most.size() || (digits.size() == most.size() && digits <= most);
  }

  ReadResult scalar(std::string_view token) const {
    if (token.starts_with('"')) {
      if (has_known_escapes(token))
        return failed(Kind::refused, path_, "invalid-text", "The text holds half of a surrogate pair.");
      return failed(Kind::malformed, path_, "not-json", "The text holds an escape that JSON does not have.");
    }
    if (!is_number(token)) return failed(Kind::malformed, path_, "not-json", "This is not a JSON value.");
    return failed(Kind::refused, path_, "number-out-of-range",
                  "The number is outside the range of a double, or an integer of more than 64 bits.");
  }

  void stop(ReadResult result) {
    stopped_ = true;
    found_ = std::move(result);
  }

  std::string path_;
  bool stopped_ = false;
  ReadResult found_;
};

// Checks what the tree parser lets pass: depth to the level, repeated keys, U+0000, halves of surrogate
// pairs.
class TreeCheck {
 public:
  ReadResult check(const dom::element& element) {
    visit(element, 0);
    return std::move(result_);
  }

 private:
  bool visit(const dom::element& element, std::size_t depth) {
    if (element.is_string()) return storable(element.get_string().value_unsafe());
    if (!element.is_array() && !element.is_object()) return true;
    if (depth == json_depth_max) return stop(parse_failure(simdjson::DEPTH_ERROR));
    return element.is_array() ? visit_array(element.get_array().value_unsafe(), depth + 1)
                              : visit_object(element.get_object().value_unsafe(), depth + 1);
  }

  bool visit_array(const dom::array& array, std::size_t depth) {
    std::size_t i = 0;
    for (const dom::element child : array) {
      const auto length = enter("/" + std::to_string(i++));
      if (!visit(child, depth)) return false;
      path_.resize(length);
    }
    return true;
  }

  bool visit_object(const dom::object& object, std::size_t depth) {
    std::vector<std::string_view> keys;
    for (const auto [key, child] : object) {
      const auto length = enter(pointer_step(key));
      if (!storable(key) || !visit(child, depth)) return false;
      path_.resize(length);
      keys.push_back(key);
    }
    std::sort(keys.begin(), keys.end());
    const auto twice = std::adjacent_find(keys.begin(), keys.end());
    if (twice == keys.end()) return true;
    enter(pointer_step(*twice));
    return stop(failed(Kind::malformed, path_, "repeated-key", "The key stands twice."));
  }

  bool storable(std::string_view words) {
    if (words.find('\0') != words.npos)
      return stop(
          failed(Kind::refused, path_, "invalid-text", "The text holds U+0000, which no store can keep."));
    if (!text::valid_utf8(words))
      return stop(failed(Kind::refused, path_, "invalid-text", "The text holds half of a surrogate pair."));
    return true;
  }

  bool stop(ReadResult result) {
    result_ = std::move(result);
    return false;
  }

  std::size_t enter(const std::string& step) {
    const auto length = path_.size();
    path_ += step;
    return length;
  }

  std::string path_;
  ReadResult result_;
};

}  // namespace

ReadResult failed(Kind kind, std::string pointer, std::string code, std::string detail) {
  return {kind, {{std::move(pointer), std::move(code), std::move(detail)}}};
}

std::string pointer_step(std::string_view key) {
  std::string out = "/";
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

ReadResult parse_failure(simdjson::error_code error) {
  switch (error) {
    case simdjson::DEPTH_ERROR:
      return failed(Kind::malformed, "", "too-deep",
                    "The document is nested more than " + std::to_string(json_depth_max) + " levels deep.");
    case simdjson::EMPTY:
      return failed(Kind::malformed, "", "not-json", "The body is empty; JSON is expected.");
    case simdjson::UTF8_ERROR:
      return failed(Kind::malformed, "", "not-json", "The body is not valid UTF-8.");
    default:
      return failed(Kind::malformed, "", "not-json",
                    std::string("Not JSON: ") + simdjson::error_message(error));
  }
}

ReadResult check_document(const simdjson::padded_string& json) {
  thread_local dom::parser parser;
  // The parser counts one level more than it lets in, and none for empty lists and objects: TreeCheck is
  // exact.
  if (const auto error = parser.allocate(std::max<std::size_t>(json.size(), 64), json_depth_max + 2))
    return parse_failure(error);
  dom::element root;
  const auto error = parser.parse(json).get(root);
  if (error == simdjson::NUMBER_ERROR || error == simdjson::STRING_ERROR) {
    if (auto culprit = Culprit().find(json); !culprit) return culprit;
  }
  if (error) return parse_failure(error);
  return TreeCheck().check(root);
}

}  // namespace detail

ReadResult check_json(std::string_view json) { return detail::check_document(simdjson::padded_string(json)); }

}  // namespace daybook::events
