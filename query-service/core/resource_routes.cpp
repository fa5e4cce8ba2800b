#include "query-service/core/resource_routes.hpp"

#include <algorithm>

#include "platform/text/number.hpp"
#include "platform/text/uuid.hpp"
#include "query-service/core/text_lists.hpp"

namespace daybook::query {
namespace {

constexpr std::string_view workspace_path = "/api/v1/workspaces/{workspace}";

http::Response refuse(const api::Call& call, std::string detail) {
  api::Problem problem{};
  problem.status = 403;
  problem.code = "forbidden";
  problem.detail = std::move(detail);
  return api::respond_problem(call, problem);
}

// That there are things of which only admins read is no secret, so the others are refused rather than shown nothing.
template <class AnyQuery>
std::optional<http::Response> refuse_reader(const Resource& resource, const AnyQuery& query) {
  if (resource.managed_by.empty() || query.viewer.sees_all()) return std::nullopt;
  if (query.viewer.role.empty()) return refuse(query.call, "Only superusers read this.");
  return refuse(query.call, "This takes the role admin in the workspace; yours is " + query.viewer.role + ".");
}

api::Route declared(const QueryContext& context, std::string_view id, std::string_view path, std::string_view summary,
                    const Resource& resource, Below below, Run run, std::shared_ptr<const FromState> from_state = nullptr) {
  api::Route route{};
  route.id = id;
  route.method = "GET";
  route.path = path;
  route.summary = summary;
  route.tag = resource.what;
  if (below == Below::workspace) route.permission = resource.managed_by.empty() ? "workspace_read" : resource.managed_by;
  route.reply = resource.row;
  route.reply_fields = {"ETag", "Daybook-Position", "Daybook-Log"};
  route.reply_schema = keep(reply_schema(resource));
  Run allowed = [&resource, run = std::move(run)](const Query& query) {
    if (auto refused = refuse_reader(resource, query)) return std::move(*refused);
    return run(query);
  };
  route.handler = [&context, below, run = std::move(allowed), from_state = std::move(from_state)](api::CallPtr call, api::Respond respond) {
    serve(context, std::move(call), std::move(respond), below, run, from_state.get());
  };
  return route;
}

std::vector<Scope> owned(const Query& query, const Resource& resource) {
  return {{resource.owner_column, query.viewer.workspace.text()}};
}

// Finds the one thing of the path, with nothing of it to be shown, and goes on with its id: a hidden one hides what it has.
http::Response with_id(const Query& query, const Resource& resource,
                       const std::function<http::Response(const std::string& id)>& then, Deleted deleted) {
  if (auto refused = refuse_reader(resource, query)) return std::move(*refused);
  Columns columns{{}, {"id"}};
  const auto found = find_one(query.connection, query.sight(), resource, query.viewer.workspace.text(),
                              query.call.path_parameter(resource.parameter), deleted, columns);
  if (!found) return api::respond_problem(query.call, api::not_found(std::string(resource.what)));
  return then(found->id);
}

std::string plural(std::string_view title) {
  const bool takes_ies = title.back() == 'y' && std::string_view("aeiou").find(title[title.size() - 2]) == std::string_view::npos;
  return takes_ies ? std::string(title.substr(0, title.size() - 1)) + "ies" : std::string(title) + "s";
}

// time_entries is TimeEntries in names, time-entries in paths.
std::string camel_case(std::string_view words) {
  std::string out;
  for (bool starts = true; const char c : words) {
    if (c != '_') out += starts ? static_cast<char>(c - 'a' + 'A') : c;
    starts = c == '_';
  }
  return out;
}
std::string with_hyphens(std::string_view words) {
  std::string out(words);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

api::Route list_of_all(const QueryContext& context, const Resource& resource, std::string_view path) {
  return list_route(context, keep("list" + plural(resource.title)), path, "All of them in the workspace, by pages.", resource,
                    Below::workspace,
                    [&resource](const Query& query) { return list_response(query, resource, owned(query, resource)); });
}

api::Route one_of(const QueryContext& context, const Resource& resource, std::string_view path) {
  return one_route(context, keep("get" + std::string(resource.title)), path, "One of them, every field.", resource,
                   Below::workspace, [&resource](const Query& query) {
                     return one_response(query, resource, query.viewer.workspace.text(),
                                         query.call.path_parameter(resource.parameter));
                   });
}

std::string_view list_name(const Child& child) { return child.listed_as.empty() ? child.name : child.listed_as; }

api::Route list_of_children(const QueryContext& context, const Resource& resource, const Child& child, std::string_view path) {
  const auto& of = child.of();
  return list_route(
      context, keep("list" + std::string(resource.title) + camel_case(list_name(child))), path, "Those that belong to it, by pages.", of,
      Below::workspace,
      [&resource, &of, condition = keep(filled(child.condition, "$schema", "$parent", "$value"))](const Query& query) {
        return with_id(
            query, resource,
            [&](const std::string& id) {
              auto scope = owned(query, of);
              scope.push_back({"", id, condition});
              return list_response(query, of, std::move(scope));
            },
            Deleted::exclude);
      });
}

}  // namespace

Run for_superusers(Run run) {
  return [run = std::move(run)](const Query& query) {
    if (!query.viewer.is_superuser) return refuse(query.call, "Only superusers read this.");
    return run(query);
  };
}

api::Route one_route(const QueryContext& context, std::string_view id, std::string_view path, std::string_view summary,
                     const Resource& resource, Below below, Run run) {
  std::shared_ptr<const FromState> from_state;
  if (resource.stored)
    from_state = std::make_shared<FromState>(
        FromState{is_for_state, [&resource](const StateQuery& query) {
                    if (auto refused = refuse_reader(resource, query)) return std::move(*refused);
                    return one_response(query, resource);
                  }});
  auto route = declared(context, id, path, summary, resource, below, std::move(run), std::move(from_state));
  route.parameters = waiting_parameters();
  if (resource.stored)
    route.parameters.push_back({"as_of", "As it stood after the event at this position.", R"({"type":"integer","minimum":0})"});
  if (resource.deletable())
    route.parameters.push_back(
        {"deleted", "exclude, include or only; exclude when absent.", R"({"enum":["exclude","include","only"]})"});
  add_shown_parameters(resource, route.parameters);
  return route;
}

api::Route list_route(const QueryContext& context, std::string_view id, std::string_view path, std::string_view summary,
                      const Resource& resource, Below below, Run run) {
  auto route = declared(context, id, path, summary, resource, below, std::move(run));
  route.many = true;
  route.parameters = list_parameters(resource);
  for (auto& parameter : waiting_parameters()) route.parameters.push_back(parameter);
  return route;
}

std::vector<api::Route> routes_of_ones_own(const QueryContext& context, const Resource& resource, std::string_view path) {
  const auto one = keep(std::string(path) + "/{" + std::string(resource.parameter) + "}");
  return {list_route(context, keep("list" + plural(resource.title)), path, "All of one's own, by pages.", resource, Below::oneself,
                     [&resource](const Query& query) {
                       return list_response(query, resource, {{resource.owner_column, query.viewer.user.text()}});
                     }),
          one_route(context, keep("get" + std::string(resource.title)), one, "One of one's own, every field.", resource, Below::oneself,
                    [&resource](const Query& query) {
                      return one_response(query, resource, query.viewer.user.text(), query.call.path_parameter(resource.parameter));
                    })};
}

api::Route revision_route(const QueryContext& context, const Resource& revisions, std::string_view parameter, std::string_view path) {
  const auto sql = "SELECT id::text FROM $schema." + std::string(revisions.table) + " WHERE " + std::string(parameter) +
                   "_id = $1::uuid AND revision = $2::bigint";
  return one_route(context, keep("get" + std::string(revisions.title)), path, "One of its revisions, whole, by number from 1.", revisions,
                   Below::workspace, [&revisions, parameter, sql](const Query& query) {
                     const auto of = text::Uuid::parse(query.call.path_parameter(parameter));
                     const auto number = text::read_number<std::int64_t>(query.call.path_parameter("revision"));
                     if (!of || !number) return api::respond_problem(query.call, api::not_found(std::string(revisions.what)));
                     const auto found = query.connection.exec_prepared(
                         filled(sql, query.context.schema), pg::Params().text(of->text()).text(std::to_string(*number)));
                     return one_response(query, revisions, query.viewer.workspace.text(), found.empty() ? "" : found.text(0, 0));
                   });
}

api::Route history_route(
    const QueryContext& context, const Resource& resource, std::string_view path, ResourceOf history,
    std::function<http::Response(const Query&, const std::function<http::Response(const std::string& id)>&)> with_id) {
  const auto& entries = history();
  auto route = list_route(context, keep("list" + std::string(resource.title) + "History"), path,
                          "What happened to it and what that changed, newest first.", entries, Below::workspace,
                          [&entries, with_id = std::move(with_id)](const Query& query) {
                            return with_id(query, [&](const std::string& id) {
                              auto scope = owned(query, entries);
                              scope.push_back({"entity_id", id});
                              return list_response(query, entries, std::move(scope));
                            });
                          });
  if (resource.deletable())
    route.parameters.push_back(
        {"deleted", "Of one that is deleted: include or only.", R"({"enum":["exclude","include","only"]})"});
  return route;
}

std::vector<api::Route> routes_of(const QueryContext& context, const Resource& resource, ResourceOf history) {
  std::vector<api::Route> routes;
  if (resource.path.empty()) return routes;
  const auto all = keep(std::string(workspace_path) + "/" + std::string(resource.path));
  routes.push_back(list_of_all(context, resource, all));
  if (resource.parameter.empty()) return routes;
  const auto one = keep(std::string(all) + "/{" + std::string(resource.parameter) + "}");
  routes.push_back(one_of(context, resource, one));
  for (const auto& child : resource.children)
    routes.push_back(list_of_children(context, resource, child, keep(std::string(one) + "/" + with_hyphens(list_name(child)))));
  routes.push_back(history_route(context, resource, keep(std::string(one) + "/history"), history,
                                 [&resource](const Query& query, const auto& then) {
                                   const auto deleted = read_deleted(query.call);
                                   if (const auto* problem = std::get_if<api::Problem>(&deleted))
                                     return api::respond_problem(query.call, *problem);
                                   return with_id(query, resource, then, std::get<Deleted>(deleted));
                                 }));
  return routes;
}

}  // namespace daybook::query
