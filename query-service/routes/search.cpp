#include "projector/read_models/search.hpp"
#include "query-service/core/resource_routes.hpp"
#include "query-service/routes/common.hpp"

namespace daybook::query {
namespace {

enum class Searchable { issue, comment, document, time_entry, skill, template_, project, sprint, agent, execution, workflow, blueprint };
BOOST_DESCRIBE_ENUM(Searchable, issue, comment, document, time_entry, skill, template_, project, sprint, agent, execution, workflow, blueprint)

// What was found in one thing; its id is that one's.
struct SearchResultRow {
  events::EntityId id{};
  events::WorkspaceId workspace_id{};
  Searchable entity_type{};
  events::EntityId entity_id{};
  std::optional<events::IssueId> issue_id;
  std::optional<events::ProjectId> project_id;
  std::optional<events::UserId> owner_id;
  std::optional<std::string> identifier;
  std::string title;
  std::string excerpt;
  double rank = 0;
  std::optional<text::Instant> deleted_at;
  events::LongText content;
  projector::SearchMetadata metadata;
  text::Instant created_at{};
  text::Instant updated_at{};
};
BOOST_DESCRIBE_STRUCT(SearchResultRow, (),
                      (id, workspace_id, entity_type, entity_id, issue_id, project_id, owner_id, identifier, title, excerpt, rank, deleted_at,
                       content, metadata, created_at, updated_at))

// Words by their index, then the issue that is named by identifier: 2 is more than any rank of words, which is 1 at most. A
// rank is rounded, so that a cursor holds it whole. PostgreSQL makes the excerpts of a page after it has sorted and cut it. What was
// searched is as long as a page of results bears.
constexpr std::string_view found_sql =
    "SELECT h.id, h.workspace_id, h.entity_type, h.id AS entity_id, h.issue_id, COALESCE(i.project_id, h.project_id) AS project_id, h.owner_id,"
    " i.identifier, h.title,"
    " ts_headline('simple', left(h.text, 4096), websearch_to_tsquery('simple', $value),"
    " 'StartSel=<mark>, StopSel=</mark>, MaxFragments=2, MaxWords=24, MinWords=8') AS excerpt, h.rank,"
    " CASE h.entity_type WHEN 'issue' THEN i.deleted_at WHEN 'comment' THEN c.deleted_at WHEN 'project' THEN p.deleted_at"
    " ELSE h.deleted_at END AS deleted_at,"
    " left(concat_ws(E'\\n', nullif(h.title, ''), nullif(h.text, '')), 16384) AS content, h.metadata, h.created_at, h.updated_at"
    " FROM (SELECT s.*,"
    " round(ts_rank(s.tsv, websearch_to_tsquery('simple', $value))::numeric, 6)::double precision AS rank FROM $schema.search s"
    " WHERE s.tsv @@ websearch_to_tsquery('simple', $value)"
    " AND NOT EXISTS (SELECT FROM $schema.issues n WHERE n.id = s.id AND n.identifier = upper($value))"
    " UNION ALL SELECT s.*, 2 FROM $schema.issues n"
    " JOIN $schema.search s ON s.id = n.id WHERE n.identifier = upper($value)) h"
    " LEFT JOIN $schema.issues i ON i.id = h.issue_id LEFT JOIN $schema.comments c ON c.id = h.id"
    " LEFT JOIN $schema.projects p ON p.id = h.id";

std::vector<api::Route> search_routes(const QueryContext& context) {
  const auto& resource = search();
  return {list_route(context, "search", "/api/v1/workspaces/{workspace}/search",
                     "Full text over issues, comments, documents, time entries, skills, templates, projects, sprints, agents, executions, workflows and blueprints, best first; an identifier such as ABC-12 leads.", resource,
                     Below::workspace, [&resource](const Query& query) {
                       return list_response(query, resource, {{resource.owner_column, query.viewer.workspace.text()}});
                     })};
}

}  // namespace

const Resource& search() {
  static const Resource resource{
      .what = "search",
      .title = "SearchResult",
      .source = found_sql,
      .row = &events::type_info<SearchResultRow>(),
      .filters = {{"q", "title", "Words, 1 to 1024 bytes; \"quoted\", or, -not.", FilterKind::of_source},
                  {"type", "entity_type", "issue, comment, document, time_entry, skill, template, project, sprint, agent, execution, workflow, blueprint, several by commas."},
                  {"project", "project_id", "In these projects; none for those in no project."},
                  {"issue", "issue_id", "These issues and what lies in them."}},
      .sorts = {"rank"},
      .default_sort = "-rank",
      .containers = {{"project_id", projects, "entity_id"}, {"issue_id", issues, "entity_id"}, of_owner("owner_id")},
      .references = {{"entity", "entity_id", {{"issue", issues}, {"comment", comments}, {"document", documents}, {"time_entry", time_entries}, {"skill", skills}, {"template", templates},
                       {"project", projects}, {"sprint", sprints}, {"agent", agents}, {"execution", executions}, {"workflow", workflows}, {"blueprint", blueprints}}, "entity_type"},
                     {"issue", "issue_id", {{"", issues}}},
                     {"project", "project_id", {{"", projects}}}},
      .more = search_routes};
  return resource;
}

}  // namespace daybook::query
