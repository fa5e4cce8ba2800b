#include "platform/http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <stdexcept>
#include <thread>

#include "tests/platform/http/server_fixture.hpp"

namespace daybook::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST_F(ServerTest, GivesTheHandlerTheWholeRequest) {
  Request seen;
  serve([&](Request request, const Respond& respond) {
    seen = std::move(request);
    respond({.status = 201, .headers = {{"Location", "/a/1"}}, .body = "{}"});
  });
  const auto result = client().send("POST", "/a%20b/?x=1&x=2", {{"If-Match", "\"v1\""}}, "{\"a\":1}");
  EXPECT_EQ(result.status, 201) << result.error;
  EXPECT_EQ(result.body, "{}");
  EXPECT_EQ(result.header("location"), "/a/1");
  EXPECT_EQ(result.header("content-type"), "application/json");
  EXPECT_EQ(result.header("x-content-type-options"), "nosniff");
  EXPECT_FALSE(result.header("date").empty());
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.path, "/a b/");
  EXPECT_EQ(seen.target, "/a%20b/?x=1&x=2");
  EXPECT_EQ(seen.query.size(), 2u);
  EXPECT_EQ(seen.header("if-match"), "\"v1\"");
  EXPECT_EQ(seen.header("content-type"), "application/json");
  EXPECT_EQ(seen.body, "{\"a\":1}");
  EXPECT_EQ(seen.remote_address, "127.0.0.1");
}

TEST_F(ServerTest, KeepsTheConnectionForTheNextRequest) {
  serve(echo);
  auto same = client();
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(same.get("/" + std::to_string(i)).body, "GET /" + std::to_string(i) + " ");
  EXPECT_EQ(server->connections(), 1u);
}

TEST_F(ServerTest, HeadHasTheLengthAndNoBody) {
  serve(echo);
  auto same = client();
  const auto head = same.send("HEAD", "/a");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.header("content-length"), std::to_string(std::string("HEAD /a ").size()));
  EXPECT_EQ(same.get("/b").body, "GET /b ") << "the connection is still in step";
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  Respond first;
  Signal both_possible;
  serve([&](const Request& request, const Respond& respond) {
    if (request.path != "/1") return echo(request, respond);
    first = respond;
    both_possible.set();
  });
  RawClient raw(server->port());
  raw.send(
      "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
      "\r\nGET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  ASSERT_TRUE(both_possible.wait());
  first(text("late"));
  const auto& all = raw.read_to_end();
  ASSERT_TRUE(raw.closed());
  EXPECT_THAT(all, EndsWith("GET /3 "));
  EXPECT_LT(all.find("late"), all.find("POST /2 hi"));
  EXPECT_LT(all.find("POST /2 hi"), all.find("GET /3 "));
}

TEST_F(ServerTest, ARequestMayArriveByteByByte) {
  serve(echo);
  RawClient raw(server->port());
  for (const char byte : std::string("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")) {
    raw.send(std::string_view(&byte, 1));
  }
  EXPECT_THAT(raw.read_until("POST /a abc"), HasSubstr("POST /a abc"));
}

TEST_F(ServerTest, AChunkedBodyIsReadWholeAndItsTrailersAreNoHeaders) {
  Request seen;
  serve([&](Request request, const Respond& respond) {
    seen = request;
    echo(std::move(request), respond);
  });
  RawClient raw(server->port());
  raw.send(
      "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n"
      "Authorization: Bearer x\r\n\r\n");
  EXPECT_THAT(raw.read_until("abcde"), HasSubstr("POST /a abcde"));
  EXPECT_FALSE(seen.has_header("authorization"));
}

