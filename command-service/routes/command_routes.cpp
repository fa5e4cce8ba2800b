// The paths of the commands, as routes.
#include <algorithm>
#include <cctype>
#include <deque>

#include "command-service/routes/problem.hpp"
#include "command-service/routes/registry.hpp"
#include "command-service/routes/routes.hpp"
#include "command-service/routes/send.hpp"

namespace daybook::routes {
namespace {

// One path of a command, taken apart. Routes view its strings, so it lives as long as the program.
struct CommandPath {
  const Command* command{};
  std::string operation_id, method, path;
  std::vector<std::pair<std::string, std::string>> fills;   // path parameter → field of the body
  bool takes_body = false;
};

constexpr std::string_view everywhere = "/api/v1", in_workspace = "/api/v1/workspaces/{workspace}";

std::string capitalised(std::string_view word) {
  std::string out(word);
  if (!out.empty()) out.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(out.front())));
  return out;
}

// time_entry is TimeEntry.
std::string camel_case(std::string_view words) {
  std::string out;
  for (std::size_t at = 0; at <= words.size();) {
    const auto end = std::min(words.find('_', at), words.size());
    out += capitalised(words.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// issue.open is openIssue, issue.attach_label is attachIssueLabel.
std::string operation_id_of(std::string_view type) {
  const auto dot = type.find('.');
  const auto words = type.substr(dot + 1);
  const auto end = std::min(words.find('_'), words.size());
  std::string id = std::string(words.substr(0, end)) + camel_case(type.substr(0, dot));
  if (end < words.size()) id += camel_case(words.substr(end + 1));
  return id;
}

bool has_field(const Command& command, std::string_view name) {
  const auto& fields = command.ops.body->fields;
  return std::any_of(fields.begin(), fields.end(), [&](const auto& field) { return field.name == name; });
}

CommandPath path_of(const Command& command, std::string_view declared, bool first) {
  const auto space = std::min(declared.find(' '), declared.size());
  CommandPath path{};
  path.command = &command;
  path.method = declared.substr(0, space);
  const auto rest = declared.substr(std::min(space + 1, declared.size()));
  path.path = std::string(command.ops.permission ? in_workspace : everywhere) + std::string(rest);
  path.operation_id = operation_id_of(command.type()) + (first ? "" : "ByPath");
  path.takes_body = path.method != "DELETE" && (first || !rest.ends_with('}'));  // a path that ends in a thing says all there is to say
  for (auto open = rest.find('{'); open != rest.npos; open = rest.find('{', open + 1)) {
    const std::string name(rest.substr(open + 1, rest.find('}', open) - open - 1));
    if (name != command.target.parameter) path.fills.emplace_back(name, has_field(command, name) ? name : name + "_id");
  }
  return path;
}

const std::deque<CommandPath>& command_paths() {
  static const auto all = [] {
    std::deque<CommandPath> paths;
    for (const auto& [type, command] : commands())
      for (const auto& declared : command.paths) paths.push_back(path_of(command, declared, declared == command.paths.front()));
    return paths;
  }();
  return all;
}

// Where new things of this path are found: what the view says, or the path itself, without what filled a field of the body
// behind it.
std::string collection_of(const CommandPath& path, const api::Call& call) {
  const auto collection = path.command->view.collection;
  const auto below = collection == "/" ? "" : collection;
  if (!collection.empty()) return std::string(everywhere) + "/workspaces/" + http::percent_encode(call.path_parameter("workspace")) + std::string(below);
  std::string location = call.request.path;
  while (!location.empty() && location.back() == '/') location.pop_back();
  if (path.path.back() == '}') location.resize(location.rfind('/'));
  return location;
}

void carry(const CommandTools& tools, const CommandPath& path, api::CallPtr call, api::Respond respond) {
  auto terms = read_terms(tools, *call);
  if (!terms) return respond(api::respond_problem(*call, problem_of(terms.error())));
  Submission sent{};
  sent.principal = *call->principal;
  sent.workspace = call->path_parameter("workspace");
  sent.target = call->path_parameter(path.command->target.parameter);
  sent.if_version = terms->if_version;
  sent.is_told = true;
  sent.body = call->request.body.empty() ? "{}" : call->request.body;
  for (const auto& [parameter, field] : path.fills) sent.body = with_member(std::move(sent.body), field, call->path_parameter(parameter));
  auto prepared = path.command->prepare(sent, tools);
  if (!prepared) return respond(api::respond_problem(*call, problem_of(prepared.error())));
  auto location = collection_of(path, *call);
  send(tools, std::move(call), std::move(respond), std::move(*prepared), std::move(*terms), path.command->view, std::move(location));
}

api::Route route_of(const CommandTools& tools, const CommandPath& path) {
  const auto& command = *path.command;
  api::Route route{};
  route.id = path.operation_id;
  route.method = path.method;
  route.path = path.path;
  route.summary = command.type();
  route.tag = command.type().substr(0, command.type().find('.'));
  if (command.ops.permission) route.permission = events::word_of(*command.ops.permission);
  route.body = path.takes_body ? command.ops.body : nullptr;
  route.reply = command.view.type;
  route.status = command.status;
  route.or_nothing = command.ops.choose != nullptr;
  route.or_known = !command.view.known_mark.empty();
  route.body_bytes_max = command.body_bytes_max;
  route.reply_fields = {"ETag", "Daybook-Position", "Daybook-Log"};
  if (command.ops.take_secret) route.reply_fields.push_back("Cache-Control");
  route.handler = [&tools, &path](api::CallPtr call, api::Respond respond) { carry(tools, path, std::move(call), std::move(respond)); };
  return route;
}

}  // namespace

std::vector<api::Route> command_routes(const CommandTools& tools) {
  std::vector<api::Route> routes;
  for (const auto& path : command_paths()) routes.push_back(route_of(tools, path));
  return routes;
}

}  // namespace daybook::routes
