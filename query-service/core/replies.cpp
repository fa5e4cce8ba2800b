#include "query-service/core/replies.hpp"

#include <boost/json.hpp>

#include "query-service/core/cursor.hpp"
#include "query-service/core/etag.hpp"
#include "query-service/core/expand.hpp"

namespace daybook::query {
namespace {

constexpr std::size_t reply_headers_expected = 6;  // with those that the frame adds

template <class AnyQuery>
http::Response refused(const AnyQuery& query, const api::Problem& problem) {
  return api::respond_problem(query.call, problem);
}

http::Response too_many_embedded(const Query& query, std::string_view name) {
  return refused(query, api::bad_parameter("expand", "too-many",
                                           "More than " + std::to_string(embedded_rows_max) + " rows of '" + std::string(name) +
                                               "'; ask for a smaller page."));
}

// The reply, or 304 when the caller has it already.
http::Response with_etag(const api::Call& call, std::string etag, std::string body, std::string links = "") {
  http::Response response;
  response.headers.reserve(reply_headers_expected);
  if (etag_matches(call.request.header("If-None-Match"), etag))
    response.status = 304;
  else
    response.body = std::move(body);
  response.headers.push_back({"ETag", std::move(etag)});
  if (!links.empty()) response.headers.push_back({"Link", std::move(links)});
  return response;
}

// `composed`: its version alone does not tell what is shown, as it does not of what is the caller's own.
Content whole(Found found, bool composed) {
  found.row.json += '}';
  auto etag = row_etag(found, composed, found.row.json);
  return {std::move(etag), std::move(found.row.json)};
}

http::Response with_content(const api::Call& call, Content content) {
  return with_etag(call, std::move(content.etag), std::move(content.body));
}

// The same request with another cursor, for Link.
std::string link_target(const api::Call& call, const std::string& cursor) {
  std::string out = std::string(call.request.raw_path()) + "?";
  for (const auto& [name, value] : call.request.query)
    if (name != "cursor" && name != "min_position" && name != "wait_ms")
      out += http::percent_encode(name) + "=" + http::percent_encode(value) + "&";
  return out + "cursor=" + cursor;
}

std::string owner_of(const Query& query) {
  return query.viewer.workspace == events::WorkspaceId{} ? query.viewer.user.text() : query.viewer.workspace.text();
}

std::int64_t count_of(const Query& query, const ListRequest& request) {
  if (request.count == Count::exact) return run_sql(query.connection, count_sql(request, query.sight())).int64(0, 0);
  const auto plan = boost::json::parse(run_sql(query.connection, estimate_sql(request, query.sight())).text(0, 0));
  return plan.at(0).at("Plan").at("Plan Rows").to_number<std::int64_t>();
}

// One page of a walk: the rows in the order of the list, whichever way it goes.
class Page {
 public:
  Page(const Query& query, const ListRequest& request) : query_(query), request_(request), columns_(columns_for(request.shown)) {
    for (const auto& term : request.order) columns_.need(term.field->name);
    rows_ = rows_of(run_sql(query.connection, list_sql(request, columns_, query.sight())), columns_);
    more_ = rows_.size() > request.limit;
    if (more_) rows_.resize(request.limit);
    if (backwards()) std::reverse(rows_.begin(), rows_.end());
  }

  std::optional<TooManyEmbedded> embed() {
    return query::embed(query_.connection, query_.sight(), owner_of(query_), request_.shown.expansions, columns_, rows_);
  }

  std::string data() const {
    std::string out = "{\"data\":[";
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (i > 0) out += ',';
      out += rows_[i].json;
      out += '}';
    }
    return out + "],\"page\":{";
  }

  bool has_next() const { return !rows_.empty() && (backwards() || more_); }
  bool has_previous() const { return !rows_.empty() && (backwards() ? more_ : request_.place.has_value()); }
  std::string next() const { return cursor(rows_.back(), false); }
  std::string previous() const { return cursor(rows_.front(), true); }

 private:
  bool backwards() const { return request_.place && request_.place->backwards; }

  std::string cursor(const Row& row, bool back) const {
    Place place;
    place.backwards = back;
    for (const auto& term : request_.order) place.values.push_back(row.keys[columns_.place_of(term.field->name)]);
    place.values.push_back(row.keys[columns_.place_of("id")]);
    return query_.context.cursors->write(place, request_);
  }

  const Query& query_;
  const ListRequest& request_;
  Columns columns_;
  std::vector<Row> rows_;
  bool more_ = false;
};

}  // namespace

http::Response one_response(const Query& query, const Resource& resource, const std::string& owner, std::string_view word) {
  auto shown = read_shown(resource, query.call, all_of(resource));
  if (const auto* problem = std::get_if<api::Problem>(&shown)) return refused(query, *problem);
  const auto deleted = read_deleted(query.call);
  if (const auto* problem = std::get_if<api::Problem>(&deleted)) return refused(query, *problem);
  if (as_of(query.call)) return refused(query, api::unavailable("Earlier states cannot be read now; come again in a moment."));
  auto columns = columns_for(std::get<Shown>(shown));
  auto found = find_one(query.connection, query.sight(), resource, owner, word, std::get<Deleted>(deleted), columns);
  if (!found) return refused(query, api::not_found(std::string(resource.what)));
  std::vector<Row> rows{std::move(found->row)};
  if (const auto many = embed(query.connection, query.sight(), owner, std::get<Shown>(shown).expansions, columns, rows))
    return too_many_embedded(query, many->name);
  found->row = std::move(rows.front());
  return with_content(query.call, whole(std::move(*found), std::get<Shown>(shown).is_composed() || !resource.follows_from_row()));
}

