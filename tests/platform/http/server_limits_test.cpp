#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/platform/http/server_fixture.hpp"

namespace daybook::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using ServerLimitsTest = ServerTest;

/// What the server says to these bytes before it closes.
std::string reply_to(const Server& server, std::string_view bytes) {
  RawClient raw(server.port());
  raw.send(bytes);
  auto reply = raw.read_until("\"}");
  EXPECT_THAT(reply, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(reply, HasSubstr("Content-Type: application/problem+json\r\n"));
  return reply;
}

std::string request_with(const std::string& target, const std::string& fields) {
  return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
}

TEST_F(ServerLimitsTest, ABodyOfExactlyTheLimitIsTakenAndOneMoreByteIsNot) {
  serve(echo, {.body_bytes_max = 1000});
  auto same = client();
  EXPECT_EQ(same.send("POST", "/", {}, std::string(1000, 'x')).status, 200);
  EXPECT_EQ(same.send("POST", "/", {}, std::string(1001, 'x')).status, 413);
}

TEST_F(ServerLimitsTest, AClientThatSendsFarTooMuchStillSeesTheReply) {
  serve(echo, {.body_bytes_max = 1000});
  EXPECT_EQ(client().send("POST", "/", {{"Expect", ""}}, std::string(4 << 20, 'x')).status, 413);
}

TEST_F(ServerLimitsTest, TheLimitCountsChunkedBodiesToo) {
  serve(echo, {.body_bytes_max = 5});
  EXPECT_THAT(reply_to(*server,
                       "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "4\r\nabcd\r\n4\r\nabcd\r\n0\r\n\r\n"),
              StartsWith("HTTP/1.1 413 "));
}

TEST_F(ServerLimitsTest, ARouteMayHaveItsOwnBodyLimit) {
  const auto limit = [](std::string_view method, std::string_view path) -> std::size_t {
    return method == "POST" && path == "/big" ? 100 : 10;
  };
  serve(echo, {.body_limit = limit});
  auto same = client();
  EXPECT_EQ(same.send("POST", "/big", {}, std::string(100, 'x')).status, 200);
  EXPECT_EQ(same.send("POST", "/small", {}, std::string(11, 'x')).status, 413);
}

TEST_F(ServerLimitsTest, ABodyTooLargeIsRefusedBeforeItIsSent) {
  serve(echo, {.body_bytes_max = 5});
  EXPECT_THAT(
      reply_to(*server, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 6\r\n\r\n"),
      StartsWith("HTTP/1.1 413 "));
}

TEST_F(ServerLimitsTest, AHeaderTooLargeIsRefusedWhetherItEndsOrNot) {
  serve(echo, {.header_bytes_max = 1000, .url_bytes_max = 500});
  const auto value = std::string(1000, 'x');
  EXPECT_THAT(reply_to(*server, request_with("/", "A: " + value + "\r\n")), StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(reply_to(*server, "GET / HTTP/1.1\r\nA: " + value + value), StartsWith("HTTP/1.1 431 "));
  std::string many;
  for (int i = 0; i < 200; ++i) many += "A: b\r\n";
  EXPECT_THAT(reply_to(*server, request_with("/", many)), StartsWith("HTTP/1.1 431 "));
  EXPECT_EQ(client().get("/", {{"A", std::string(500, 'x')}}).status, 200);
}

TEST_F(ServerLimitsTest, AUrlTooLongIsRefusedWhetherItEndsOrNot) {
  serve(echo, {.header_bytes_max = 1000, .url_bytes_max = 500});
  EXPECT_EQ(client().get("/" + std::string(499, 'x')).status, 200);
  EXPECT_THAT(reply_to(*server, request_with("/" + std::string(500, 'x'), "")), StartsWith("HTTP/1.1 414 "));
  EXPECT_THAT(reply_to(*server, "GET /" + std::string(4000, 'x')), StartsWith("HTTP/1.1 414 "));
}

TEST_F(ServerLimitsTest, WhatIsNoHttpIsMalformed) {
  serve(echo);
  for (const auto* bytes :
       {"hello\r\n\r\n", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET /% HTTP/1.1\r\nHost: a\r\n\r\n", "GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    EXPECT_THAT(reply_to(*server, bytes), StartsWith("HTTP/1.1 400 ")) << bytes;
  }
}

TEST_F(ServerLimitsTest, UnknownVersionsAndCodingsAreNamedAsSuch) {
  serve(echo);
  EXPECT_THAT(reply_to(*server, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"), StartsWith("HTTP/1.1 505 "));
  EXPECT_THAT(reply_to(*server, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"),
              StartsWith("HTTP/1.1 501 "));
}

TEST_F(ServerLimitsTest, RefusalsLookAsTheServiceWantsThem) {
  const auto problem = [](int status, std::string_view detail, const Request& seen) -> Response {
    return {.status = status, .headers = {{"X-Mine", "yes"}, {"X-Seen", seen.method + " " + seen.path}}, .body = std::string(detail)};
  };
  serve(echo, {.body_bytes_max = 1, .problem = problem});
  const auto result = client().send("POST", "/", {}, "too much");
  EXPECT_EQ(result.status, 413);
  EXPECT_EQ(result.header("x-mine"), "yes");
  EXPECT_EQ(result.header("x-seen"), "POST /");
  EXPECT_EQ(result.body, "the body is too large");
}

TEST_F(ServerLimitsTest, SlowAndIdleClientsAreToldOrLeftAfterTheirTime) {
  serve(echo, {.idle_timeout_s = 1, .header_read_timeout_s = 1, .body_read_timeout_s = 1});
  RawClient header(server->port());
  RawClient body(server->port());
  RawClient idle(server->port());
  RawClient silent(server->port());
  header.send("GET / HT");
  body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc");
  idle.send(request_with("/", ""));
  EXPECT_THAT(header.read_to_end(), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(body.read_to_end(), StartsWith("HTTP/1.1 408 "));
  EXPECT_THAT(idle.read_to_end(), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(silent.read_to_end(), "");
  EXPECT_TRUE(header.closed() && body.closed() && idle.closed() && silent.closed());
}

TEST_F(ServerLimitsTest, OneConnectionTooManyWaitsForAnotherToClose) {
  serve(echo, {.connections_max = 1});
  auto first = std::make_unique<RawClient>(server->port());
  first->send(request_with("/first", ""));
  ASSERT_THAT(first->read_until("/first"), HasSubstr("/first"));
  RawClient second(server->port());
  second.send(request_with("/second", ""));
  EXPECT_EQ(second.read_until("/second", std::chrono::milliseconds(50)), "");
  first.reset();
  EXPECT_THAT(second.read_until("/second"), HasSubstr("/second"));
}

}  // namespace
}  // namespace daybook::http
