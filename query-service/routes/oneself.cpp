// Oneself: the one row joined with what is personal.
#include "events/user/state.hpp"
#include "query-service/core/serve.hpp"
#include "query-service/routes/routes.hpp"

namespace daybook::query {
namespace {

const ListSpec& users() {
  static const ListSpec spec{"users", &events::type_info<events::user::Fields>(), {}, {}, "", {}, {}, true};
  return spec;
}

constexpr std::string_view personal_columns[] = {"email", "username", "full_name", "avatar"};

// The user's row with the fields of `people` after it.
http::Response me(const QueryContext& context, pg::Connection& connection, const Viewer& viewer, const api::Call& call) {
  const auto row = run_sql(connection, one_sql(users(), {{"id", viewer.user.text()}}, context.schema, false));
  if (row.empty()) return api::respond_problem(call, api::not_found("user"));
  auto response = one_response(users(), row, call);
  if (response.status == 304) return response;
  const auto person = connection.exec_prepared("SELECT email, username, full_name, avatar FROM " + context.schema + ".people WHERE user_id = $1::uuid",
                                               pg::Params().text(viewer.user.text()));
  response.body.pop_back();
  int column = 0;
  for (const auto name : personal_columns) {
    response.body += ",\"" + std::string(name) + "\":";
    const auto value = person.empty() ? std::nullopt : person.get(0, column);
    if (value) events::write_json_string(*value, response.body);
    else response.body += "null";
    ++column;
  }
  response.body += '}';
  return response;
}

}  // namespace

std::vector<api::Route> me_routes(const QueryContext& context) {
  api::Route route{};
  route.id = "getMe";
  route.method = "GET";
  route.path = "/api/v1/me";
  route.summary = "Oneself, with e-mail address, username and names.";
  route.tag = "auth";
  route.reply = users().row;
  route.parameters = {{"min_position", "Waits until the read models have reached this position.", R"({"type":"integer","minimum":0})"},
                      {"wait_ms", "How long to wait for it, at most 10000.", R"({"type":"integer","minimum":0,"maximum":10000})"}};
  route.handler = [&context](api::CallPtr call, api::Respond respond) {
    serve(context, call, respond, [&context, call](pg::Connection& connection, const Viewer& viewer) { return me(context, connection, viewer, *call); });
  };
  return {route};
}

}  // namespace daybook::query
