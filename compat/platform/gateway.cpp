#include "compat/platform/gateway.hpp"

#include "compat/platform/exchange.hpp"

namespace daybook::compat {
namespace {

http::Response not_allowed(const std::vector<std::string>& allow) {
  auto response = refused({405, "Method Not Allowed"});
  std::string methods;
  for (const auto& method : allow) methods += (methods.empty() ? "" : ", ") + method;
  response.headers.push_back({"Allow", std::move(methods)});
  return response;
}

}  // namespace

Gateway::Gateway(Tools tools) : tools_(std::make_shared<const Tools>(std::move(tools))) {
  const auto all = operations();
  for (std::size_t i = 0; i < all.size(); ++i) router_.add(all[i].method, std::string(base) + std::string(all[i].path), static_cast<int>(i));
}

bool Gateway::takes(const http::Request& request) {
  const auto path = request.raw_path();
  return path.starts_with(base) && (path.size() == base.size() || path[base.size()] == '/');
}

void Gateway::handle(http::Request request, http::Respond respond) const {
  auto match = router_.match(request.method, request.raw_path());
  if (const auto* other = std::get_if<http::Router::MethodNotAllowed>(&match)) return respond(not_allowed(other->allow));
  auto* found = std::get_if<http::Router::Found>(&match);
  if (found == nullptr) return respond(refused({404, "Not Found"}));
  const auto& operation = operations()[static_cast<std::size_t>(found->id)];
  if (operation.signed_in)
    if (const auto refusal = refuse_unsigned(request)) return respond(refused(*refusal));
  std::make_shared<Exchange>(tools_, operation, std::move(request), std::move(found->params), std::move(respond))->begin();
}

}  // namespace daybook::compat
