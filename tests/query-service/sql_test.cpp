#include <gmock/gmock.h>

#include "query-service/core/sums.hpp"
#include "tests/query-service/requests.hpp"

namespace daybook::query::test {

struct Sum {
  std::optional<events::ProjectId> project_id;
  std::optional<std::string> model;
  std::string currency;
  events::Decimal cost;
};
BOOST_DESCRIBE_STRUCT(Sum, (), (project_id, model, currency, cost))

namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

SqlQuery sql(const ListRequest& wanted, std::string_view schema = "read_g1") {
  return list_sql(wanted, columns_for(wanted.shown), sight(schema));
}

SqlQuery sql(const Resource& spec, const std::string& query) { return sql(request(spec, query)); }

SqlQuery sql_at(const Resource& spec, const std::string& query, Place place) {
  auto wanted = request(spec, query);
  wanted.place = std::move(place);
  return sql(wanted);
}

TEST(ListSql, OfLabelsIsOneSelectInTheWorkspace) {
  const auto query = sql(labels(), "");
  EXPECT_EQ(query.sql,
            "SELECT t.version, t.born, t.changed, t.created_at, t.updated_at, t.id, t.workspace_id, t.name, "
            "t.color, t.description, t.deleted_at, t.id::text FROM read_g1.labels t WHERE true "
            "AND t.workspace_id = $1::uuid AND t.deleted_at IS NULL "
            "ORDER BY t.name COLLATE \"C\", t.id LIMIT 51");
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace));
}

TEST(ListSql, AsksForOneRowMoreThanThePage) {
  EXPECT_THAT(sql(labels(), "limit=7").sql, EndsWith(" LIMIT 8"));
}

TEST(ListSql, HidesIssuesOfDeletedProjects) {
  EXPECT_THAT(sql(issues(), "").sql,
              HasSubstr("(t.project_id IS NULL OR EXISTS (SELECT FROM read_g1.projects t_project_id WHERE "
                        "t_project_id.id = t.project_id AND t_project_id.deleted_at IS NULL AND "));
}

TEST(ListSql, HidesWhatBelongsAloneToSomebodyWhoIsDeletedAndWhatLiesInIt) {
  const auto there = [](const std::string& owner, const std::string& alias) {
    return "EXISTS (SELECT FROM read_g1.users " + alias + " WHERE " + alias + ".id = " + owner + " AND " + alias + ".deleted_at IS NULL))";
  };
  EXPECT_THAT(sql(projects(), "").sql, HasSubstr("(t.owner_id IS NULL OR " + there("t.owner_id", "t_owner_id")));
  EXPECT_THAT(sql(issues(), "").sql, HasSubstr("(t_project_id.owner_id IS NULL OR " + there("t_project_id.owner_id", "t_project_id_owner_id")));
  EXPECT_THAT(sql(activity(), "").sql, HasSubstr("(t.owner_id IS NULL OR " + there("t.owner_id", "t_owner_id")));
  EXPECT_THAT(sql(search(), "q=words").sql, HasSubstr("(t.owner_id IS NULL OR " + there("t.owner_id", "t_owner_id")));
}

TEST(ListSql, WhatAnAgentMadeBelongsToNobodyAlone) {
  for (const auto of : {skills, templates, listed_skills, listed_templates}) {
    auto wanted = request(of(), "");
    wanted.scope = {};
    EXPECT_THAT(sql(wanted).sql, HasSubstr("(t.author_id IS NULL OR t.author_type <> 'user' OR EXISTS (SELECT FROM read_g1.users t_author_id WHERE "))
        << of().title;
  }
  EXPECT_THAT(sql(automations(), "").sql, HasSubstr("(t.created_by_id IS NULL OR t.created_by_type <> 'user' OR EXISTS "));
}

TEST(ListSql, HidesCommentsOfIssuesThatAreThemselvesHidden) {
  EXPECT_THAT(
      sql(comments(), "").sql,
      HasSubstr("(EXISTS (SELECT FROM read_g1.issues t_issue_id WHERE t_issue_id.id = t.issue_id AND "
                "t_issue_id.deleted_at IS NULL AND (t_issue_id.project_id IS NULL OR EXISTS (SELECT FROM "
                "read_g1.projects t_issue_id_project_id WHERE t_issue_id_project_id.id = "
                "t_issue_id.project_id AND t_issue_id_project_id.deleted_at IS NULL AND "));
}

