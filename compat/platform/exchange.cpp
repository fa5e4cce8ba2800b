#include "compat/platform/exchange.hpp"

#include <algorithm>

#include "platform/text/uuid.hpp"

namespace daybook::compat {
namespace {

constexpr int wait_ms = 10000;   // for the read models, as long as any query may; the client gives up after 5 s by itself

// Of the caller's request, those that a request in their name has; of our reply, those that it is answered with.
constexpr std::string_view passed_on[] = {"Authorization", "X-Request-Id", "traceparent", "User-Agent", "X-Forwarded-For"};
constexpr std::string_view passed_back[] = {"X-Request-Id", "RateLimit", "RateLimit-Policy", "Retry-After", "Cache-Control", "Daybook-Position", "Daybook-Log"};

// What somebody nested as deep as they may lies inside a reply.
json::parse_options reply_options() {
  json::parse_options options;
  options.max_depth = 2 * events::json_depth_max;
  return options;
}

template <std::size_t n>
bool is_one_of(const std::string_view (&names)[n], std::string_view name) {
  return std::any_of(std::begin(names), std::end(names), [&](auto known) { return http::same_name(known, name); });
}

}  // namespace

// A list on the way through its pages.
struct Exchange::Walk {
  std::string target;
  std::size_t skip = 0, take = 0;   // rows still to be passed over, and wanted in all
  std::function<void(json::array)> then;
  json::array rows;
};

Exchange::Exchange(std::shared_ptr<const Tools> tools, const Operation& operation, http::Request request, Parameters parameters, http::Respond respond)
    : tools_(std::move(tools)), operation_(operation), request_(std::move(request)), parameters_(std::move(parameters)), respond_(std::move(respond)) {}

void Exchange::begin() {
  const auto self = shared_from_this();
  if (operation_.method != "GET" || !operation_.signed_in) return guarded([&] { operation_.carried_by(self); });
  tools_->log_end([self](std::optional<events::Position> end) {
    if (!end) return self->refuse({503, "The log cannot be reached; come again in a moment."});
    self->read_at_least_ = *end;
    self->guarded([&] { self->operation_.carried_by(self); });
  });
}

std::string Exchange::id(std::string_view parameter) const {
  const auto found = std::find_if(parameters_.begin(), parameters_.end(), [&](const auto& known) { return known.first == parameter; });
  const auto id = found == parameters_.end() ? std::nullopt : text::Uuid::parse(found->second);
  return id.value_or(text::Uuid{}).text();
}

std::string Exchange::filled(std::string_view path) const {
  std::string out;
  for (auto open = path.find('{'); open != path.npos; open = path.find('{')) {
    const auto close = path.find('}', open);
    out += std::string(path.substr(0, open)) + id(path.substr(open + 1, close - open - 1));
    path.remove_prefix(close + 1);
  }
  return out + std::string(path);
}

std::optional<json::object> Exchange::read() {
  body_ = read_body(operation_, request_);
  if (body_.refusals.empty()) return std::move(body_.ours);
  refuse({422, body_.refusals});
  return std::nullopt;
}

// Whichever version the thing has: the platform's callers know of none.
void Exchange::ask(std::string_view method, std::string target, const json::object& body, Then then) {
  auto request = http::make_request(std::string(method), std::move(target), {{"Content-Type", "application/json"}, {"If-Match", "*"}});
  if (method != "DELETE") request.body = json::serialize(body);
  send(std::move(request), std::move(then));
}

void Exchange::ask(std::string target, Then then) {
  target += (target.find('?') == target.npos ? "?" : "&") + ("wait_ms=" + std::to_string(wait_ms));
  send(http::make_request("GET", std::move(target), {{"Daybook-Min-Position", std::to_string(read_at_least_.value)}}), std::move(then));
}

void Exchange::send(http::Request request, Then then) {
  for (const auto& header : request_.headers)
    if (is_one_of(passed_on, header.name)) request.headers.push_back(header);
  request.remote_address = request_.remote_address;
  tools_->api->handle(std::move(request), [self = shared_from_this(), then = std::move(then)](http::Response response) {
    self->guarded([&] {
      std::erase_if(response.headers, [](const auto& header) { return !is_one_of(passed_back, header.name); });
      self->told_ = std::move(response.headers);
      const auto reply = response.body.empty() ? json::value(json::object()) : json::parse(response.body, {}, reply_options());
      if (response.status >= 400) return self->refuse(refusal_of(self->operation_, self->body_, response.status, reply.as_object()));
      then(reply);
    });
  });
}

void Exchange::collect(std::string target, std::size_t skip, std::size_t take, std::function<void(json::array)> then) {
  target += (target.find('?') == target.npos ? "?" : "&") + ("limit=" + std::to_string(std::clamp<std::size_t>(skip + take, 1, api::page_limit_max)));
  walk(std::make_shared<Walk>(Walk{std::move(target), skip, take, std::move(then), {}}), "");
}

void Exchange::walk(const std::shared_ptr<Walk>& walk, std::string_view cursor) {
  ask(walk->target + (cursor.empty() ? "" : "&cursor=" + http::percent_encode(cursor)), [self = shared_from_this(), walk](const json::value& page) {
    for (const auto& row : page.at("data").as_array()) {
      if (walk->rows.size() == walk->take) break;
      if (walk->skip > 0) --walk->skip;
      else walk->rows.push_back(row);
    }
    const auto& next = page.at("page").at("next");
    if (walk->rows.size() < walk->take && next.is_string()) return self->walk(walk, std::string_view(next.as_string()));
    walk->then(std::move(walk->rows));
  });
}

void Exchange::answer(int status, const json::value& body) {
  http::Response response;
  response.status = status;
  response.body = json::serialize(body);
  respond(std::move(response));
}

void Exchange::answer_nothing() {
  http::Response response;
  response.status = 204;
  respond(std::move(response));
}

void Exchange::refuse(Refusal refusal) { respond(refused(refusal)); }

void Exchange::respond(http::Response response) {
  for (auto& header : told_) response.headers.push_back(std::move(header));
  told_.clear();
  respond_(std::move(response));
}

// A step may run on a thread that is not ours to break.
void Exchange::guarded(const std::function<void()>& step) {
  try {
    step();
  } catch (const std::exception&) {
    refuse({500, "Internal Server Error"});
  }
}

}  // namespace daybook::compat
