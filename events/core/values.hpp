#pragma once
// Values that events, commands and rows are made of, beside numbers, words and ids.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace daybook::events {

// Free JSON, kept byte for byte as it was sent. Always valid JSON; `null` is an ordinary value.
struct Json {
  std::string text = "null";
  bool operator==(const Json&) const = default;
};

// Free JSON of a field that may be larger: definitions, inputs and outputs, the data of a bulk command.
struct LargeJson : Json {
  static constexpr std::size_t bytes_max = 4 << 20;
};

// A text that may be as long as a document. Lists leave it out unless it is asked for, and the activity tells of its size alone.
struct LongText {
  std::string text;

  LongText() = default;
  LongText(std::string words) : text(std::move(words)) {}
  bool operator==(const LongText&) const = default;
};

// A value about a person. It never stands in an event's `data`: it travels sealed in `personal`, under a key of
// its own subject, so that deleting that key erases it everywhere. `text` is filled only in state `open`.
struct Personal {
  enum class State { open, sealed, erased };
  State state = State::open;
  std::string text;

  Personal() = default;
  explicit Personal(std::string plain) : text(std::move(plain)) {}
  bool operator==(const Personal&) const = default;
};

// Why a text is refused; empty means it is fine.
struct TextRefusal {
  std::string_view code;    // kebab-case, stable
  std::string_view detail;  // a sentence
};
using TextRule = std::optional<TextRefusal> (*)(std::string_view);

// Text with a rule of its own, checked once where it enters: `struct Title : Text<Title> { static rule … }`.
template <class Self>
struct Text {
  std::string text;

  Text() = default;
  explicit Text(std::string words) : text(std::move(words)) {}
  operator const std::string&() const { return text; }
  friend auto operator<=>(const Text&, const Text&) = default;
  friend bool operator==(const Text&, const Text&) = default;
};

// A field of a merge patch (RFC 7396): not sent, sent as null, or sent with a value.
template <class T>
struct Patch {
  bool sent = false;
  std::optional<T> value;

  Patch() = default;
  Patch(T v) : sent(true), value(std::move(v)) {}
  static Patch cleared() {
    Patch patch;
    patch.sent = true;
    return patch;
  }
  bool operator==(const Patch&) const = default;
};

}  // namespace daybook::events
