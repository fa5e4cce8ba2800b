// Walking through a list while others write into it.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/e2e/caller.hpp"

namespace daybook::test::paging_test {
namespace {

constexpr int issues_at_start = 120;
constexpr int page_rows = 7;

class Paging : public ::testing::Test {
 protected:
  Paging() {
    std::string commands;
    for (int i = 0; i < issues_at_start; ++i) {
      // Few different priorities and titles, so that most rows share their sort key with others.
      const auto data =
          object("title", "issue " + std::to_string(i % 10), "priority", i % 3 == 0 ? "high" : "low");
      commands += std::string(i > 0 ? "," : "") + R"({"type":"issue.open","data":)" + data + "}";
    }
    const auto made = team_.owner.post(team_.in("/commands"), R"({"commands":[)" + commands + "]}");
    EXPECT_EQ(made.status, 200) << made;
    for (const auto& item : made.at("/items").as_array())
      ids_.push_back(std::string(item.at("id").as_string()));
  }

  Reply page(const std::string& sort, const std::string& cursor) {
    const auto reply =
        team_.owner.get(team_.in("/issues?limit=" + std::to_string(page_rows) + "&sort=" + sort +
                                 (cursor.empty() ? "" : "&cursor=" + cursor)));
    EXPECT_EQ(reply.status, 200) << reply;
    return reply;
  }
  // Somebody opens one, deletes one and changes another that the walk may or may not have met yet.
  void interfere(std::size_t turn) {
    touched_.push_back(team_.issue("issue " + std::to_string(turn % 10)));
    const auto gone = ids_[turn * 5 % ids_.size()], changed = ids_[(turn * 5 + 60) % ids_.size()];
    touched_.push_back(gone);
    touched_.push_back(changed);
    EXPECT_EQ(team_.owner.remove(team_.in("/issues/" + gone)).status, 204);
    EXPECT_LT(team_.owner.patch(team_.in("/issues/" + changed), object("title", random_name("moved"))).status,
              500);
  }
  void expect_untouched_once(const std::map<std::string, int>& met) {
    for (const auto& id : ids_) {
      if (std::find(touched_.begin(), touched_.end(), id) != touched_.end()) continue;
      const auto found = met.find(id);
      EXPECT_EQ(found == met.end() ? 0 : found->second, 1) << id;
    }
  }

  DaybookProcess& daybook_ = DaybookProcess::shared();
  Team team_{daybook_};
  std::vector<std::string> ids_;
  std::vector<std::string> touched_;
};

TEST_F(Paging, EveryUntouchedRowIsMetExactlyOnceWhileOthersWrite) {
  std::size_t turn = 0;
  for (const std::string sort : {"number", "-number", "title", "-priority"}) {
    std::map<std::string, int> met;
    std::string cursor;
    int pages = 0;
    do {
      const auto reply = page(sort, cursor);
      for (const auto& row : reply.rows()) ++met[std::string(row.at("id").as_string())];
      cursor = reply.text("/page/next");
      if (++pages % 6 == 0 && turn < 8) interfere(turn++);
      ASSERT_LT(pages, 60) << "the walk does not end";
    } while (!cursor.empty());
    expect_untouched_once(met);
  }
}

TEST_F(Paging, WalkingBackwardsMeetsTheSameRowsInTheOppositeOrder) {
  // Given a walk to the end, that keeps the last page's way back
  std::vector<std::string> forwards, backwards;
  std::string cursor, back;
  do {
    const auto reply = page("title", cursor);
    for (const auto& row : reply.rows()) forwards.push_back(std::string(row.at("id").as_string()));
    if (cursor.empty()) {
      EXPECT_EQ(reply.text("/page/prev"), "") << "there is nothing before the first page";
    }
    cursor = reply.text("/page/next");
    back = reply.text("/page/prev");
    if (cursor.empty())
      for (const auto& row : reply.rows()) backwards.push_back(std::string(row.at("id").as_string()));
  } while (!cursor.empty());
  ASSERT_EQ(forwards.size(), static_cast<std::size_t>(issues_at_start));

  // When it goes all the way back, then it has seen the same
  while (!back.empty()) {
    const auto reply = page("title", back);
    std::vector<std::string> rows;
    for (const auto& row : reply.rows()) rows.push_back(std::string(row.at("id").as_string()));
    ASSERT_FALSE(rows.empty());
    backwards.insert(backwards.begin(), rows.begin(), rows.end());
    back = reply.text("/page/prev");
  }
  EXPECT_EQ(backwards, forwards);
}

TEST_F(Paging, TheLinkFieldLeadsToTheNextPage) {
  const auto first = page("number", "");
  EXPECT_NE(first.header("Link").find("rel=\"next\""), std::string::npos) << first.header("Link");
  EXPECT_EQ(first.number("/page/limit"), page_rows);
}

}  // namespace
}  // namespace daybook::test::paging_test
