// The shipped configuration of nginx, in front of two services that tell what reached them.
#include "tests/support/reverse_proxy.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <mutex>
#include <optional>

#include "platform/http/client.hpp"
#include "platform/http/server.hpp"

namespace daybook::test {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_body_bytes = 8u << 20;      // of a bulk request
constexpr std::size_t longest_url_bytes = 8u << 10;
constexpr std::size_t longest_headers_bytes = 15u << 10;  // a service takes 16 KiB, the proxy's own fields among them
constexpr const char* strong_tag = "\"v17\"";

// Answers with its name and remembers what it was asked.
class Service {
 public:
  explicit Service(std::string name) : name_(std::move(name)) {
    http::ServerOptions options;
    options.body_bytes_max = largest_body_bytes;
    server_.emplace(options);
    url = "http://127.0.0.1:" + std::to_string(server_->port());
    server_->start([this](http::Request request, const http::Respond& respond) {
      {
        const std::lock_guard lock(mutex_);
        last_ = std::move(request);
      }
      auto response = reply;
      if (response.body.empty()) response.body = name_;
      respond(std::move(response));
    });
  }
  void end() { server_.reset(); }
  http::Request last() {
    const std::lock_guard lock(mutex_);
    return last_;
  }

  std::string url;
  http::Response reply;  // set before it is asked

 private:
  std::string name_;
  std::mutex mutex_;
  http::Request last_;
  std::optional<http::Server> server_;
};

class InFrontOfTwoServices : public ::testing::Test {
 protected:
  http::ClientResult send(const std::string& method, const std::string& path, const std::vector<http::Header>& headers = {},
                          const std::string& body = "") {
    return client_.send(method, path, headers, body);
  }
  // Of the proxy itself, in the form that every error of the API has.
  static void expect_problem(const http::ClientResult& reply, int status, const std::string& code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
    const auto problem = json::parse(reply.body).as_object();
    EXPECT_EQ(problem.at("type").as_string(), "urn:daybook:problem:" + code);
    EXPECT_EQ(problem.at("code").as_string(), code);
    EXPECT_EQ(problem.at("status").as_int64(), status);
    EXPECT_FALSE(problem.at("title").as_string().empty());
    EXPECT_FALSE(problem.at("detail").as_string().empty());
    EXPECT_EQ(problem.at("request_id").as_string(), std::string(reply.header("X-Request-Id")));
  }