namespace {

void append_id(const text::Uuid& id, std::string& out) { out.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()); }

// Whether it reads like this for the viewer alone. Whoever sees all sees the same, but for what is one's own.
bool is_for_one(const Resource& resource, const Viewer& viewer) {
  return viewer.sees_all() ? !resource.mine.empty() : resource.differs_by_caller();
}

// Without a parameter, as nearly every one is read: all of it as it is. Such contents are remembered, by the viewer's id where
// others may be shown something else; a nil id is nobody's.
http::Response plain_response(const StateQuery& query, const Resource& resource) {
  const auto& workspace = query.viewer.workspace;
  const auto word = query.call.path_parameter(resource.parameter);
  std::string key;
  append_id(workspace.value, key);
  append_id(is_for_one(resource, query.viewer) ? query.viewer.user.value : text::Uuid{}, key);
  key += resource.title;
  key += '/';
  key += word;
  if (const auto known = query.context.contents->find(query.view.moment(), key)) return with_content(query.call, **known);
  const auto owner = workspace.text();
  auto found = find_one(query.view, query.viewer, resource, {owner, resource.parameter.empty() ? std::string_view(owner) : word, Deleted::exclude, {}}, all_of(resource));
  if (!found) return refused(query, api::not_found(std::string(resource.what)));
  const auto content = std::make_shared<const Content>(whole(std::move(*found), !resource.follows_from_row()));
  query.context.contents->keep(query.view.moment(), std::move(key), content, content->body.size());
  return with_content(query.call, *content);
}

}  // namespace

http::Response one_response(const StateQuery& query, const Resource& resource) {
  if (query.call.request.query.empty()) return plain_response(query, resource);
  auto shown = read_shown(resource, query.call, all_of(resource));
  if (const auto* problem = std::get_if<api::Problem>(&shown)) return refused(query, *problem);
  const auto deleted = read_deleted(query.call);
  if (const auto* problem = std::get_if<api::Problem>(&deleted)) return refused(query, *problem);
  if (!std::get<Shown>(shown).expansions.empty())
    return refused(query, api::bad_parameter("expand", "not-with-as-of", "Things are embedded as they are now; leave out expand or as_of."));
  const auto owner = query.viewer.workspace.text();
  const auto word = resource.parameter.empty() ? std::string_view(owner) : query.call.path_parameter(resource.parameter);
  const auto back = as_of(query.call);
  auto found = find_one(query.view, query.viewer, resource, {owner, word, std::get<Deleted>(deleted), back}, std::get<Shown>(shown));
  if (!found) return refused(query, api::not_found(std::string(resource.what)));
  return with_content(query.call, whole(std::move(*found), std::get<Shown>(shown).is_composed() || back || !resource.follows_from_row()));
}

bool is_for_state(const api::Call& call) { return call.parameter("as_of") || !call.parameter("expand"); }

http::Response content_response(const Query& query, std::string body) {
  auto etag = content_etag(body);
  return with_etag(query.call, std::move(etag), std::move(body));
}

http::Response list_response(const Query& query, const Resource& resource, std::vector<Scope> scope) {
  const auto read = read_list_request(resource, std::move(scope), query.call, *query.context.cursors);
  if (const auto* problem = std::get_if<api::Problem>(&read)) return refused(query, *problem);
  const auto& request = std::get<ListRequest>(read);
  Page page(query, request);
  if (const auto many = page.embed()) return too_many_embedded(query, many->name);

  auto body = page.data();
  std::string tail = "\"limit\":" + std::to_string(request.limit);
  if (request.count != Count::none)
    tail += ",\"count\":" + std::to_string(count_of(query, request)) + ",\"count_is\":\"" +
            (request.count == Count::exact ? "exact" : "estimate") + "\"";
  tail += "}}";
  // Cursors are sealed anew each time; whether there are any belongs to the content.
  auto etag = content_etag(body + (page.has_next() ? "n" : "-") + (page.has_previous() ? "p" : "-") + tail);
  std::string links;
  const auto cursor = [&](std::string_view name, bool there, auto make) {
    body += "\"" + std::string(name) + "\":";
    if (!there) return void(body += "null,");
    const std::string cursor = make();
    events::write_json_string(cursor, body);
    body += ',';
    links += (links.empty() ? "<" : ", <") + link_target(query.call, cursor) + ">; rel=\"" + std::string(name) + "\"";
  };
  cursor("next", page.has_next(), [&] { return page.next(); });
  cursor("prev", page.has_previous(), [&] { return page.previous(); });
  return with_etag(query.call, std::move(etag), body + tail, std::move(links));
}

}  // namespace daybook::query
