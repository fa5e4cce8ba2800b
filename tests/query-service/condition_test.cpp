// Conditions of the caller's own: what they become, and what of them is refused where.
#include <gmock/gmock.h>

#include "query-service/core/sql.hpp"
#include "tests/query-service/requests.hpp"

namespace daybook::query::test::condition_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SqlQuery sql_of(const std::string& condition) {
  const auto wanted = request(issues(), "filter=" + http::percent_encode(condition));
  return list_sql(wanted, columns_for(wanted.shown), sight());
}

struct Meant {
  const char* name;
  std::string json, sql;
  std::vector<std::string> values;
};

class ConditionMeaning : public testing::TestWithParam<Meant> {};

TEST_P(ConditionMeaning, BecomesSqlWithBoundValues) {
  const auto query = sql_of(GetParam().json);
  EXPECT_THAT(query.sql, HasSubstr(" AND " + GetParam().sql + " ORDER BY"));
  std::vector<std::string> expected{a_workspace};
  expected.insert(expected.end(), GetParam().values.begin(), GetParam().values.end());
  EXPECT_EQ(query.parameters, expected);
}

INSTANTIATE_TEST_SUITE_P(
    Each, ConditionMeaning,
    testing::Values(
        Meant{"Equal", R"({"field":"status","op":"eq","value":"todo"})", "t.status = $2::text", {"todo"}},
        Meant{"Unequal",
              R"({"field":"number","op":"ne","value":3})",
              "t.number IS DISTINCT FROM $2::bigint",
              {"3"}},
        Meant{"In",
              R"({"field":"priority","op":"in","value":["high","urgent"]})",
              "(t.priority = ANY($2::text[]))",
              {R"({"high","urgent"})"}},
        Meant{"NotIn",
              R"({"field":"title","op":"not_in","value":["a\"b\\c"]})",
              "(t.title = ANY($2::text[])) IS NOT TRUE",
              {R"({"a\"b\\c"})"}},
        Meant{"Before",
              R"({"field":"due_at","op":"lt","value":"2026-01-01T00:00:00+01:00"})",
              "t.due_at < $2::timestamptz",
              {"2025-12-31T23:00:00.000000Z"}},
        Meant{"AtLeast",
              R"({"field":"story_points","op":"gte","value":5})",
              "t.story_points >= $2::bigint",
              {"5"}},
        Meant{"TextsByCodePoint",
              R"({"field":"title","op":"gt","value":"m"})",
              R"(t.title COLLATE "C" > $2::text)",
              {"m"}},
        Meant{"Contains",
              R"({"field":"title","op":"contains","value":"50% _roof"})",
              "strpos(lower(t.title), lower($2::text)) > 0",
              {"50% _roof"}},
        Meant{"Unset", R"({"field":"due_at","op":"is_null","value":true})", "t.due_at IS NULL", {}},
        Meant{"Set", R"({"field":"due_at","op":"is_null","value":false})", "t.due_at IS NOT NULL", {}},
        Meant{
            "Tree",
            R"({"and":[{"or":[{"field":"number","op":"eq","value":1},{"field":"number","op":"eq","value":2}]},{"not":{"field":"type","op":"eq","value":"bug"}}]})",
            "((t.number = $2::bigint OR t.number = $3::bigint) AND (t.type = $4::text) IS NOT TRUE)",
            {"1", "2", "bug"}}),
    [](const auto& info) { return info.param.name; });

struct Refused {
  const char* name;
  std::string json, pointer, code;
};

class ConditionRefusal : public testing::TestWithParam<Refused> {};

TEST_P(ConditionRefusal, NamesThePlace) {
  const auto problem = refusal(issues(), "filter=" + http::percent_encode(GetParam().json));
  EXPECT_EQ(problem.status, 400);
  ASSERT_EQ(problem.errors.size(), 1u) << problem.code;
  EXPECT_EQ(problem.errors[0].pointer, "filter#" + GetParam().pointer);
  EXPECT_EQ(problem.errors[0].code, GetParam().code) << problem.errors[0].detail;
}

std::string nested(int levels) {
  std::string out = R"({"field":"number","op":"eq","value":1})";
  for (int i = 0; i < levels; ++i) out = R"({"not":)" + out + "}";
  return out;
}
std::string wide(int parts) {
  std::string out;
  for (int i = 0; i < parts; ++i)
    out += std::string(i ? "," : "") + R"({"field":"number","op":"eq","value":1})";
  return R"({"or":[)" + out + "]}";
}

INSTANTIATE_TEST_SUITE_P(
    Each, ConditionRefusal,
    testing::Values(
        Refused{"NoJson", "status=todo", "", "not-json"},
        Refused{"RepeatedKey", R"({"not":{},"not":{}})", "", "repeated-key"},
        Refused{"NoObject", "[1]", "", "wrong-type"}, Refused{"Empty", "{}", "/field", "required"},
        Refused{"NothingToJoin", R"({"and":[]})", "/and", "wrong-type"},
        Refused{"UnknownField", R"({"or":[{"field":"mood","op":"eq","value":1}]})", "/or/0/field",
                "unknown-value"},
        Refused{"FieldWithoutPlainValue", R"({"field":"custom_fields","op":"eq","value":1})", "/field",
                "unknown-value"},
        Refused{"UnknownOperator", R"({"field":"number","op":"like","value":1})", "/op", "unknown-value"},
        Refused{"OperatorThatDoesNotFit", R"({"field":"status","op":"contains","value":"x"})", "/op",
                "unknown-value"},
        Refused{"OrderOfIds", R"({"field":"project_id","op":"lt","value":"x"})", "/op", "unknown-value"},
        Refused{"UnknownWord", R"({"and":[{"field":"status","op":"eq","value":"lost"}]})", "/and/0/value",
                "unknown-value"},
        Refused{"WordInList", R"({"field":"status","op":"in","value":["todo","lost"]})", "/value/1",
                "unknown-value"},
        Refused{"TextForNumber", R"({"field":"number","op":"eq","value":"1"})", "/value", "wrong-type"},
        Refused{"FractionForNumber", R"({"field":"number","op":"eq","value":1.5})", "/value", "out-of-range"},
        Refused{"NoTime", R"({"field":"due_at","op":"gt","value":"soon"})", "/value", "invalid-time"},
        Refused{"NoId", R"({"field":"project_id","op":"eq","value":"x"})", "/value", "invalid-id"},
        Refused{"MissingValue", R"({"field":"number","op":"eq"})", "/value", "required"},
        Refused{"UnknownMember", R"({"field":"number","op":"eq","value":1,"mood":2})", "", "unknown-field"},
        Refused{"TooDeep", nested(8), "/not/not/not/not/not/not/not/not", "too-deep"},
        Refused{"TooMany", wide(64), "/or/63", "too-many"}),
    [](const auto& info) { return info.param.name; });

TEST(Condition, BelongsToTheCursorsList) {
  const auto first = request(issues(), "filter=" + http::percent_encode(nested(0)));
  const auto cursor = cursors_of("log.1").write({{"41", an_id}, false}, first);
  EXPECT_TRUE(std::holds_alternative<InvalidCursor>(cursors_of("log.1").read(cursor, request(issues(), ""))));
  EXPECT_TRUE(std::holds_alternative<Place>(cursors_of("log.1").read(cursor, first)));
}

}  // namespace
}  // namespace daybook::query::test::condition_test
