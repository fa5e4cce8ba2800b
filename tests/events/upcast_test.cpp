// How an event whose shape had to change is read: a worked example, and what happens to events from the
// future.
#include <gtest/gtest.h>

#include "tests/events/files.hpp"
#include "tests/events/golden.hpp"

namespace daybook::events::test {
namespace {

// Version 1 held `text`; version 2 split off its first line.
struct NoteWrittenV1 {
  std::string text;
  std::optional<std::string> colour;
};
BOOST_DESCRIBE_STRUCT(NoteWrittenV1, (), (text, colour))

struct NoteWritten {
  static constexpr std::string_view type = "test.note_written";
  static constexpr std::int64_t schema_version = 2;
  std::string title;
  std::string body;
  std::optional<std::string> colour;
  bool operator==(const NoteWritten&) const = default;

  static std::string upcast(std::int64_t from, std::string_view data);
};
BOOST_DESCRIBE_STRUCT(NoteWritten, (), (title, body, colour))

// Each step brings `data` one version up and knows only that version's shape.
std::string NoteWritten::upcast(std::int64_t from, std::string_view data) {
  if (from != 1) throw UnreadableEvent("test.note_written has no version " + std::to_string(from));
  NoteWrittenV1 old{};
  if (const auto read = from_json(data, old, Reading::lenient); !read) throw UnreadableEvent(read.text());
  const auto line = old.text.find('\n');
  NoteWritten now{old.text.substr(0, line), line == std::string::npos ? "" : old.text.substr(line + 1),
                  old.colour};
  return to_json(now);
}

struct NoteBurned {
  static constexpr std::string_view type = "test.note_burned";
  static constexpr std::int64_t schema_version = 2;  // and no upcast from 1
  bool operator==(const NoteBurned&) const = default;
};
BOOST_DESCRIBE_STRUCT(NoteBurned, (), ())

using Event = std::variant<NoteWritten, NoteBurned>;

Event decoded(const Envelope& envelope) {
  return decode<Event>(StreamType::comment, envelope, UnsealedOpener{});
}

Envelope golden_v1() {
  Golden golden{};
  const auto read =
      from_json(read_file("tests/golden/upcast/test.note_written.v1.json"), golden, Reading::strict);
  EXPECT_TRUE(read) << read.text();
  return envelope_of(golden);
}

std::string refusal_of(const Envelope& envelope) {
  try {
    decoded(envelope);
  } catch (const UnreadableEvent& why) {
    return why.what();
  }
  return "";
}

TEST(Upcast, AnOldEventIsReadInTodaysShape) {
  EXPECT_EQ(decoded(golden_v1()), Event(NoteWritten{"Groceries", "milk\nbread", "green"}));
}

TEST(Upcast, TodaysEventIsReadAsItIs) {
  const NoteWritten note{"a", "b\nc", {}};
  const auto encoded = encode<Event>(StreamType::comment, note);
  EXPECT_EQ(encoded.schema_version, 2);
  EXPECT_EQ(decoded(envelope_of(golden_of(encoded))), Event(note));
}

TEST(Upcast, LeavesTheStoredBytesAlone) {
  const auto envelope = golden_v1();
  const auto before = envelope;
  decoded(envelope);
  EXPECT_EQ(envelope, before);
}

TEST(Upcast, AnEventFromANewerDaybookIsUnreadable) {
  auto envelope = golden_v1();
  envelope.schema_version = 3;
  EXPECT_EQ(refusal_of(envelope),
            "event 7 (test.note_written version 3) cannot be read: it was written by a newer Daybook");
}

TEST(Upcast, AnUnknownTypeIsUnreadable) {
  auto envelope = golden_v1();
  envelope.type = "test.note_sung";
  EXPECT_EQ(refusal_of(envelope), "event 7 has the unknown type test.note_sung");
}

TEST(Upcast, AnOldVersionWithoutAnUpcastIsUnreadable) {
  auto envelope = golden_v1();
  envelope.type = "test.note_burned";
  EXPECT_EQ(refusal_of(envelope),
            "event 7 (test.note_burned version 1) cannot be read: there is no upcast from its version");
}

TEST(Upcast, DamagedDataIsUnreadableAndNamesTheField) {
  auto envelope = golden_v1();
  envelope.schema_version = 2;
  EXPECT_EQ(refusal_of(envelope),
            "event 7 (test.note_written version 2) cannot be read: /title required: This field is required.; "
            "/body required: This field is required.");
}

}  // namespace
}  // namespace daybook::events::test