SqlQuery sql_for_a_member(const Resource& spec, const std::string& query) {
  const auto wanted = request(spec, query);
  return list_sql(wanted, columns_for(wanted.shown), sight("read_g1", a_member));
}

TEST(ListSql, HidesPrivateProjectsAndWhatLiesInThemFromWhoIsNotInThem) {
  const auto let_in = [](const std::string& alias) {
    return alias + ".visibility <> 'private' OR " + alias + ".owner_id = $2::uuid OR (EXISTS (SELECT FROM read_g1.project_members " + alias +
           "_people WHERE " + alias + "_people.project_id = " + alias + ".id AND " + alias + "_people.user_id = $2::uuid))";
  };
  EXPECT_THAT(sql_for_a_member(issues(), "").sql, HasSubstr(let_in("t_project_id")));
  EXPECT_THAT(sql_for_a_member(comments(), "").sql, HasSubstr(let_in("t_issue_id_project_id")));
  for (const auto of : {issues, comments, dependencies, label_links, activity, project_members})
    EXPECT_THAT(sql_for_a_member(of(), "").sql, HasSubstr("visibility <> 'private'")) << of().what;
  EXPECT_THAT(sql_for_a_member(projects(), "").sql, HasSubstr("(t.visibility <> 'private' OR t.owner_id = $2::uuid OR "));
}

TEST(ListSql, AsksNothingOfPrivacyForWhoSeesAll) {
  for (const auto of : all_resources())
    if (!of().path.empty() && of().owner_column == "workspace_id") {
      EXPECT_THAT(sql(of(), "").sql, Not(HasSubstr("'private'"))) << of().what;
    }
}

TEST(ListSql, HidesWhatIsSaidOfAPrivateThingItself) {
  EXPECT_THAT(sql_for_a_member(activity(), "").sql,
              HasSubstr("t.entity_id = t.project_id AND EXISTS (SELECT FROM read_g1.projects t_project_id WHERE t_project_id.id = t.project_id "
                        "AND (t_project_id.visibility <> 'private' OR "));
  EXPECT_THAT(sql_for_a_member(activity(), "").sql,
              HasSubstr("t.entity_id = t.issue_id AND EXISTS (SELECT FROM read_g1.issues t_issue_id WHERE t_issue_id.id = t.issue_id "
                        "AND (t_issue_id.project_id IS NULL OR EXISTS (SELECT FROM read_g1.projects "));
}

// Somebody who asks for what is their own, in whichever workspace.
const Viewer oneself_alone{events::UserId{}, events::WorkspaceId{}, ""};

TEST(ListSql, WhatIsOnesOwnIsThereWhileOneIsAMemberAndMaySeeWhatItIsAbout) {
  auto wanted = request(notifications(), "");
  wanted.scope = {{"user_id", a_workspace}};
  const auto text = list_sql(wanted, columns_for(wanted.shown), sight("read_g1", oneself_alone)).sql;
  EXPECT_THAT(text, HasSubstr("(EXISTS (SELECT FROM read_g1.members t_user_id WHERE t_user_id.user_id = t.user_id AND t_user_id.workspace_id = t.workspace_id))"));
  EXPECT_THAT(text, HasSubstr("(EXISTS (SELECT FROM read_g1.workspaces t_workspace_id WHERE t_workspace_id.id = t.workspace_id AND t_workspace_id.deleted_at IS NULL))"));
  EXPECT_THAT(text, HasSubstr("t_related_issue_id.deleted_at IS NULL"));
  EXPECT_THAT(text, HasSubstr("t_related_comment_id.deleted_at IS NULL"));
}

TEST(ListSql, OutsideOfAnyWorkspaceAnAdminSeesWhatIsPrivateInTheirs) {
  auto wanted = request(notifications(), "");
  wanted.scope = {{"user_id", a_workspace}};
  const auto text = list_sql(wanted, columns_for(wanted.shown), sight("read_g1", oneself_alone)).sql;
  EXPECT_THAT(text, HasSubstr(" OR EXISTS (SELECT FROM read_g1.members m WHERE m.workspace_id = t_related_project_id.workspace_id AND m.user_id = $2::uuid AND "
                              "m.role IN ('owner', 'admin')))"));
}

TEST(ListSql, OutsideOfAnyWorkspaceThingsAreThoseOfOnesWorkspaces) {
  const Shown shown = brief_of(issues());
  const auto text = by_ids_sql(issues(), columns_for(shown), sight("read_g1", oneself_alone), a_workspace, {an_id}).sql;
  EXPECT_THAT(text, HasSubstr(" WHERE EXISTS (SELECT FROM read_g1.members m WHERE m.workspace_id = t.workspace_id AND m.user_id = $2::uuid)"));
}

