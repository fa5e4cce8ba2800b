// Which answers are noted: sign-ins that proved nothing and commands that were denied, and nothing else.
#include "command-service/recording/watched.hpp"

#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::recording {
namespace {

class WatchedTest : public log::test::Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    const auto appender = std::shared_ptr<log::Appender>(main.appender.get(), [](auto*) {});
    recorder = std::make_shared<Recorder>(appender, std::make_shared<crypto::UuidV7Source>(), [] { return text::Instant{std::chrono::seconds{1'800'000'000}}; });
  }
  // How many refusals a route with such an answer leaves.
  std::uint64_t noted(bool signed_in, int status, const std::string& code) {
    api::Route route{};
    route.id = "someRoute";
    route.signed_in = signed_in;
    route.handler = [=](api::CallPtr, api::Respond respond) {
      http::Response response;
      response.status = status;
      response.refusal = code;
      respond(std::move(response));
    };
    const auto routes = watched({route}, recorder);
    auto call = std::make_shared<api::Call>();
    call->route = &routes.front();
    call->request.remote_address = "192.0.2.7";
    if (signed_in) call->principal = api::Principal{place.olga, log::test::new_id<events::SessionId>()};
    const auto before = recorder->stats().noted;
    int answered = 0;
    routes.front().handler(call, [&](const http::Response& response) { answered += response.status == status; });
    EXPECT_EQ(answered, 1);
    return recorder->stats().noted - before;
  }

  std::shared_ptr<Recorder> recorder;
};

TEST_F(WatchedTest, SignInsThatProveNothing) {
  EXPECT_EQ(noted(false, 401, "invalid-credentials"), 1u);
  EXPECT_EQ(noted(false, 422, "invalid-mailed-token"), 1u);
  EXPECT_EQ(noted(true, 404, "invalid-mailed-token"), 1u);
}

TEST_F(WatchedTest, CommandsThatAreDenied) {
  EXPECT_EQ(noted(true, 403, "forbidden"), 1u);
  EXPECT_EQ(noted(true, 401, "session-ended"), 1u);
}

TEST_F(WatchedTest, NothingThatWorkedWasWrongOrIsNotThere) {
  EXPECT_EQ(noted(false, 200, ""), 0u);
  EXPECT_EQ(noted(true, 201, ""), 0u);
  EXPECT_EQ(noted(true, 404, "not-found"), 0u);
  EXPECT_EQ(noted(true, 422, "too-long"), 0u);
  EXPECT_EQ(noted(true, 503, "busy"), 0u);
}

}  // namespace
}  // namespace daybook::recording
