#include "tests/query-service/requests.hpp"

namespace daybook::query::test {
namespace {

using Values = std::vector<std::optional<std::string>>;
const auto cursors = cursors_of("log.1");

bool opens(const std::string& cursor, const ListRequest& list, const Cursors& with = cursors) {
  return std::holds_alternative<Place>(with.read(cursor, list));
}
bool is_invalid(const std::string& cursor, const ListRequest& list, const Cursors& with = cursors) {
  return std::holds_alternative<InvalidCursor>(with.read(cursor, list));
}

TEST(Cursor, ComesBackAsItWasWritten) {
  const auto list = request(issues(), "sort=due_at,title");
  for (const bool backwards : {false, true}) {
    const Place place{{std::nullopt, "Grüße \"\\", an_id}, backwards};
    const auto read = cursors.read(cursors.write(place, list), list);
    ASSERT_TRUE(std::holds_alternative<Place>(read));
    EXPECT_EQ(std::get<Place>(read).values, place.values);
    EXPECT_EQ(std::get<Place>(read).backwards, backwards);
  }
}

TEST(Cursor, ShowsNothingOfWhatItHolds) {
  const auto list = request(issues(), "sort=title");
  EXPECT_EQ(cursors.write({{"secret title", an_id}, false}, list).find("secret"), std::string::npos);
  EXPECT_NE(cursors.write({{"t", an_id}, false}, list), cursors.write({{"t", an_id}, false}, list))
      << "each has a nonce of its own";
}

TEST(Cursor, IsInvalidWithAnyCharacterChanged) {
  const auto list = request(labels(), "");
  const auto cursor = cursors.write({{"wet", an_id}, false}, list);
  ASSERT_TRUE(opens(cursor, list));
  for (std::size_t i = 0; i < cursor.size(); ++i) {
    auto tampered = cursor;
    tampered[i] = tampered[i] == 'A' ? 'B' : 'A';
    EXPECT_TRUE(is_invalid(tampered, list)) << i;
  }
  EXPECT_TRUE(is_invalid(cursor.substr(0, cursor.size() - 1), list));
  EXPECT_TRUE(is_invalid("", list));
  EXPECT_TRUE(is_invalid("not base64 !", list));
  EXPECT_TRUE(is_invalid(std::string(cursor_bytes_max + 1, 'A'), list));
}

TEST(Cursor, BelongsToOneListOnly) {
  const auto list = request(issues(), "status=todo&sort=number");
  const auto cursor = cursors.write({{"41", an_id}, false}, list);
  EXPECT_TRUE(is_invalid(cursor, request(issues(), "status=done&sort=number"))) << "another filter's value";
  EXPECT_TRUE(is_invalid(cursor, request(issues(), "sort=number"))) << "one filter less";
  EXPECT_TRUE(is_invalid(cursor, request(issues(), "status=todo&sort=-number"))) << "the other direction";
  EXPECT_TRUE(is_invalid(cursor, request(issues(), "status=todo&sort=position")))
      << "another key of the same type";
  EXPECT_TRUE(is_invalid(cursor, request(issues(), "status=todo&sort=number&deleted=only")));
  EXPECT_TRUE(
      is_invalid(cursor, std::get<ListRequest>(read(issues(), "status=todo&sort=number", cursors, an_id))))
      << "another workspace";
  EXPECT_TRUE(is_invalid(cursors.write({{"t", an_id}, false}, request(comments(), "sort=created_at")),
                         request(labels(), "sort=created_at")));
  EXPECT_TRUE(opens(cursor, request(issues(), "sort=number&status=todo&limit=5")))
      << "a page may be of another size";
}

TEST(Cursor, OfAnotherEpochSaysThatTheLogWasReplaced) {
  const auto list = request(labels(), "");
  const auto cursor = cursors.write({{"wet", an_id}, false}, list);
  EXPECT_TRUE(std::holds_alternative<ReplacedLog>(cursors_of("log.2").read(cursor, list)));
}

TEST(Cursor, OfAnotherKeyIsInvalid) {
  const auto list = request(labels(), "");
  EXPECT_TRUE(is_invalid(cursors.write({{"wet", an_id}, false}, list), list, cursors_of("log.1", 8)));
}

}  // namespace
}  // namespace daybook::query::test