TEST(ListSql, OutsideOfAnyWorkspaceThingsAreThoseOfAllToASuperuser) {
  const Viewer superuser{events::UserId{}, events::WorkspaceId{}, "", true};
  const Shown shown = brief_of(issues());
  const auto text = by_ids_sql(issues(), columns_for(shown), sight("read_g1", superuser), a_workspace, {an_id}).sql;
  EXPECT_THAT(text, HasSubstr(" WHERE true AND (t.project_id IS NULL OR "));
  EXPECT_THAT(text, Not(HasSubstr("'private'")));
}

TEST(OneSql, CountsOnlyWhatTheCallerMaySee) {
  const Shown shown = all_of(oneself());
  const auto text = one_sql(oneself(), columns_for(shown), sight("read_g1", oneself_alone), Deleted::exclude, "t.id = $1::uuid", {an_id}).sql;
  EXPECT_THAT(text, HasSubstr("(SELECT count(*) FROM read_g1.notifications n WHERE n.user_id = t.id AND NOT n.is_read AND n.deleted_at IS NULL AND ("));
  EXPECT_THAT(text, HasSubstr("read_g1.members n_user_id WHERE n_user_id.user_id = n.user_id AND n_user_id.workspace_id = n.workspace_id"));
}

TEST(ListSql, AFieldOfTheCallersOwnIsAskedForThem) {
  const auto query = sql(projects(), "favorite=true&fields=name,is_favorite");
  EXPECT_THAT(query.sql, StartsWith("SELECT t.name, (EXISTS (SELECT FROM read_g1.project_stars t_people WHERE t_people.project_id = t.id AND "
                                    "t_people.user_id = $2::uuid)), t.id::text FROM"));
  EXPECT_THAT(query.sql, HasSubstr("t_people.user_id = $2::uuid)) = ANY($3::boolean[])"));
  EXPECT_THAT(query.sql, Not(HasSubstr("t.is_favorite")));
}

TEST(ListSql, KeepsWhatIsSaidOfADeletedThingItself) {
  EXPECT_THAT(sql(activity(), "").sql,
              HasSubstr("(t.project_id IS NULL OR t.entity_id = t.project_id AND EXISTS (SELECT FROM read_g1.projects t_project_id WHERE "
                        "t_project_id.id = t.project_id AND (t_project_id.owner_id IS NULL OR EXISTS (SELECT FROM read_g1.users "));
}

TEST(ListSql, ReadsOnlyTheFieldsThatAreAskedFor) {
  EXPECT_THAT(sql(issues(), "fields=title,number").sql,
              StartsWith("SELECT t.number, t.title, t.id::text FROM "));
}

TEST(ListSql, ReadsTheKeysThatAnExpansionLooksAt) {
  EXPECT_THAT(sql(comments(), "fields=content&expand=author").sql,
              StartsWith("SELECT t.content, t.id::text, t.author_id::text, t.author_type::text FROM "));
}

TEST(ListSql, ShowsDeletedRowsOnlyWhenAsked) {
  EXPECT_THAT(sql(labels(), "deleted=exclude").sql, HasSubstr("AND t.deleted_at IS NULL"));
  EXPECT_THAT(sql(labels(), "deleted=only").sql, HasSubstr("AND t.deleted_at IS NOT NULL"));
  EXPECT_THAT(sql(labels(), "deleted=include").sql, Not(HasSubstr("deleted_at IS")));
}

TEST(ListSql, ReadsWhatPointsAtSomethingGoneAsNull) {
  const auto text = sql(issues(), "").sql;
  EXPECT_THAT(
      text,
      HasSubstr("(SELECT r.id FROM read_g1.issues r WHERE r.id = t.parent_id AND r.deleted_at IS NULL"));
  EXPECT_THAT(text, Not(HasSubstr("$schema")));
}

