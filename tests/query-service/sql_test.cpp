#include <gmock/gmock.h>

#include "tests/query-service/requests.hpp"

namespace daybook::query::test {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

SqlQuery sql(const ListSpec& spec, const std::string& query) {
  return list_sql(request(spec, query), "read_g1");
}

SqlQuery sql_at(const ListSpec& spec, const std::string& query, Place place) {
  auto wanted = request(spec, query);
  wanted.place = std::move(place);
  return list_sql(wanted, "read_g1");
}

TEST(ListSql, OfLabelsIsOneSelectInTheWorkspace) {
  const auto query = sql(tables::labels(), "");
  EXPECT_EQ(query.sql,
            "SELECT t.version AS version, t.born AS born, t.changed AS changed, t.created_at AS created_at, "
            "t.updated_at AS updated_at, t.id AS id, "
            "t.workspace_id AS workspace_id, t.name AS name, t.color AS color, t.description AS description, "
            "t.deleted_at AS deleted_at, "
            "(t.name)::text, t.id::text FROM read_g1.labels t WHERE true AND t.workspace_id = $1::uuid AND "
            "t.deleted_at IS NULL "
            "ORDER BY t.name COLLATE \"C\" ASC NULLS LAST, t.id ASC LIMIT 51");
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace));
}

TEST(ListSql, AsksForOneRowMoreThanThePage) {
  EXPECT_THAT(sql(tables::labels(), "limit=7").sql, EndsWith(" LIMIT 8"));
}

TEST(ListSql, HidesIssuesOfDeletedProjects) {
  EXPECT_THAT(sql(tables::issues(), "").sql,
              HasSubstr("(t.project_id IS NULL OR EXISTS (SELECT FROM read_g1.projects c_project_id WHERE "
                        "c_project_id.id = t.project_id AND "
                        "c_project_id.deleted_at IS NULL))"));
}

TEST(ListSql, HidesCommentsOfIssuesThatAreThemselvesHidden) {
  const auto text = sql(tables::comments(), "").sql;
  EXPECT_THAT(text, HasSubstr("FROM read_g1.issues c_issue_id WHERE c_issue_id.id = t.issue_id AND "
                              "c_issue_id.deleted_at IS NULL"));
  EXPECT_THAT(
      text,
      HasSubstr("FROM read_g1.projects cp WHERE cp.id = c_issue_id.project_id AND cp.deleted_at IS NULL"));
}

TEST(ListSql, ShowsDeletedRowsOnlyWhenAsked) {
  EXPECT_THAT(sql(tables::labels(), "deleted=exclude").sql, HasSubstr("AND t.deleted_at IS NULL"));
  EXPECT_THAT(sql(tables::labels(), "deleted=only").sql, HasSubstr("AND t.deleted_at IS NOT NULL"));
  EXPECT_THAT(sql(tables::labels(), "deleted=include").sql, Not(HasSubstr("deleted_at IS")));
}

TEST(ListSql, ReadsWhatPointsAtSomethingGoneAsNull) {
  const auto text = sql(tables::issues(), "").sql;
  EXPECT_THAT(
      text,
      HasSubstr("(SELECT p.id FROM read_g1.issues p WHERE p.id = t.parent_id AND p.deleted_at IS NULL"));
  EXPECT_THAT(text, Not(HasSubstr("$schema")));
}

struct FilterCase {
  const char* name;
  const ListSpec& (*spec)();
  std::string query, condition;
  std::vector<std::string> parameters;
};

class ListFilter : public testing::TestWithParam<FilterCase> {};

