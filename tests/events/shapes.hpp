#pragma once
// One type with every shape the codec knows, for its tests.
#include "events/core/json.hpp"

namespace daybook::events::test {

BOOST_DEFINE_ENUM_CLASS(Colour, red, dark_green, blue)

struct ItemId : Id<ItemId> {
  using Id::Id;
};
struct Rank : Number<Rank> {
  using Number::Number;
};

struct ShortText : Text<ShortText> {
  using Text::Text;
  static constexpr std::size_t code_points_max = 5;
  static std::optional<TextRefusal> rule(std::string_view words) {
    if (words.size() <= 5) return std::nullopt;
    return TextRefusal{"too-long", "At most 5 letters."};
  }
};

struct TinyJson : Json {
  static constexpr std::size_t bytes_max = 8;
};

struct Item {
  std::string name;
  std::int64_t amount = 0;
  bool operator==(const Item&) const = default;
};
BOOST_DESCRIBE_STRUCT(Item, (), (name, amount))

struct Stamped {
  Rank version{};
  text::Instant made_at{};
  bool operator==(const Stamped&) const = default;
};
BOOST_DESCRIBE_STRUCT(Stamped, (), (version, made_at))

struct Everything : Stamped {
  bool flag = false;
  std::int64_t whole = 0;
  std::int16_t narrow = 0;
  std::uint8_t byte = 0;
  double real = 0;
  std::string words;
  ShortText brief;
  ItemId id{};
  text::Uuid uuid{};
  text::Date day{};
  Json free;
  Colour colour = Colour::red;
  Item item;
  std::vector<Item> items;
  std::map<std::string, Item> by_name;
  std::optional<std::string> note;
  std::optional<Item> spare;
  std::optional<Json> extra;
  Patch<std::int64_t> change;
  bool operator==(const Everything&) const = default;
};
BOOST_DESCRIBE_STRUCT(Everything, (Stamped),
                      (flag, whole, narrow, byte, real, words, brief, id, uuid, day, free, colour, item,
                       items, by_name, note, spare, extra, change))

// Everything with only what is required.
inline constexpr std::string_view least_json =
    R"({"version":3,"made_at":"2026-11-21T02:24:46.000001Z","flag":true,"whole":-9007199254740993,"narrow":-32768,)"
    R"("byte":255,"real":0.5,"words":"a","brief":"b","id":"0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",)"
    R"("uuid":"00000000-0000-0000-0000-000000000001","day":"2024-02-29","free":{"b":1, "a":[]},"colour":"dark_green",)"
    R"("item":{"name":"x","amount":1},"items":[],"by_name":{}})";

}  // namespace daybook::events::test