struct FilterCase {
  const char* name;
  const Resource& (*spec)();
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
        FilterCase{"Word", issues, "status=todo", "t.status = ANY($2::text[])", {"{todo}"}},
        FilterCase{"Words", issues, "status=todo,done", "t.status = ANY($2::text[])", {"{todo,done}"}},
        FilterCase{"Id", comments, "author=" + an_id, "t.author_id = ANY($2::uuid[])", {"{" + an_id + "}"}},
        FilterCase{"Ids",
                   comments,
                   "author=" + an_id + "," + another_id,
                   "t.author_id = ANY($2::uuid[])",
                   {"{" + an_id + "," + another_id + "}"}},
        FilterCase{"NoId", issues, "project=none", "t.project_id IS NULL", {}},
        FilterCase{"Text", labels, "name=it%27s", "t.name = $2::text", {"it's"}},
        FilterCase{"Since",
                   issues,
                   "created_after=2026-01-01T00:00:00%2B01:00",
                   "t.created_at > $2::timestamptz",
                   {"2025-12-31T23:00:00.000000Z"}},
        FilterCase{"Until",
                   issues,
                   "due_before=2026-01-01T00:00:00Z",
                   "t.due_at < $2::timestamptz",
                   {"2026-01-01T00:00:00.000000Z"}},
        FilterCase{"FullText",
                   issues,
                   "q=rain+%22roof%22",
                   "(EXISTS (SELECT FROM read_g1.search s WHERE s.entity_id = t.id AND s.tsv @@ "
                   "websearch_to_tsquery('simple', $2::text)))",
                   {"rain \"roof\""}},
        FilterCase{"Label",
                   issues,
                   "label=Wet",
                   "(EXISTS (SELECT FROM read_g1.issue_labels l JOIN read_g1.labels d ON d.id = l.label_id "
                   "AND d.deleted_at IS NULL",
                   {"Wet"}}),
    [](const auto& info) { return info.param.name; });

TEST(ListSql, TakesAFlagAsABoolean) {
  static const Filter flag{"personal", "is_personal", ""};
  auto wanted = request(workspaces(), "");
  wanted.scope = {{"id", a_workspace}};
  wanted.filters.emplace_back(&flag, "true");
  const auto query = sql(wanted);
  EXPECT_THAT(query.sql, HasSubstr(" AND t.is_personal = ANY($2::boolean[])"));
  EXPECT_EQ(query.parameters.back(), "{true}");
}

TEST(ListSql, AsksForEveryLabelThatIsRepeated) {
  const auto query = sql(issues(), "label=wet&label=cold");
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, "wet", "cold"));
}

TEST(ListSql, NeverHoldsWhatTheCallerSent) {
  const auto query = sql(labels(), "name=x%27%3B+DROP+TABLE+labels--");
  EXPECT_THAT(query.sql, Not(HasSubstr("DROP")));
  EXPECT_EQ(query.parameters.back(), "x'; DROP TABLE labels--");
}

// Rows are compared as rows, so that an index finds the place however far the walk has come.
TEST(Keyset, GoesOnAfterAnAscendingKey) {
  const auto query = sql_at(issues(), "sort=number", {{"41", an_id}, false});
  EXPECT_THAT(query.sql,
              HasSubstr(" AND (t.number, t.id) > ($2::bigint, $3::uuid) ORDER BY t.number, t.id LIMIT"));
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, "41", an_id));
}

TEST(Keyset, GoesBackBeforeAnAscendingKey) {
  EXPECT_THAT(
      sql_at(issues(), "sort=number", {{"41", an_id}, true}).sql,
      HasSubstr(" AND (t.number, t.id) < ($2::bigint, $3::uuid) ORDER BY t.number DESC, t.id DESC LIMIT"));
}

TEST(Keyset, GoesOnAfterADescendingKey) {
  EXPECT_THAT(
      sql_at(issues(), "sort=-number", {{"41", an_id}, false}).sql,
      HasSubstr(" AND (t.number, t.id) < ($2::bigint, $3::uuid) ORDER BY t.number DESC, t.id DESC LIMIT"));
}

TEST(Keyset, GoesBackBeforeADescendingKey) {
  EXPECT_THAT(sql_at(issues(), "sort=-number", {{"41", an_id}, true}).sql,
              HasSubstr(" AND (t.number, t.id) > ($2::bigint, $3::uuid) ORDER BY t.number, t.id LIMIT"));
}

// Unset values come last forwards, whatever the direction of the key, and first backwards: a flag before the
// key.
TEST(Keyset, GoesOnFromASetValueIntoTheUnsetOnes) {
  const auto place = Place{{"2026-01-01 00:00:00+00", an_id}, false};
  EXPECT_THAT(
      sql_at(issues(), "sort=due_at", place).sql,
      HasSubstr("(((t.due_at IS NULL)::int), t.due_at, t.id) > (0, $2::timestamptz, $3::uuid) ORDER BY "
                "((t.due_at IS NULL)::int), t.due_at, t.id LIMIT"));
  EXPECT_THAT(
      sql_at(issues(), "sort=-due_at", place).sql,
      HasSubstr("(((t.due_at IS NOT NULL)::int), t.due_at, t.id) < (1, $2::timestamptz, $3::uuid) ORDER BY "
                "((t.due_at IS NOT NULL)::int) DESC, t.due_at DESC, t.id DESC LIMIT"));
}

