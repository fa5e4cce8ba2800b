#include "tests/query-service/requests.hpp"

namespace daybook::query::test::list_request_test {
namespace {

TEST(ListRequestReading, TakesTheDefaultsOfTheTable) {
  const auto wanted = request(activity(), "");
  EXPECT_EQ(wanted.limit, api::page_limit_default);
  EXPECT_EQ(wanted.deleted, Deleted::exclude);
  ASSERT_EQ(wanted.order.size(), 1u);
  EXPECT_EQ(wanted.order[0].field->name, "position");
  EXPECT_TRUE(wanted.order[0].descending);
  EXPECT_FALSE(wanted.place);
}

TEST(ListRequestReading, TakesSortKeysInTheirOrder) {
  const auto wanted = request(issues(), "sort=-priority,title");
  ASSERT_EQ(wanted.order.size(), 2u);
  EXPECT_EQ(wanted.order[0].field->name, "priority");
  EXPECT_TRUE(wanted.order[0].descending);
  EXPECT_EQ(wanted.order[1].field->name, "title");
  EXPECT_FALSE(wanted.order[1].descending);
}

struct Refused {
  const char* name;
  std::string query, parameter, code;
};

class ListRequestRefusal : public testing::TestWithParam<Refused> {};

TEST_P(ListRequestRefusal, NamesTheParameter) {
  const auto problem = refusal(issues(), GetParam().query);
  EXPECT_EQ(problem.status, 400);
  ASSERT_EQ(problem.errors.size(), 1u) << problem.code;
  EXPECT_EQ(problem.errors[0].pointer, GetParam().parameter);
  EXPECT_EQ(problem.errors[0].code, GetParam().code);
}

std::string many_ids() {
  std::string list = an_id;
  for (int i = 0; i < 100; ++i) list += "," + an_id;
  return list;
}

INSTANTIATE_TEST_SUITE_P(
    Each, ListRequestRefusal,
    testing::Values(Refused{"LimitZero", "limit=0", "limit", "out-of-range"},
                    Refused{"LimitAboveTheMost", "limit=201", "limit", "out-of-range"},
                    Refused{"LimitNoNumber", "limit=10x", "limit", "out-of-range"},
                    Refused{"LimitNegative", "limit=-1", "limit", "out-of-range"},
                    Refused{"LimitTooLong", "limit=99999999999999999999", "limit", "out-of-range"},
                    Refused{"UnknownSort", "sort=mood", "sort", "unknown-value"},
                    Refused{"EmptySort", "sort=", "sort", "unknown-value"},
                    Refused{"TheSameSortTwice", "sort=number,-number", "sort", "repeated-value"},
                    Refused{"UnknownField", "fields=id,mood", "fields", "unknown-value"},
                    Refused{"UnknownExpansion", "expand=mood", "expand", "unknown-value"},
                    Refused{"UnknownInnerExpansion", "expand=comments.mood", "expand", "unknown-value"},
                    Refused{"ExpansionTooDeep", "expand=comments.issue.project", "expand", "too-deep"},
                    Refused{"UnknownStatus", "status=todo,lost", "status", "unknown-value"},
                    Refused{"EmptyStatus", "status=", "status", "unknown-value"},
                    Refused{"NoUuid", "project=abc", "project", "invalid-id"},
                    Refused{"NoneAmongIds", "project=none," + an_id, "project", "invalid-id"},
                    Refused{"TooManyIds", "project=" + many_ids(), "project", "too-many"},
                    Refused{"NoTime", "created_after=yesterday", "created_after", "invalid-time"},
                    Refused{"EmptyWords", "q=", "q", "invalid"},
                    Refused{"WordsThatAreNoUtf8", "q=%ff", "q", "invalid"},
                    Refused{"LabelTooLong", "label=" + std::string(1025, 'x'), "label", "invalid"},
                    Refused{"UnknownDeleted", "deleted=maybe", "deleted", "unknown-value"},
                    Refused{"UnknownCount", "count=all", "count", "unknown-value"},
                    Refused{"NoCursor", "cursor=abc", "cursor", "invalid-cursor"}),
    [](const auto& info) { return info.param.name; });

TEST(ListRequestReading, SaysThatTheLogOfACursorWasReplaced) {
  const auto cursor = cursors_of("log.1").write({{"41", an_id}, false}, request(issues(), ""));
  const auto problem = refusal(issues(), "cursor=" + cursor, cursors_of("log.2"));
  EXPECT_EQ(problem.status, 410);
  EXPECT_EQ(problem.code, "log-replaced");
}

TEST(ListRequestReading, GoesOnAtACursorsPlace) {
  const auto cursor = cursors_of("log.1").write({{"41", an_id}, true}, request(issues(), "status=todo"));
  const auto wanted = request(issues(), "status=todo&limit=5&cursor=" + cursor);
  ASSERT_TRUE(wanted.place);
  EXPECT_TRUE(wanted.place->backwards);
  EXPECT_EQ(wanted.place->values, (std::vector<std::optional<std::string>>{"41", an_id}));
}

}  // namespace
}  // namespace daybook::query::test::list_request_test
