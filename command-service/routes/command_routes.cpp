// Paths of the commands. Which command a path carries, and which part of the path names its target, is all that stands here.
#include <algorithm>

#include "command-service/routes/problem.hpp"
#include "command-service/routes/routes.hpp"
#include "command-service/routes/send.hpp"

namespace daybook::routes {
namespace {

struct Path {
  std::string_view method;
  std::string_view path;
  std::string_view command;                 // type of the command
  std::string_view target = "";             // path parameter that names the thing; none for a new one
  std::string_view into = "";               // path parameter that goes into the body, under the name below
  std::string_view member = "";
};

#define W "/api/v1/workspaces/{workspace}"
constexpr Path paths[] = {
    {"PATCH", W, "workspace.change"},
    {"DELETE", W, "workspace.delete"},
    {"POST", W "/restore", "workspace.restore"},
    {"POST", W "/transfer-ownership", "workspace.transfer_ownership"},
    {"POST", W "/leave", "workspace.leave"},
    {"POST", W "/members", "member.add"},
    {"PATCH", W "/members/{member}", "member.change_role", "member"},
    {"DELETE", W "/members/{member}", "member.remove", "member"},
    {"POST", W "/labels", "label.define"},
    {"PATCH", W "/labels/{label}", "label.change", "label"},
    {"DELETE", W "/labels/{label}", "label.delete", "label"},
    {"POST", W "/labels/{label}/restore", "label.restore", "label"},
    {"POST", W "/projects", "project.create"},
    {"PATCH", W "/projects/{project}", "project.change", "project"},
    {"DELETE", W "/projects/{project}", "project.delete", "project"},
    {"POST", W "/projects/{project}/restore", "project.restore", "project"},
    {"POST", W "/projects/{project}/archive", "project.archive", "project"},
    {"POST", W "/projects/{project}/unarchive", "project.unarchive", "project"},
    {"POST", W "/issues", "issue.open"},
    {"PATCH", W "/issues/{issue}", "issue.change", "issue"},
    {"DELETE", W "/issues/{issue}", "issue.delete", "issue"},
    {"POST", W "/issues/{issue}/restore", "issue.restore", "issue"},
    {"POST", W "/issues/{issue}/assign", "issue.assign", "issue"},
    {"POST", W "/issues/{issue}/unassign", "issue.unassign", "issue"},
    {"POST", W "/issues/{issue}/move", "issue.move", "issue"},
    {"POST", W "/issues/{issue}/labels", "issue.attach_label", "issue"},
    {"POST", W "/issues/{issue}/labels/{label}", "issue.attach_label", "issue", "label", "label_id"},
    {"DELETE", W "/issues/{issue}/labels/{label}", "issue.detach_label", "issue", "label", "label_id"},
    {"POST", W "/issues/{issue}/dependencies", "issue.add_dependency", "issue"},
    {"DELETE", W "/issues/{issue}/dependencies/{dependency}", "issue.remove_dependency", "issue", "dependency", "dependency_id"},
    {"POST", W "/issues/{issue}/comments", "comment.post", "issue"},
    {"PATCH", W "/comments/{comment}", "comment.edit", "comment"},
    {"DELETE", W "/comments/{comment}", "comment.delete", "comment"},
    {"POST", W "/comments/{comment}/restore", "comment.restore", "comment"},
    {"POST", W "/agents", "agent.register"},
    {"PATCH", W "/agents/{agent}", "agent.change", "agent"},
    {"DELETE", W "/agents/{agent}", "agent.retire", "agent"},
    {"POST", W "/agents/{agent}/restore", "agent.restore", "agent"},
};
#undef W

// `{"a":1}` and a member for it: `{"label_id":"…","a":1}`. Naming it twice is a repeated key, which the reader refuses.
std::string with_member(std::string body, std::string_view name, std::string_view value) {
  const auto open = body.find('{');
  if (open == body.npos) return body;
  std::string member = "\"" + std::string(name) + "\":";
  events::write_json_string(value, member);
  const auto rest = body.find_first_not_of(" \t\r\n", open + 1);
  if (rest != body.npos && body[rest] != '}') member += ',';
  return body.insert(open + 1, member);
}

std::string operation_id(const Path& path, const CommandKind& kind) {
  std::string id;
  bool upper = false;
  for (const char c : kind.type) {
    if (c == '.' || c == '_') upper = true;
    else {
      id += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
      upper = false;
    }
  }
  return path.into.empty() || path.method == "DELETE" ? id : id + "ByPath";
}

void carry(const CommandTools& tools, const Path& path, const CommandKind& kind, api::CallPtr call, api::Respond respond) {
  auto terms = read_terms(tools, *call);
  if (!terms) return respond(api::respond_problem(*call, problem_of(terms.error())));
  Submission sent{};
  sent.principal = *call->principal;
  sent.workspace = call->path_parameter("workspace");
  sent.target = path.target.empty() ? "" : std::string(call->path_parameter(path.target));
  sent.if_version = terms->if_version;
  sent.body = call->request.body.empty() ? "{}" : call->request.body;
  if (!path.into.empty()) sent.body = with_member(std::move(sent.body), path.member, call->path_parameter(path.into));
  auto prepared = kind.prepare(sent, *tools.ids);
  if (!prepared) return respond(api::respond_problem(*call, problem_of(prepared.error())));
  auto location = call->request.path;
  if (!path.into.empty()) location.resize(location.rfind('/'));
  while (!location.empty() && location.back() == '/') location.pop_back();
  send(tools, std::move(call), std::move(respond), std::move(*prepared), std::move(*terms), kind.render, std::move(location));
}

}  // namespace

std::vector<api::Route> command_routes(const CommandTools& tools) {
  // The strings that routes view live as long as the program.
  static const auto operation_ids = [] {
    std::vector<std::string> ids;
    for (const auto& path : paths) ids.push_back(operation_id(path, command_kinds().at(path.command)));
    return ids;
  }();
  std::vector<api::Route> routes;
  for (const auto& path : paths) {
    const auto& kind = command_kinds().at(path.command);
    api::Route route{};
    route.id = operation_ids[routes.size()];
    route.method = path.method;
    route.path = path.path;
    route.summary = kind.type;
    route.tag = kind.type.substr(0, kind.type.find('.'));
    route.permission = kind.permission;
    route.body = path.method == "DELETE" || !path.into.empty() ? nullptr : kind.body;
    route.status = kind.status;
    route.handler = [&tools, &path, &kind](api::CallPtr call, api::Respond respond) { carry(tools, path, kind, std::move(call), std::move(respond)); };
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace daybook::routes