TEST(Keyset, GoesOnAmongTheUnsetOnes) {
  const auto query = sql_at(issues(), "sort=due_at", {{std::nullopt, an_id}, false});
  EXPECT_THAT(
      query.sql,
      HasSubstr(" AND (((t.due_at IS NULL)::int) = 1 AND t.due_at IS NULL AND t.id > $2::uuid) ORDER"));
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, an_id));
}

TEST(Keyset, GoesBackFromTheUnsetOnesIntoTheSetOnes) {
  EXPECT_THAT(sql_at(issues(), "sort=due_at", {{std::nullopt, an_id}, true}).sql,
              HasSubstr("(t.due_at IS NOT NULL OR (((t.due_at IS NULL)::int) = 1 AND t.due_at IS NULL AND "
                        "t.id < $2::uuid))"));
}

TEST(Keyset, NestsKeysOfBothDirections) {
  const auto query = sql_at(issues(), "sort=priority,-number", {{"high", "41", an_id}, false});
  EXPECT_THAT(query.sql,
              HasSubstr("(t.priority COLLATE \"C\" > $2::text OR (t.priority COLLATE \"C\" = $2::text AND "
                        "(t.number < $3::bigint OR (t.number = $3::bigint AND t.id < $4::uuid))))"));
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, "high", "41", an_id));
}

TEST(CountSql, CountsUnderTheSameConditionsWithoutThePlace) {
  auto wanted = request(issues(), "status=todo&sort=number&count=exact");
  wanted.place = Place{{"41", an_id}, false};
  const auto query = count_sql(wanted, sight());
  EXPECT_THAT(query.sql,
              StartsWith("SELECT count(*) FROM read_g1.issues t WHERE true AND t.workspace_id = $1::uuid"));
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, "{todo}"));
}

TEST(OneSql, ReadsOneRowUnderTheSameVisibility) {
  const auto query = one_sql(comments(), {{}, {"id"}}, sight(), Deleted::exclude,
                             "t.workspace_id = $1::uuid AND t.id = $2::uuid", {a_workspace, an_id});
  EXPECT_THAT(query.sql, HasSubstr("t.workspace_id = $1::uuid AND t.id = $2::uuid"));
  EXPECT_THAT(query.sql, HasSubstr("t_issue_id.deleted_at IS NULL"));
  EXPECT_THAT(query.sql, HasSubstr("AND t.deleted_at IS NULL AND "));
  EXPECT_THAT(query.parameters, ElementsAre(a_workspace, an_id));
}

TEST(ScopeSql, StandsInPlaceOfTheColumn) {
  auto wanted = request(workspaces(), "");
  wanted.scope = {
      {"id", an_id,
       "EXISTS (SELECT FROM $schema.members m WHERE m.workspace_id = t.id AND m.user_id = $value)"}};
  const auto query = sql(wanted, "read_g7");
  EXPECT_THAT(
      query.sql,
      HasSubstr(
          "(EXISTS (SELECT FROM read_g7.members m WHERE m.workspace_id = t.id AND m.user_id = $1::uuid))"));
}

TEST(SumsSql, AddUpWhatTheListWouldShowAndNothingElse) {
  const auto wanted = request(costs(), "agent=" + an_id);
  const auto query = sums_sql(wanted, {&events::type_info<Sum>(), {"project_id", "currency"}, 10}, sight("read_g1", a_member));
  EXPECT_THAT(query.sql, StartsWith("SELECT t.project_id, NULL, t.currency, sum(t.cost)::bigint FROM (SELECT c.id, "));
  EXPECT_THAT(query.sql, EndsWith(" GROUP BY t.project_id, t.currency ORDER BY t.project_id, t.currency COLLATE \"C\" LIMIT 11"));
  EXPECT_THAT(query.sql, HasSubstr("t_project_id.deleted_at IS NULL AND (t_project_id.visibility <> 'private'"));
  EXPECT_THAT(query.sql, HasSubstr("t_issue_id.deleted_at IS NULL"));
  EXPECT_THAT(query.parameters, testing::Contains("{" + an_id + "}"));
}

}  // namespace
}  // namespace daybook::query::test