  Service command_{"command"}, query_{"query"};
  ReverseProxy proxy_{command_.url, query_.url};
  http::Client client_{proxy_.url()};
};

TEST_F(InFrontOfTwoServices, WhoReadsIsSentToTheOneAndWhoWritesToTheOther) {
  const std::string workspace = "/api/v1/workspaces/w";
  for (const auto& [method, path] : std::vector<std::pair<std::string, std::string>>{
           {"GET", workspace}, {"GET", workspace + "/events"}, {"GET", "/readyz"}, {"GET", "/openapi.json"},
           {"POST", workspace + "/events/ticket"}, {"POST", workspace + "/events/ticket/"}})
    EXPECT_EQ(send(method, path).body, "query") << method << " " << path;
  for (const auto& [method, path] : std::vector<std::pair<std::string, std::string>>{
           {"POST", workspace + "/issues"}, {"PATCH", workspace}, {"DELETE", workspace}, {"PUT", workspace}, {"POST", "/api/v1/auth/login"},
           {"OPTIONS", workspace}, {"POST", workspace + "/events/ticket/more"}, {"POST", workspace + "/issues/events/ticket"}})
    EXPECT_EQ(send(method, path).body, "command") << method << " " << path;
  EXPECT_EQ(send("HEAD", workspace).status, 200);
  EXPECT_EQ(query_.last().method, "HEAD");
}

TEST_F(InFrontOfTwoServices, ARequestArrivesAsItWasSent) {
  // Given a request with everything that may be odd in it
  const std::string target = "/api/v1//a%2Fb/%C3%A9/?q=a%20b&q=+c&empty=";
  const std::string traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  // When it goes through
  send("PATCH", target,
       {{"traceparent", traceparent}, {"X-Request-Id", "mine-7"}, {"If-Match", strong_tag}, {"Idempotency-Key", "k"}, {"X-Forwarded-For", "1.2.3.4"}},
       "{}");

  // Then nothing is decoded, merged or lost, and behind what the caller says of their address stands the one that was seen
  const auto seen = command_.last();
  EXPECT_EQ(seen.target, target);
  EXPECT_EQ(seen.body, "{}");
  EXPECT_EQ(seen.header("traceparent"), traceparent);
  EXPECT_EQ(seen.header("X-Request-Id"), "mine-7");
  EXPECT_EQ(seen.header("If-Match"), strong_tag);
  EXPECT_EQ(seen.header("Idempotency-Key"), "k");
  EXPECT_EQ(seen.header("X-Forwarded-For"), "1.2.3.4, 127.0.0.1");
}

TEST_F(InFrontOfTwoServices, ARequestWithoutANameIsGivenOne) {
  send("GET", "/livez");
  EXPECT_EQ(query_.last().header("X-Request-Id").size(), 32u);
}

TEST_F(InFrontOfTwoServices, AReplyArrivesAsItWasSent) {
  // Given a reply that a proxy likes to compress, with a strong entity tag
  query_.reply.headers = {{"ETag", strong_tag}, {"Daybook-Position", "7"}};
  query_.reply.body = std::string(100'000, 'x');
  const auto reply = send("GET", "/api/v1/me", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(reply.header("ETag"), strong_tag);
  EXPECT_EQ(reply.header("Daybook-Position"), "7");
  EXPECT_EQ(reply.body, query_.reply.body);
}

TEST_F(InFrontOfTwoServices, WhatAServiceRefusesIsRefusedInItsWords) {
  command_.reply = {.status = 503, .headers = {{"Retry-After", "4"}}, .body = R"({"code":"busy"})", .content_type = "application/problem+json"};
  const auto reply = send("POST", "/api/v1/workspaces");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.header("Retry-After"), "4");
  EXPECT_EQ(reply.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(reply.body, command_.reply.body);
}

TEST_F(InFrontOfTwoServices, AServiceThatIsAwayIsAProblemThatMayBeTriedAgain) {
  // Given a command service that has ended, when somebody writes
  command_.end();
  const auto reply = send("POST", "/api/v1/workspaces", {{"X-Request-Id", "mine-8"}});

  // Then they are told so, and who reads is not concerned
  expect_problem(reply, 503, "unavailable");
  EXPECT_EQ(reply.header("Retry-After"), "1");
  EXPECT_EQ(reply.header("X-Request-Id"), "mine-8");
  EXPECT_EQ(send("GET", "/api/v1/me").status, 200);
}

TEST_F(InFrontOfTwoServices, TheLimitsOfARequestAreThoseOfTheServices) {
  // Given requests as large as a service takes them, when they are sent, then they arrive
  const std::string body(largest_body_bytes, 'x');
  EXPECT_EQ(send("POST", "/api/v1/bulk", {}, body).body, "command");
  EXPECT_EQ(command_.last().body.size(), body.size());
  EXPECT_EQ(send("GET", "/" + std::string(longest_url_bytes - 1, 'x')).status, 200);
  EXPECT_EQ(send("GET", "/", {{"X-Long", std::string(longest_headers_bytes, 'x')}}).status, 200);

  // And larger ones are refused by the service that knows the limit
  EXPECT_EQ(send("POST", "/api/v1/bulk", {}, body + "x").status, 413);
  EXPECT_EQ(send("GET", "/" + std::string(longest_url_bytes, 'x')).status, 414);
}

TEST_F(InFrontOfTwoServices, WhatTheProxyItselfRefusesIsAProblemToo) {
  expect_problem(send("GET", "/", {{"X-Long", std::string(100'000, 'x')}}), 431, "header-too-large");
  expect_problem(send("GET", "/" + std::string(100'000, 'x')), 414, "uri-too-long");
  expect_problem(send("POST", "/", {{"Content-Length", "1000000000"}}), 413, "too-large");
  expect_problem(send("TRACE", "/"), 405, "method-not-allowed");
  expect_problem(send("GET", "/problem"), 404, "not-found");
}

TEST_F(InFrontOfTwoServices, ALiveEventArrivesWhileTheReplyGoesOn) {
  // Given a live reply that ends only when the test says so
  std::optional<http::StreamWriter> writer;
  std::mutex mutex;
  query_.reply.content_type = "text/event-stream";
  query_.reply.headers = {{"X-Accel-Buffering", "no"}};
  query_.reply.stream = [&](http::StreamWriter started) {
    started.write("data: 1\n\n");
    const std::lock_guard lock(mutex);
    writer = std::move(started);
  };

  // When the first event is there, then the second is sent, and it is there too
  std::string text;
  const auto result = client_.stream("/api/v1/workspaces/w/events", {}, [&](std::string_view chunk) {
    const std::lock_guard lock(mutex);
    if (text.empty()) writer->write("data: 2\n\n");
    text += chunk;
    return text.find("data: 2") == text.npos;
  });
  EXPECT_TRUE(result.ok()) << result.error;
  EXPECT_EQ(text, "data: 1\n\ndata: 2\n\n");
  const std::lock_guard lock(mutex);
  writer->close();
}

TEST_F(InFrontOfTwoServices, WhatStandsBehindTheQuestionMarkIsWrittenNowhere) {
  // Given a ticket in a URL, when it is sent with success and without
  send("GET", "/api/v1/workspaces/w/events?ticket=planted-ticket");
  query_.end();
  expect_problem(send("GET", "/api/v1/workspaces/w/events?ticket=planted-ticket"), 503, "unavailable");

  // Then each request has its line, and the ticket is in none
  EXPECT_TRUE(wait_until([&] { return proxy_.output().find("\"status\":503") != std::string::npos; })) << proxy_.output();
  EXPECT_NE(proxy_.output().find("\"status\":200"), std::string::npos) << proxy_.output();
  EXPECT_EQ(proxy_.output().find("planted-ticket"), std::string::npos) << proxy_.output();
}

}  // namespace
}  // namespace daybook::test
