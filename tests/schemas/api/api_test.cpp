// Routing, sign-in, what every reply carries, and who is told of it.
#include "tests/schemas/api/frame.hpp"

namespace daybook::api::test {
namespace {

class ApiFrame : public Frame {};

TEST_F(ApiFrame, WhoeverHasATokenIsLetInWhateverTheCaseOfBearer) {
  const auto api = make();
  EXPECT_EQ(get(api).status, 200);
  EXPECT_EQ(send(api, "GET", "/api/v1/things/1", {{"Authorization", "bearer good"}}).status, 200);
  EXPECT_EQ(send(api, "GET", "/api/v1/things/1").status, 401);
  EXPECT_EQ(send(api, "GET", "/api/v1/things/1", {{"Authorization", "Bearer bad"}}).status, 401);
}

TEST_F(ApiFrame, ARequestIdIsKeptAndOtherwiseMade) {
  const auto api = make();
  EXPECT_EQ(header(send(api, "GET", "/livez", {{"X-Request-Id", "mine-1"}}), "X-Request-Id"), "mine-1");
  EXPECT_EQ(header(send(api, "GET", "/livez", {{"X-Request-Id", "not mine"}}), "X-Request-Id").size(), 36u);
}

TEST_F(ApiFrame, WhoeverLogsLearnsAllOfAnAnsweredRequest) {
  auto api = make();
  std::vector<std::string> seen;
  api->on_answered = [&](const Answered& a) {
    seen.push_back(std::string(a.route) + " " + std::string(a.method) + " " + std::string(a.path) + " " + std::to_string(a.status) + " " +
                   std::string(a.request_id) + " " + std::to_string(a.trace_id.size()) + " " + std::string(a.code) + " " + (a.principal ? a.principal->text() : "-") + " " +
                   std::to_string(a.duration.count()));
  };
  send(api, "GET", "/api/v1/things/1",
       {{"Authorization", "Bearer good"}, {"X-Request-Id", "r"}, {"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}});
  send(api, "GET", "/nowhere", {{"X-Request-Id", "r"}});
  send(api, "PUT", "/livez", {{"X-Request-Id", "r"}});
  EXPECT_EQ(seen, (std::vector<std::string>{"getThing GET /api/v1/things/{thing} 200 r 32  " + user.text() + " 0", " GET  404 r 32 not-found - 0",
                                            " PUT  405 r 32 method-not-allowed - 0"}));
}

TEST_F(ApiFrame, ATraceIsTheCallersAndOtherwiseOneOfItsOwn) {
  auto api = make();
  std::vector<std::string> traces;
  api->on_answered = [&](const Answered& a) { traces.emplace_back(a.trace_id); };
  send(api, "GET", "/livez", {{"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}});
  send(api, "GET", "/livez");
  send(api, "GET", "/livez", {{"traceparent", "nonsense"}});
  EXPECT_EQ(traces[0], "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(traces[1].find_first_not_of("0123456789abcdef"), std::string::npos) << traces[1];
  EXPECT_NE(traces[1], traces[2]);
}

TEST_F(ApiFrame, WhatTheServerRefusesByItselfIsAReplyLikeAnyOther) {
  ApiOptions options;
  options.cors.origins = {"https://app.example.org"};
  auto api = make(options);
  std::vector<std::string> seen;
  api->on_answered = [&](const Answered& a) { seen.push_back(std::string(a.route) + " " + std::to_string(a.status) + " " + std::string(a.code)); };
  const auto partly = http::make_request("GET", "/api/v1/things/1", {{"X-Request-Id", "r"}, {"Origin", "https://app.example.org"}});
  const auto reply = api->refuse_unread(partly, 413, "the body is too large");
  EXPECT_EQ(reply.status, 413);
  EXPECT_NE(reply.body.find("\"request_id\":\"r\""), reply.body.npos) << reply.body;
  EXPECT_EQ(header(reply, "X-Request-Id"), "r");
  EXPECT_EQ(header(reply, "Access-Control-Allow-Origin"), "https://app.example.org");
  EXPECT_EQ(header(api->refuse_unread({}, 400, "the request is malformed"), "X-Request-Id").size(), 36u) << "nothing of it could be read";
  EXPECT_EQ(seen, (std::vector<std::string>{"getThing 413 too-large", " 400 bad-request"}));
}

TEST_F(ApiFrame, AHandlerThatDropsItsReplyIsAnsweredFor) {
  auto api = make();
  Route route{};
  route.id = "drops";
  route.method = "GET";
  route.path = "/drops";
  route.signed_in = false;
  route.handler = [](CallPtr, Respond) {};
  api->add(route);
  std::string code;
  api->on_answered = [&](const Answered& a) { code = a.code; };
  const auto reply = send(api, "GET", "/drops", {{"X-Request-Id", "r"}});
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(header(reply, "X-Request-Id"), "r");
  EXPECT_EQ(code, "internal");
}

TEST_F(ApiFrame, AHandlerThatFailsIsAnsweredOnce) {
  auto api = make();
  int answers = 0;
  api->on_answered = [&](const Answered&) { ++answers; };
  const auto reply = send(api, "GET", "/api/v1/fails");
  EXPECT_EQ(reply.status, 500);
  EXPECT_NE(reply.body.find("\"code\":\"internal\""), reply.body.npos);
  EXPECT_EQ(answers, 1);
}

TEST_F(ApiFrame, EachRefusalOfTheServerHasItsOwnCode) {
  const std::pair<int, std::string> codes[] = {{400, "bad-request"}, {408, "request-timeout"}, {413, "too-large"}, {414, "uri-too-long"},
                                               {431, "header-too-large"}, {500, "internal"}, {501, "not-implemented"}, {505, "http-version-not-supported"}};
  for (const auto& [status, code] : codes) {
    const auto reply = problem_response(server_problem(status, "it is so"), "", "");
    EXPECT_EQ(reply.status, status);
    EXPECT_EQ(reply.content_type, "application/problem+json");
    EXPECT_NE(reply.body.find("\"code\":\"" + code + "\""), reply.body.npos) << reply.body;
  }
}

TEST_F(ApiFrame, ARateIsCountedByPrincipalAndSaidInEveryReply) {
  ApiOptions options;
  options.rates = {{2, std::chrono::seconds(60)}, {0}, false};
  const auto api = make(options);
  EXPECT_EQ(header(get(api), "RateLimit-Policy"), "\"principal\";q=2;w=60");
  EXPECT_EQ(header(get(api, "192.0.2.2"), "RateLimit"), "\"principal\";r=0;t=30");
  const auto refused = get(api);
  EXPECT_EQ(refused.status, 429);
  EXPECT_NE(refused.body.find("\"code\":\"rate-limited\""), refused.body.npos);
  EXPECT_EQ(header(refused, "Retry-After"), "30");
  now += std::chrono::seconds(30);
  EXPECT_EQ(get(api).status, 200);
}

TEST_F(ApiFrame, ARateIsCountedByAddressBeforeAnybodySignsIn) {
  ApiOptions options;
  options.rates = {{0}, {1, std::chrono::seconds(10)}, false};
  const auto api = make(options);
  EXPECT_EQ(send(api, "GET", "/nowhere").status, 404);
  EXPECT_EQ(get(api).status, 429);
  EXPECT_EQ(get(api, "192.0.2.2").status, 200);
}

TEST_F(ApiFrame, BehindAProxyThatIsTrustedARateIsCountedByWhoCalledIt) {
  ApiOptions options;
  options.rates.address.requests = 1;
  options.proxies = http::TrustedProxies({"192.0.2.1"});
  const auto api = make(options);
  const auto from = [&](const std::string& client, const std::string& peer) {
    return send(api, "GET", "/api/v1/things/1", {{"Authorization", "Bearer good"}, {"X-Forwarded-For", client}}, peer).status;
  };
  EXPECT_EQ(from("203.0.113.1", "192.0.2.1"), 200);
  EXPECT_EQ(from("203.0.113.2", "192.0.2.1"), 200);
  EXPECT_EQ(from("203.0.113.2", "192.0.2.1"), 429);
  EXPECT_EQ(from("127.0.0.1, 203.0.113.2", "192.0.2.1"), 429) << "what the client says of itself counts for nothing";
  EXPECT_EQ(from("203.0.113.3", "192.0.2.2"), 200);
  EXPECT_EQ(from("203.0.113.4", "192.0.2.2"), 429) << "nor does what a peer says that nobody trusts";
}

TEST_F(ApiFrame, LoopbackAndThePulseOfTheProcessAreNotLimited) {
  ApiOptions options;
  options.rates = {{1}, {1}, false};
  const auto api = make(options);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(get(api, "127.0.0.1").status, 200);
    EXPECT_EQ(send(api, "GET", "/livez").status, 200);
  }
  options.rates.on_loopback = true;
  const auto strict = make(options);
  EXPECT_EQ(get(strict, "::1").status, 200);
  EXPECT_EQ(get(strict, "::1").status, 429);
}

}  // namespace
}  // namespace daybook::api::test
