#include "platform/http/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/platform/http/server_fixture.hpp"

namespace daybook::http {
namespace {

using testing::HasSubstr;

using ClientTest = ServerTest;

TEST_F(ClientTest, ARefusedConnectionIsAnErrorThatNamesTheAddress) {
  serve(echo);
  const auto gone = url();
  server.reset();
  const auto result = Client(gone).get("/a");
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.error, HasSubstr(gone + "/a"));
}

TEST_F(ClientTest, AStatusOfTheServersIsNoError) {
  serve([](const Request&, const Respond& respond) { respond({.status = 404}); });
  const auto result = client().get("/a");
  EXPECT_TRUE(result.ok());
  EXPECT_EQ(result.status, 404);
}

TEST_F(ClientTest, AReplyThatTakesTooLongIsAnError) {
  Respond held;
  serve([&](const Request&, const Respond& respond) { held = respond; });
  const auto result = client().send("GET", "/", {}, {}, std::chrono::milliseconds(30));
  EXPECT_FALSE(result.ok());
  EXPECT_EQ(result.status, 0);
  server.reset();
}

TEST_F(ClientTest, ThePathOfTheBaseComesFirstAndIsSentAsItIs) {
  serve(echo);
  Client under(url() + "/compat/");
  EXPECT_EQ(under.get("/a/../b").body, "GET /compat/a/../b ");
}

TEST_F(ClientTest, SendsTheContentTypeItIsToldAndNoneWithoutABody) {
  serve([](const Request& request, const Respond& respond) {
    respond(text(request.has_header("content-type") ? std::string(request.header("content-type")) : "none"));
  });
  auto same = client();
  EXPECT_EQ(same.send("PATCH", "/", {{"content-type", "application/merge-patch+json"}}, "{}").body,
            "application/merge-patch+json");
  EXPECT_EQ(same.send("POST", "/", {}, "{}").body, "application/json");
  EXPECT_EQ(same.send("POST", "/").body, "none");
  EXPECT_EQ(same.send("DELETE", "/").body, "none");
}

TEST_F(ClientTest, AStreamEndsWhenTheCallbackHasEnough) {
  serve([](const Request&, const Respond& respond) {
    Response live;
    live.stream = [](StreamWriter writer) { EXPECT_TRUE(writer.write("data: 1\n\n")); };
    respond(std::move(live));
  });
  std::string seen;
  const auto result = client().stream("/", {}, [&](std::string_view chunk) {
    seen += chunk;
    return false;
  });
  EXPECT_TRUE(result.ok()) << result.error;
  EXPECT_EQ(seen, "data: 1\n\n");
}

}  // namespace
}  // namespace daybook::http
