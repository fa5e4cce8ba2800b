// How operations are carried out: as their row says, and those that are more than one request.
#include "compat/platform/exchange.hpp"

namespace daybook::compat {
namespace {

constexpr std::size_t moves_max = 499;   // commands of one bulk, beside the one about the project

void carry_list(const ExchangePtr& exchange) {
  const auto& operation = exchange->operation();
  auto page = read_page(operation, exchange->request());
  if (!page.refusals.empty()) return exchange->refuse({422, std::move(page.refusals)});
  auto target = exchange->filled(operation.to) + (page.query.empty() ? "" : "?" + page.query);
  exchange->collect(std::move(target), page.offset, page.limit, [exchange](const json::array& rows) {
    json::array shown;
    for (const auto& row : rows) shown.push_back(exchange->operation().shape(row.as_object()));
    exchange->answer(200, shown);
  });
}

// The token that a client keeps: of the session that has just begun, and for longer than our own.
std::optional<std::string> lasting_token(const Tools& tools, const json::object& signed_in) {
  const auto& token = signed_in.at("access_token");
  const auto principal = token.is_string() ? tools.tokens->verify(std::string_view(token.as_string())) : std::nullopt;
  if (!principal) return std::nullopt;
  return tools.tokens->issue(*principal, token_lifetime);
}

// The rest of the statuses, one after the other.
void count_from(const ExchangePtr& exchange, const std::vector<std::string_view>& statuses, std::size_t at, json::object counts, std::int64_t total) {
  if (at == statuses.size()) return exchange->answer(200, json::object{{"total", total}, {"by_status", std::move(counts)}});
  const auto target = exchange->filled("/api/v1/workspaces/{workspace}/issues?project={project}&fields=id&limit=1&count=exact&status=") +
                      all_ours_of(issue_statuses, statuses[at]);
  exchange->ask(target, [=, counts = std::move(counts)](const json::value& page) mutable {
    const auto count = page.at("page").at("count").to_number<std::int64_t>();
    if (count > 0) counts[statuses[at]] = count;
    count_from(exchange, statuses, at + 1, std::move(counts), total + count);
  });
}

}  // namespace

void carry(const ExchangePtr& exchange) {
  const auto& operation = exchange->operation();
  if (operation.listed != Listed::no) return carry_list(exchange);
  const auto shown = [exchange](const json::value& reply) {
    const auto& told = exchange->operation();
    if (told.shape == nullptr) return exchange->answer_nothing();
    exchange->answer(told.status, told.shape(reply.as_object()));
  };
  if (operation.method == "GET") return exchange->ask(exchange->filled(operation.to), shown);
  if (const auto body = exchange->read()) exchange->ask(operation.method, exchange->filled(operation.to), *body, shown);
}

void tell_health(const ExchangePtr& exchange) { exchange->answer(200, json::object{{"status", "ok"}}); }

void sign_in(const ExchangePtr& exchange) {
  const auto body = exchange->read();
  if (!body) return;
  exchange->ask("POST", std::string(exchange->operation().to), *body, [exchange](const json::value& reply) {
    const auto& signed_in = reply.as_object();
    const auto token = lasting_token(exchange->tools(), signed_in);
    if (!token) return exchange->refuse({403, "The e-mail address has to be confirmed before signing in"});
    exchange->answer(exchange->operation().status, json::object{{"token", *token}, {"user", user_shape(signed_in.at("user").as_object())}});
  });
}

// Nobody changes their own role there; here an owner may.
void change_role(const ExchangePtr& exchange) {
  const auto header = exchange->request().header("Authorization");
  const auto caller = exchange->tools().tokens->verify(header.substr(header.find(' ') + 1));
  if (caller && caller->user.text() == exchange->id("user")) return exchange->refuse({403, "Cannot change your own role"});
  carry(exchange);
}

// Its issues live on in no project. So many at once as a bulk takes, each of which begins with what only those may do who may delete
// the project; the last one deletes it.
void delete_project(const ExchangePtr& exchange) {
  const auto project = exchange->id("project");
  exchange->tools().issues_in(events::ProjectId::parse(project).value(), moves_max - 1, [exchange, project](const Tools::Issues& issues) {
    if (!issues) return exchange->refuse({503, "The log cannot be reached; come again in a moment."});
    json::array commands{json::object{{"type", "project.change"}, {"id", project}}};
    for (const auto issue : *issues) commands.push_back(json::object{{"type", "issue.move"}, {"id", issue.text()}});
    const bool is_last = issues->size() < moves_max - 1;
    if (is_last) commands.push_back(json::object{{"type", "project.delete"}, {"id", project}});
    exchange->ask("POST", exchange->filled("/api/v1/workspaces/{workspace}/commands"), json::object{{"commands", std::move(commands)}}, [exchange, is_last](const json::value&) {
      if (is_last) return exchange->answer_nothing();
      delete_project(exchange);
    });
  });
}

void tell_stats(const ExchangePtr& exchange) {
  exchange->ask(exchange->filled(exchange->operation().to), [exchange](const json::value&) {
    count_from(exchange, all_theirs(issue_statuses), 0, {}, 0);
  });
}

}  // namespace daybook::compat