TEST_F(ServerTest, TellsAClientThatWaitsWithItsBodyToGoOn) {
  serve(echo);
  RawClient raw(server->port());
  raw.send("POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(raw.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  raw.send("hi");
  EXPECT_THAT(raw.read_until("POST /a hi"), EndsWith("POST /a hi"));
}

TEST_F(ServerTest, AReplyMayComeLaterFromAnotherThread) {
  std::thread other;
  serve([&](Request request, const Respond& respond) {
    other = std::thread([request = std::move(request), respond] { echo(request, respond); });
  });
  EXPECT_EQ(client().get("/later").body, "GET /later ");
  other.join();
}

TEST_F(ServerTest, OnlyTheFirstReplyCounts) {
  serve([](const Request&, const Respond& respond) {
    respond(text("first"));
    respond(text("second"));
  });
  auto same = client();
  EXPECT_EQ(same.get("/").body, "first");
  EXPECT_EQ(same.get("/").body, "first");
}

TEST_F(ServerTest, AHandlerThatDropsItsReplyOrThrowsIsAnswered500) {
  serve([](const Request& request, const Respond&) {
    if (request.path == "/throw") throw std::runtime_error("secret");
  });
  auto same = client();
  for (const auto* path : {"/drop", "/throw"}) {
    const auto result = same.get(path);
    EXPECT_EQ(result.status, 500) << path;
    EXPECT_EQ(result.header("content-type"), "application/problem+json");
    EXPECT_THAT(result.body, Not(HasSubstr("secret")));
  }
}

TEST_F(ServerTest, AnOldClientsConnectionClosesUnlessItAsksToKeepIt) {
  serve(echo);
  RawClient closing(server->port());
  closing.send("GET /a HTTP/1.0\r\n\r\n");
  EXPECT_THAT(closing.read_to_end(), HasSubstr("Connection: close"));
  EXPECT_TRUE(closing.closed());
  RawClient keeping(server->port());
  keeping.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_THAT(keeping.read_until("GET /a "), HasSubstr("Connection: keep-alive"));
}

TEST_F(ServerTest, ABigReplyArrivesWhole) {
  const std::string big(8 << 20, 'x');
  serve([&](const Request&, const Respond& respond) { respond(text(big)); });
  EXPECT_EQ(client().get("/").body, big);
}

TEST_F(ServerTest, SeveralThreadsShareTheConnections) {
  std::mutex mutex;
  std::set<std::thread::id> threads;
  serve(
      [&](Request request, const Respond& respond) {
        {
          const std::lock_guard lock(mutex);
          threads.insert(std::this_thread::get_id());
        }
        echo(std::move(request), respond);
      },
      {.threads = 2});
  auto one = client();
  auto two = client();
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(one.get("/1").body, "GET /1 ");
    EXPECT_EQ(two.get("/2").body, "GET /2 ");
  }
  EXPECT_EQ(threads.size(), 2u);
}

TEST_F(ServerTest, RunsPostedWorkAtItsTime) {
  serve(echo);
  Signal now;
  Signal later;
  const auto start = std::chrono::steady_clock::now();
  server->post([&] { now.set(); });
  server->post_after(std::chrono::milliseconds(20), [&] { later.set(); });
  EXPECT_TRUE(now.wait());
  EXPECT_TRUE(later.wait());
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(20));
}

TEST_F(ServerTest, SaysWhichAddressAndPortAreTaken) {
  serve(echo);
  const auto taken = server->port();
  try {
    const Server second({.port = taken});
    FAIL() << "bound twice";
  } catch (const AddressInUse& error) {
    EXPECT_THAT(error.what(), HasSubstr("127.0.0.1:" + std::to_string(taken)));
  }
}

TEST_F(ServerTest, AnAddressThatIsNoneIsAnotherError) {
  EXPECT_THROW(Server({.address = "not-an-address"}), std::system_error);
}

TEST_F(ServerTest, AReplyAfterTheServersEndIsDropped) {
  Respond kept;
  Signal asked;
  serve([&](const Request&, const Respond& respond) {
    kept = respond;
    asked.set();
  });
  RawClient raw(server->port());
  raw.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(asked.wait());
  server.reset();
  kept(text("too late"));
  kept = nullptr;
  EXPECT_EQ(raw.read_to_end(), "");
  EXPECT_TRUE(raw.closed());
}

}  // namespace
}  // namespace daybook::http