TEST_P(ListFilter, BecomesAConditionWithBoundValues) {
  const auto query = sql(GetParam().spec(), GetParam().query);
  EXPECT_THAT(query.sql, HasSubstr(" AND " + GetParam().condition));
  std::vector<std::string> expected{a_workspace};
  expected.insert(expected.end(), GetParam().parameters.begin(), GetParam().parameters.end());
  EXPECT_EQ(query.parameters, expected);
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, ListFilter,
    testing::Values(
        FilterCase{"Word", tables::issues, "status=todo", "t.status = ANY($2::text[])", {"{todo}"}},
        FilterCase{
            "Words", tables::issues, "status=todo,done", "t.status = ANY($2::text[])", {"{todo,done}"}},
        FilterCase{
            "Id", tables::comments, "author=" + an_id, "t.author_id = ANY($2::uuid[])", {"{" + an_id + "}"}},
        FilterCase{"Ids",
                   tables::comments,
                   "author=" + an_id + "," + another_id,
                   "t.author_id = ANY($2::uuid[])",
                   {"{" + an_id + "," + another_id + "}"}},
        FilterCase{"NoId", tables::issues, "project=none", "t.project_id IS NULL", {}},
        FilterCase{"Text", tables::labels, "name=it%27s", "t.name = $2::text", {"it's"}},
        FilterCase{"Since",
                   tables::issues,
                   "created_after=2026-01-01T00:00:00%2B01:00",
                   "t.created_at > $2::timestamptz",
                   {"2025-12-31T23:00:00.000000Z"}},
        FilterCase{"Until",
                   tables::issues,
                   "due_before=2026-01-01T00:00:00Z",
                   "t.due_at < $2::timestamptz",
                   {"2026-01-01T00:00:00.000000Z"}},
        FilterCase{"FullText",
                   tables::issues,
                   "q=rain+%22roof%22",
                   "EXISTS (SELECT FROM read_g1.search s WHERE s.entity_id = t.id AND s.tsv @@ "
                   "websearch_to_tsquery('simple', $2::text))",
                   {"rain \"roof\""}},
        FilterCase{"Label",
                   tables::issues,
                   "label=Wet",
                   "EXISTS (SELECT FROM read_g1.issue_labels l JOIN read_g1.labels d ON d.id = l.label_id "
                   "AND d.deleted_at IS NULL",
                   {"Wet", "Wet"}}),
    [](const auto& info) { return info.param.name; });

TEST(ListSql, TakesAFlagAsABoolean) {
  static const Filter flag{"personal", "is_personal", FilterKind::flag, ""};
  auto wanted = request(tables::workspaces(), "");
  wanted.filters.emplace_back(&flag, "true");
  const auto query = list_sql(wanted, "read_g1");
  EXPECT_THAT(query.sql, HasSubstr(" AND t.is_personal = $2::boolean"));
  EXPECT_EQ(query.parameters.back(), "true");
}

TEST(ListSql, AsksForEveryLabelThatIsRepeated) {
  const auto query = sql(tables::issues(), "label=wet&label=cold");
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, "wet", "wet", "cold", "cold"));
}

TEST(ListSql, NeverHoldsWhatTheCallerSent) {
  const auto query = sql(tables::labels(), "name=x%27%3B+DROP+TABLE+labels--");
  EXPECT_THAT(query.sql, Not(HasSubstr("DROP")));
  EXPECT_EQ(query.parameters.back(), "x'; DROP TABLE labels--");
}

TEST(Keyset, GoesOnAfterAnAscendingKey) {
  const auto query = sql_at(tables::issues(), "sort=number", {{"41", an_id}, false});
  EXPECT_THAT(query.sql, HasSubstr(" AND ((t.number > $2::bigint OR (t.number = $2::bigint AND (t.id > "
                                   "$3::uuid)))) ORDER BY t.number ASC NULLS LAST, t.id ASC"));
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, "41", an_id));
}

TEST(Keyset, GoesBackBeforeAnAscendingKey) {
  const auto query = sql_at(tables::issues(), "sort=number", {{"41", an_id}, true});
  EXPECT_THAT(query.sql, HasSubstr(" AND ((t.number < $2::bigint OR (t.number = $2::bigint AND (t.id < "
                                   "$3::uuid)))) ORDER BY t.number DESC NULLS FIRST, t.id DESC"));
}

TEST(Keyset, GoesOnAfterADescendingKey) {
  const auto query = sql_at(tables::issues(), "sort=-number", {{"41", an_id}, false});
  EXPECT_THAT(query.sql,
              HasSubstr("(t.number < $2::bigint OR (t.number = $2::bigint AND (t.id > $3::uuid)))"));
  EXPECT_THAT(query.sql, HasSubstr("ORDER BY t.number DESC NULLS LAST, t.id ASC"));
}

TEST(Keyset, GoesBackBeforeADescendingKey) {
  const auto query = sql_at(tables::issues(), "sort=-number", {{"41", an_id}, true});
  EXPECT_THAT(query.sql,
              HasSubstr("(t.number > $2::bigint OR (t.number = $2::bigint AND (t.id < $3::uuid)))"));
  EXPECT_THAT(query.sql, HasSubstr("ORDER BY t.number ASC NULLS FIRST, t.id DESC"));
}

