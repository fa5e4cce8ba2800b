#pragma once
// A frame with two routes, a clock that stands still and one token that is good.
#include <gtest/gtest.h>

#include "schemas/api/api.hpp"

namespace daybook::api::test {

inline const auto user = *events::UserId::parse("0193fc00-0000-7000-8000-000000000001");

class Frame : public testing::Test {
 protected:
  using ApiPtr = std::unique_ptr<Api>;

  ApiPtr make(ApiOptions options = {}) {
    options.clock = [this] { return now; };
    auto api = std::make_unique<Api>("Test", [](std::string_view token) { return token == "good" ? std::optional(Principal{user, {}}) : std::nullopt; }, std::move(options));
    Route things{};
    things.id = "getThing";
    things.method = "GET";
    things.path = "/api/v1/things/{thing}";
    things.handler = [](CallPtr, Respond respond) { respond({}); };
    api->add(things);
    Route open = things;
    open.id = "live";
    open.path = "/livez";
    open.signed_in = false;
    api->add(open);
    Route failing = open;
    failing.id = "fails";
    failing.path = "/api/v1/fails";
    failing.handler = [](CallPtr, Respond) { throw std::runtime_error("no"); };
    api->add(failing);
    return api;
  }
  static http::Response send(const ApiPtr& api, std::string method, std::string path, std::vector<http::Header> headers = {}, std::string address = "192.0.2.1") {
    auto request = http::make_request(std::move(method), std::move(path), std::move(headers));
    request.remote_address = std::move(address);
    http::Response answer;
    api->handle(std::move(request), [&](http::Response response) { answer = std::move(response); });
    return answer;
  }
  static http::Response get(const ApiPtr& api, std::string address = "192.0.2.1") {
    return send(api, "GET", "/api/v1/things/1", {{"Authorization", "Bearer good"}}, std::move(address));
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& header : response.headers)
      if (http::same_name(header.name, name)) return header.value;
    return "";
  }

  std::chrono::steady_clock::time_point now{};
};

}  // namespace daybook::api::test
