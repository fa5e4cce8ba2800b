#include "platform/text/unicode.hpp"
#include "query-service/core/replies.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::query {

// One result, for OpenAPI: it is written by hand below, since no table has such rows.
struct SearchResult {
  std::string entity_type;
  events::EntityId entity_id{};
  events::IssueId issue_id{};
  std::optional<events::ProjectId> project_id;
  std::string identifier;
  std::string title;
  std::string excerpt;
  double rank = 0;
};
BOOST_DESCRIBE_STRUCT(SearchResult, (), (entity_type, entity_id, issue_id, project_id, identifier, title, excerpt, rank))

namespace {

constexpr std::size_t query_bytes_max = 1024;
constexpr std::size_t results_max = 50;

// Found in what the caller may see: the workspace's own, and not what lies in something deleted. An identifier such as
// ABC-12 comes first, whatever its rank.
std::string search_sql(const std::string& schema) {
  return "WITH q AS (SELECT websearch_to_tsquery('simple', $2::text) AS tsq)"
         " SELECT s.entity_type, s.entity_id, s.issue_id, i.project_id, s.title,"
         " ts_headline('simple', left(s.text, 4096), q.tsq, 'StartSel=<mark>, StopSel=</mark>, MaxFragments=2, MaxWords=24, "
         "MinWords=8') AS excerpt,"
         " round(ts_rank(s.tsv, q.tsq)::numeric, 6)::text AS rank, i.identifier,"
         " (i.identifier = upper($2::text) AND s.entity_type = 'issue') AS jump"
         " FROM " +
         schema + ".search s CROSS JOIN q JOIN " + schema +
         ".issues i ON i.id = s.issue_id AND i.deleted_at IS NULL"
         " WHERE s.workspace_id = $1::uuid AND (s.tsv @@ q.tsq OR (s.entity_type = 'issue' AND i.identifier = upper($2::text)))"
         " AND ($3::text = '' OR s.entity_type = ANY(string_to_array($3::text, ',')))"
         " AND (i.project_id IS NULL OR EXISTS (SELECT FROM " +
         schema +
         ".projects p WHERE p.id = i.project_id AND p.deleted_at IS NULL))"
         " ORDER BY jump DESC, ts_rank(s.tsv, q.tsq) DESC, s.entity_id LIMIT " +
         std::to_string(results_max);
}

void text_member(std::string& out, std::string_view name, std::optional<std::string_view> value) {
  out += out.back() == '{' ? "\"" : ",\"";
  out += name;
  out += "\":";
  if (value)
    events::write_json_string(*value, out);
  else
    out += "null";
}

std::string results_json(const pg::Result& rows) {
  std::string out = "{\"data\":[";
  for (int i = 0; i < rows.rows(); ++i) {
    if (i > 0) out += ',';
    out += '{';
    text_member(out, "entity_type", rows.get(i, 0));
    text_member(out, "entity_id", rows.get(i, 1));
    text_member(out, "issue_id", rows.get(i, 2));
    text_member(out, "project_id", rows.get(i, 3));
    text_member(out, "identifier", rows.get(i, 7));
    text_member(out, "title", rows.get(i, 4));
    text_member(out, "excerpt", rows.get(i, 5));
    out += ",\"rank\":" + rows.text(i, 6) + "}";
  }
  return out + "],\"page\":{\"next\":null,\"prev\":null,\"limit\":" + std::to_string(results_max) + "}}";
}

std::optional<api::Problem> refuse(const api::Call& call) {
  const auto words = call.parameter("q").value_or("");
  if (words.empty() || words.size() > query_bytes_max || !text::valid_utf8(words))
    return api::bad_parameter("q", "invalid", "Expected 1 to 1024 bytes of UTF-8 text.");
  const auto type = call.parameter("type").value_or("issue,comment");
  if (type != "issue" && type != "comment" && type != "issue,comment" && type != "comment,issue")
    return api::bad_parameter("type", "unknown-value", "Expected issue, comment or both.");
  return std::nullopt;
}

}  // namespace

std::vector<api::Route> search_routes(const QueryContext& context) {
  api::Route route{};
  route.id = "search";
  route.method = "GET";
  route.path = "/api/v1/workspaces/{workspace}/search";
  route.summary = "Full text over issues and comments, best first; an identifier such as ABC-12 leads.";
  route.tag = "search";
  route.permission = "workspace_read";
  route.reply = &events::type_info<SearchResult>();
  route.reply_fields = {"Daybook-Position", "Daybook-Log"};
  route.many = true;
  route.parameters = waiting_parameters();
  route.parameters.push_back({"q", "Words; \"quoted\", or, -not.", R"({"type":"string","minLength":1,"maxLength":1024})", false, true});
  route.parameters.push_back({"type", "issue, comment, or both by a comma."});
  route.handler = [&context](api::CallPtr call, api::Respond respond) {
    if (const auto problem = refuse(*call)) return respond(api::respond_problem(*call, *problem));
    serve(context, call, respond, Below::workspace, [](const Query& query) {
      const auto rows =
          query.connection.exec_prepared(search_sql(query.context.schema), pg::Params()
                                                                               .text(query.viewer.workspace.text())
                                                                               .text(*query.call.parameter("q"))
                                                                               .text(query.call.parameter("type").value_or("")));
      return content_response(query, results_json(rows));
    });
  };
  return {route};
}

}  // namespace daybook::query
