// Server-sent events of one workspace, and the tickets with which browsers open them.

#include "events/registry.hpp"
#include "platform/crypto/jwt.hpp"
#include "platform/text/number.hpp"
#include "platform/text/uuid.hpp"
#include "query-service/core/serve.hpp"
#include "query-service/core/tail.hpp"
#include "query-service/core/text_lists.hpp"
#include "query-service/routes/resources.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::query {

struct EventTicketReply {
  std::string ticket;
  std::int64_t expires_in = 0;   // seconds
};
BOOST_DESCRIBE_STRUCT(EventTicketReply, (), (ticket, expires_in))

namespace {

template <class Value>
using Read = std::variant<Value, api::Problem>;

// Where to go on: Last-Event-ID, which event sources send by themselves, before from=; else from now on. A position beyond
// the log's end, or one said to be of another log, is of a log that was replaced.
Read<events::Position> start_of(const QueryContext& context, const api::Call& call, SharedLog& log) {
  const auto named = call.parameter("log");
  if (named && *named != log_name(context.identity)) return log_replaced(context.identity);
  const auto last = call.request.header("Last-Event-ID");
  const auto from = last.empty() ? call.parameter("from").value_or("") : last;
  if (from.empty()) return context.position->current();
  const events::Position position{text::read_number<std::int64_t>(from).value_or(-1)};
  if (position.value < 0)
    return api::bad_parameter(last.empty() ? "from" : "Last-Event-ID", "out-of-range",
                              "Expected a position, a whole number from 0.");
  if (position > context.position->current() && position > log.head()) return log_replaced(context.identity);
  return position;
}

// issue.opened, or issue.* for all of a kind.
Read<std::vector<std::string>> types_of(std::string_view words) {
  std::vector<std::string> types;
  for (const auto word : split(words)) {
    const auto before = types.size();
    for (const auto& known : events::all_event_types()) {
      const bool whole_kind = word.size() > 2 && word.substr(word.size() - 2) == ".*" &&
                              known.type.substr(0, word.size() - 1) == word.substr(0, word.size() - 1);
      if (whole_kind || known.type == word) types.emplace_back(known.type);
    }
    if (types.size() == before)
      return api::bad_parameter("type", "unknown-value", "There are no events of type '" + std::string(word) + "'.");
  }
  return types;
}

Read<EventFilter> filter_of(const Query& query) {
  EventFilter filter;
  if (const auto words = query.call.parameter("type")) {
    auto types = types_of(*words);
    if (auto* problem = std::get_if<api::Problem>(&types)) return std::move(*problem);
    filter.types = std::get<std::vector<std::string>>(std::move(types));
  }
  if (const auto entity = query.call.parameter("entity")) {
    if (!text::Uuid::parse(*entity))
      return api::bad_parameter("entity", "invalid-id", "'" + std::string(*entity) + "' is not a UUID.");
    filter.entity = std::string(*entity);
  }
  if (const auto project = query.call.parameter("project")) {
    Columns columns{{}, {"id"}};
    const auto found = find_one(query.connection, query.sight(), projects(), query.viewer.workspace.text(), *project,
                                Deleted::exclude, columns);
    if (!found) return api::bad_parameter("project", "unknown-value", "There is no such project.");
    filter.project = found->id;
  }
  return filter;
}

http::Response open_stream(const Query& query, const std::shared_ptr<SharedLog>& log, const std::shared_ptr<News>& news) {
  const auto refuse = [&](const api::Problem& problem) { return api::respond_problem(query.call, problem); };
  const auto start = start_of(query.context, query.call, *log);
  if (const auto* problem = std::get_if<api::Problem>(&start)) return refuse(*problem);
  auto filter = filter_of(query);
  if (const auto* problem = std::get_if<api::Problem>(&filter)) return refuse(*problem);
  auto place = query.context.streams->take();
  if (!place) {
    auto problem = api::unavailable("Too many streams are open; come again in a moment.");
    problem.code = "busy";
    return refuse(problem);
  }
  http::Response response;
  response.content_type = "text/event-stream; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  response.stream = [&context = query.context, who = *query.call.principal, workspace = query.viewer.workspace,
                     from = std::get<events::Position>(start), filter = std::get<EventFilter>(std::move(filter)), log, news,
                     place](http::StreamWriter writer) {
    std::make_shared<Tail>(context, Tail::Options{who, workspace, from, filter, activity(), log, news, place}, std::move(writer))
        ->start();
  };
  return response;
}

// A ticket signs in once.
std::optional<api::Principal> sign_in_by_ticket(const QueryContext& context, const api::Call& call) {
  const auto ticket = context.tickets->verify(*call.parameter("ticket"), call.path_parameter("workspace"));
  if (!ticket || !context.streams->spend(ticket->id, ticket->expires + crypto::access_token_leeway_max, context.tickets->now()))
    return std::nullopt;
  return ticket->principal;
}

api::Route tail_route(const QueryContext& context) {
  api::Route route{};
  route.id = "tailWorkspace";
  route.method = "GET";
  route.path = "/api/v1/workspaces/{workspace}/events";
  route.summary = "Server-sent events of the workspace, after `from` or Last-Event-ID, else from now on.";
  route.tag = "events";
  route.permission = "workspace_read";
  route.reply_type = "text/event-stream";
  route.reply_fields = {"Daybook-Position", "Daybook-Log", "Cache-Control"};
  route.by_ticket = [&context](const api::Call& call) { return sign_in_by_ticket(context, call); };
  route.parameters = {
      {"from", "Position after which to start.", R"({"type":"integer","minimum":0})"},
      {"log", "The log whose position that is, as Daybook-Log names it; 410 when this is another."},
      {"type", "Only these types, by commas: issue.opened, or issue.* for a kind."},
      {"entity", "Only about this thing, or what lies in this issue or project.", R"({"type":"string","format":"uuid"})"},
      {"project", "Only in this project, by id or key."},
      {"ticket", "In place of an Authorization field; good once."}};
  route.handler = [&context, log = std::make_shared<SharedLog>(context.open_log),
                   news = std::make_shared<News>(context)](api::CallPtr call, api::Respond respond) {
    serve(context, call, respond, Below::workspace, [log, news](const Query& query) { return open_stream(query, log, news); });
  };
  return route;
}

// A ticket is for members alone, which only the read models know: so this POST is the query service's.
api::Route ticket_route(const QueryContext& context) {
  api::Route route{};
  route.id = "issueEventTicket";
  route.method = "POST";
  route.path = "/api/v1/workspaces/{workspace}/events/ticket";
  route.summary = "A ticket that opens the workspace's events once, within a minute.";
  route.tag = "events";
  route.permission = "workspace_read";
  route.reply = &events::type_info<EventTicketReply>();
  route.reply_fields = {"Cache-Control"};
  route.status = 201;
  route.handler = [&context](api::CallPtr call, api::Respond respond) {
    serve(context, call, respond, Below::workspace, [](const Query& query) {
      http::Response response;
      response.status = 201;
      response.body = events::to_json(EventTicketReply{query.context.tickets->issue(*query.call.principal, query.call.path_parameter("workspace")),
                                                       api::event_ticket_lifetime.count()});
      response.headers.push_back({"Cache-Control", "no-store"});
      return response;
    });
  };
  return route;
}

}  // namespace

std::vector<api::Route> live_routes(const QueryContext& context) { return {ticket_route(context), tail_route(context)}; }

}  // namespace daybook::query
