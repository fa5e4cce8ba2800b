#include "tests/compose/import/fake_api.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "tests/compose/import/import_test_harness.hpp"

namespace daybook::importer::testing {
namespace json = boost::json;
namespace {

constexpr std::size_t page_rows = 7;  // so few that every list has several pages

template <class T>
json::value or_null(const std::optional<T>& value) {
  if (!value) return nullptr;
  if constexpr (std::is_same_v<T, text::Instant>)
    return json::value(text::format_instant(*value));
  else
    return json::value(*value);
}

json::object issue_row(const std::string& id, const IssueView& view) {
  return {{"id", id},
          {"title", view.title},
          {"type", view.type},
          {"status", view.status},
          {"priority", view.priority},
          {"description", or_null(view.description)},
          {"acceptance_criteria", or_null(view.acceptance_criteria)},
          {"estimated_minutes", or_null(view.estimated_minutes)},
          {"due_at", or_null(view.due_at)},
          {"custom_fields", json::parse(view.custom_fields)},
          {"created_at", text::format_instant(view.created_at)},
          {"started_at", or_null(view.started_at)},
          {"completed_at", or_null(view.completed_at)},
          {"deleted_at", view.deleted ? json::value("2025-01-01T00:00:00Z") : json::value(nullptr)},
          {"parent_id", or_null(view.parent)}};
}

void add_rows(const std::string& list, const std::string& id, const IssueView& view, json::array& rows) {
  if (list == "issues") rows.push_back(issue_row(id, view));
  if (list == "issue-labels")
    for (const auto& label : view.labels)
      rows.push_back(json::object{{"issue_id", id}, {"label_id", "id of " + label}});
  if (list == "comments")
    for (const auto& [at, words] : view.comments)
      rows.push_back(
          json::object{{"issue_id", id}, {"content", words}, {"created_at", text::format_instant(at)}});
  if (list == "dependencies")
    for (const auto& words : view.dependencies) {
      const auto space = words.find(' ');
      rows.push_back(json::object{{"issue_id", id},
                                  {"dependency_type", words.substr(0, space)},
                                  {"depends_on_id", words.substr(space + 1)}});
    }
}

}  // namespace

FakeApi::FakeApi() {
  http::ServerOptions options;
  options.body_bytes_max = 8u << 20;
  server_ = std::make_unique<http::Server>(std::move(options));
  server_->start(
      [this](const http::Request& request, const http::Respond& respond) { respond(answer(request)); });
}
FakeApi::~FakeApi() = default;

std::string FakeApi::url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }

http::Response FakeApi::answer(const http::Request& request) {
  const auto root = "/api/v1/workspaces/" + workspace.text();
  if (request.header("Authorization") != "Bearer secret")
    return {.status = 401, .body = R"({"detail":"Sign in."})"};
  if (request.path == "/api/v1/workspaces/paint-shop")
    return {.body = R"({"id":")" + workspace.text() + R"("})"};
  if (request.path == root + "/commands") return bulk(request);
  if (request.method == "GET" && request.path.starts_with(root + "/"))
    return list(request, request.path.substr(root.size() + 1));
  return {.status = 404, .body = R"({"detail":"There is no such workspace."})"};
}

http::Response FakeApi::bulk(const http::Request& request) {
  ++bulks;
  const auto body = json::parse(request.body).get_object();
  const auto seq = body.at("source").at("seq").to_number<std::int64_t>();
  const std::string run(body.at("source").at("run").get_string());
  if (before_bulk)
    if (auto instead = before_bulk(seq)) return *instead;
  if (run == run_ && seq <= last_seq_)
    return {.body = R"({"items":[],"position":1,"already_imported":true})"};
  // All or nothing: a part is tried on a copy.
  auto copy = model_;
  const auto& commands = body.at("commands").get_array();
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const auto& sent = commands[i].get_object();
    const Command command{std::string(sent.at("type").get_string()),
                          *text::Uuid::parse(std::string(sent.at("id").get_string())),
                          *text::parse_instant(std::string(sent.at("occurred_at").get_string())),
                          json::serialize(sent.at("data")),
                          1,
                          0};
    if (const auto why = copy.carry(command); !why.empty())
      return {.status = 422,
              .body = R"({"detail":")" + why + R"(","errors":[{"pointer":"/commands/)" + std::to_string(i) +
                      R"(/data/x"}]})"};
  }
  model_ = std::move(copy);
  run_ = run;
  last_seq_ = seq;
  return {.body = R"({"items":[],"position":)" + std::to_string(seq * 10) + R"(,"already_imported":false})"};
}

http::Response FakeApi::list(const http::Request& request, const std::string& name) const {
  json::array rows;
  std::set<std::string> labels;
  for (const auto& [id, view] : model_.views()) {
    add_rows(name, id, view, rows);
    labels.insert(view.labels.begin(), view.labels.end());
  }
  if (name == "labels")
    for (const auto& label : labels) rows.push_back(json::object{{"id", "id of " + label}, {"name", label}});
  const auto cursor = request.parameter("cursor");
  const auto from = cursor ? std::min(std::stoul(std::string(*cursor)), rows.size()) : 0;
  const auto to = std::min(rows.size(), from + page_rows);
  json::object page{{"next", to < rows.size() ? json::value(std::to_string(to)) : json::value(nullptr)}};
  json::array data;
  for (auto i = from; i < to; ++i) data.push_back(rows[i]);
  return {.body = json::serialize(json::object{{"data", data}, {"page", page}})};
}

}  // namespace daybook::importer::testing