// Unset values come last forwards, whatever the direction of the key, and first backwards.
TEST(Keyset, GoesOnFromASetValueIntoTheUnsetOnes) {
  const auto place = Place{{"2026-01-01 00:00:00+00", an_id}, false};
  EXPECT_THAT(
      sql_at(tables::issues(), "sort=due_at", place).sql,
      HasSubstr("((t.due_at > $2::timestamptz OR t.due_at IS NULL) OR (t.due_at = $2::timestamptz AND"));
  EXPECT_THAT(
      sql_at(tables::issues(), "sort=-due_at", place).sql,
      HasSubstr("((t.due_at < $2::timestamptz OR t.due_at IS NULL) OR (t.due_at = $2::timestamptz AND"));
}

TEST(Keyset, GoesBackFromASetValueToSetOnesOnly) {
  const auto query = sql_at(tables::issues(), "sort=due_at", {{"2026-01-01 00:00:00+00", an_id}, true});
  EXPECT_THAT(
      query.sql,
      HasSubstr("(t.due_at < $2::timestamptz OR (t.due_at = $2::timestamptz AND (t.id < $3::uuid)))"));
}

TEST(Keyset, GoesOnAmongTheUnsetOnes) {
  const auto query = sql_at(tables::issues(), "sort=due_at", {{std::nullopt, an_id}, false});
  EXPECT_THAT(query.sql, HasSubstr(" AND ((t.due_at IS NULL AND (t.id > $2::uuid))) ORDER"));
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, an_id));
}

TEST(Keyset, GoesBackFromTheUnsetOnesIntoTheSetOnes) {
  const auto query = sql_at(tables::issues(), "sort=due_at", {{std::nullopt, an_id}, true});
  EXPECT_THAT(query.sql, HasSubstr("(t.due_at IS NOT NULL OR (t.due_at IS NULL AND (t.id < $2::uuid)))"));
}

TEST(Keyset, NestsSeveralKeys) {
  const auto query = sql_at(tables::issues(), "sort=priority,-number", {{"high", "41", an_id}, false});
  EXPECT_THAT(query.sql,
              HasSubstr("(t.priority COLLATE \"C\" > $2::text OR (t.priority COLLATE \"C\" = $2::text AND "
                        "((t.number < $3::bigint OR (t.number = $3::bigint AND (t.id > $4::uuid))))))"));
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, "high", "41", an_id));
}

TEST(CountSql, CountsUnderTheSameConditionsWithoutThePlace) {
  auto wanted = request(tables::issues(), "status=todo&sort=number&count=exact");
  wanted.place = Place{{"41", an_id}, false};
  const auto query = count_sql(wanted, "read_g1");
  EXPECT_THAT(query.sql,
              StartsWith("SELECT count(*) FROM read_g1.issues t WHERE true AND t.workspace_id = $1::uuid"));
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, "{todo}"));
}

TEST(OneSql, ReadsOneRowUnderTheSameVisibility) {
  const auto query =
      one_sql(tables::comments(), {{"workspace_id", a_workspace}, {"id", an_id}}, "read_g1", false);
  EXPECT_THAT(query.sql, HasSubstr("t.workspace_id = $1::uuid AND t.id = $2::uuid"));
  EXPECT_THAT(query.sql, HasSubstr("c_issue_id.deleted_at IS NULL"));
  EXPECT_THAT(query.sql, EndsWith("AND t.deleted_at IS NULL LIMIT 1"));
}

TEST(ScopeSql, StandsInPlaceOfTheColumn) {
  auto wanted = request(tables::workspaces(), "");
  wanted.scope = {
      {"id", an_id,
       "EXISTS (SELECT FROM $schema.members m WHERE m.workspace_id = t.id AND m.user_id = $value)"}};
  const auto query = list_sql(wanted, "read_g2");
  EXPECT_THAT(
      query.sql,
      HasSubstr(
          "(EXISTS (SELECT FROM read_g2.members m WHERE m.workspace_id = t.id AND m.user_id = $1::uuid))"));
}

}  // namespace
}  // namespace daybook::query::test
