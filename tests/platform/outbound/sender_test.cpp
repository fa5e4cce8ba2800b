// Posts to a receiver on this machine, which is exactly what is refused unless it is allowed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <mutex>
#include <stdexcept>

#include "platform/http/server.hpp"
#include "platform/outbound/outbound.hpp"

namespace daybook::outbound {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto patience = std::chrono::seconds(5);
constexpr std::string_view refused = "not a public one";

class SenderTest : public testing::Test {
 protected:
  // Before what the handlers refer to is gone.
  void TearDown() override { receiver_.reset(); }

  void receive(http::Handler answer) {
    receiver_ = std::make_unique<http::Server>();
    receiver_->start([this, answer = std::move(answer)](http::Request request, const http::Respond& respond) {
      {
        const std::lock_guard lock(mutex_);
        received_.push_back(request);
      }
      answer(std::move(request), respond);
    });
  }
  void receive(http::Response answer) {
    receive([answer](const http::Request&, const http::Respond& respond) { respond(answer); });
  }

  std::string url(const std::string& host = "127.0.0.1") const { return "http://" + host + ":" + std::to_string(receiver_->port()) + "/hook"; }
  static std::unique_ptr<Sender> allowed(std::chrono::milliseconds timeout = patience) {
    return make_sender({.allowed_networks = {"127.0.0.0/8"}, .timeout = timeout});
  }
  std::vector<http::Request> received() const {
    const std::lock_guard lock(mutex_);
    return received_;
  }
  std::vector<std::string> paths() const {
    std::vector<std::string> all;
    for (const auto& request : received()) all.push_back(request.path);
    return all;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<http::Request> received_;
  std::unique_ptr<http::Server> receiver_;
};

TEST_F(SenderTest, HandsOverBodyAndHeadersAsTheyAre) {
  receive({.status = 204});
  const auto answer = allowed()->post({url(), {{"webhook-id", "evt_1"}, {"X-Empty", ""}}, R"({"type":"issue.created"})"});
  EXPECT_EQ(answer.status, 204);
  EXPECT_TRUE(answer.taken()) << answer.error;
  const auto requests = received();
  ASSERT_EQ(requests.size(), 1U);
  const auto& request = requests.front();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/hook");
  EXPECT_EQ(request.body, R"({"type":"issue.created"})");
  EXPECT_EQ(request.header("webhook-id"), "evt_1");
  EXPECT_TRUE(request.has_header("x-empty"));
  EXPECT_EQ(request.header("content-type"), "application/json");
}

TEST_F(SenderTest, SendsAContentTypeOfItsCallersAlone) {
  receive({.status = 200});
  EXPECT_TRUE(allowed()->post({url(), {{"content-type", "text/plain"}}, "hello"}).taken());
  EXPECT_EQ(received().front().header("content-type"), "text/plain");
}

TEST_F(SenderTest, EveryStatusButThatOfSuccessIsAnError) {
  for (const int status : {400, 404, 410, 429, 500, 503}) {
    receive({.status = status});
    const auto answer = allowed()->post({url(), {}, "{}"});
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.error, "it answered " + std::to_string(status));
  }
}

TEST_F(SenderTest, FollowsNoRedirect) {
  receive({.status = 307, .headers = {{"Location", "/elsewhere"}}});
  const auto answer = allowed()->post({url(), {}, "{}"});
  EXPECT_EQ(answer.status, 307);
  EXPECT_THAT(answer.error, HasSubstr("redirects are not followed"));
  EXPECT_THAT(paths(), ElementsAre("/hook"));
}

TEST_F(SenderTest, SendsNothingToThisMachineUnlessItIsAllowed) {
  receive({.status = 200});
  for (const auto* host : {"127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0.0.0.0", "[::ffff:127.0.0.1]"}) {
    const auto answer = make_sender({})->post({url(host), {}, "{}"});
    EXPECT_EQ(answer.status, 0) << host;
    EXPECT_THAT(answer.error, HasSubstr(refused)) << host;
  }
  EXPECT_THAT(make_sender({.allowed_networks = {"10.0.0.0/8", "127.0.0.2"}})->post({url(), {}, "{}"}).error, HasSubstr(refused));
  EXPECT_THAT(paths(), IsEmpty());
}

// A name may have several addresses; ::1 is not allowed here, and the other one is taken.
TEST_F(SenderTest, OfTheAddressesOfANameThoseAllowedAreConnectedTo) {
  receive({.status = 200});
  EXPECT_EQ(allowed()->post({url("localhost"), {}, "{}"}).error, "");
}

TEST_F(SenderTest, RefusesWithoutNamingTheAddress) {
  receive({.status = 200});
  EXPECT_EQ(make_sender({})->post({url("localhost"), {}, "{}"}).error.find("127."), std::string::npos);
}

// Through a proxy, the address that is checked would be the proxy's.
TEST_F(SenderTest, TakesNoProxyFromTheEnvironment) {
  receive({.status = 200});
  ::setenv("http_proxy", url().c_str(), 1);
  const auto answer = allowed()->post({"http://192.0.2.1/hook", {}, "{}"});
  ::unsetenv("http_proxy");
  EXPECT_THAT(answer.error, HasSubstr(refused));
  EXPECT_THAT(paths(), IsEmpty());
}

TEST_F(SenderTest, SendsByHttpAloneAndWithoutCredentialsInTheUrl) {
  receive({.status = 200});
  for (const std::string wrong : {"file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "no url", ""}) {
    const auto answer = allowed()->post({wrong, {}, "{}"});
    EXPECT_EQ(answer.status, 0) << wrong;
    EXPECT_FALSE(answer.taken()) << wrong;
  }
  EXPECT_EQ(allowed()->post({url("ann:hunter2@127.0.0.1"), {}, "{}"}).error, "its URL is not one that is sent to");
  EXPECT_THAT(paths(), IsEmpty());
}

TEST_F(SenderTest, AReceiverThatDoesNotSpeakTlsIsNotSentToByHttps) {
  receive({.status = 200});
  auto https = url();
  https.replace(0, 4, "https");
  const auto answer = allowed()->post({https, {}, "{}"});
  EXPECT_EQ(answer.status, 0);
  EXPECT_FALSE(answer.taken());
}

TEST_F(SenderTest, GivesUpOnAReceiverThatDoesNotAnswer) {
  http::Respond held;
  receive([&](const http::Request&, const http::Respond& respond) { held = respond; });
  const auto begun = std::chrono::steady_clock::now();
  const auto answer = allowed(std::chrono::milliseconds(100))->post({url(), {}, "{}"});
  EXPECT_LT(std::chrono::steady_clock::now() - begun, patience);
  EXPECT_EQ(answer.status, 0);
  EXPECT_EQ(answer.error, "it did not answer in time");
  TearDown();
}

TEST_F(SenderTest, AReceiverThatIsNotThereIsAnError) {
  receive({.status = 200});
  const auto gone = url();
  TearDown();
  EXPECT_EQ(allowed()->post({gone, {}, "{}"}).error, "it cannot be connected to");
}

// The message was taken, whatever else is said.
TEST_F(SenderTest, ReadsALongAnswerOnlyToItsLimit) {
  receive({.status = 200, .body = std::string(8 * Sender::answer_bytes_max, 'x')});
  const auto answer = allowed()->post({url(), {}, "{}"});
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.taken()) << answer.error;
}

TEST_F(SenderTest, AnAnswerWithoutAnEndCountsByItsStatus) {
  receive({.status = 200, .stream = [](http::StreamWriter writer) { static_cast<void>(writer.write("and")); }});
  EXPECT_EQ(allowed(std::chrono::milliseconds(200))->post({url(), {}, "{}"}).status, 200);
}

TEST_F(SenderTest, NoHeaderBecomesTwo) {
  receive({.status = 200});
  for (const auto& [name, value] : {std::pair<std::string, std::string>{"X-A", "1\r\nX-B: 2"}, {"X-A", "1\nX-B: 2"}, {"X-A\r\nX-B", "1"}, {"X-A: 1", "2"}, {"", "1"}})
    EXPECT_EQ(allowed()->post({url(), {{name, value}}, "{}"}).error, "one of its headers cannot be sent") << name << value;
  EXPECT_THAT(paths(), IsEmpty());
}

TEST_F(SenderTest, SendsOneAfterAnother) {
  receive({.status = 200});
  const auto sender = allowed();
  for (const auto* body : {"1", "2", "3"}) EXPECT_TRUE(sender->post({url(), {}, body}).taken());
  EXPECT_EQ(received().back().body, "3");
  EXPECT_EQ(received().size(), 3U);
}

TEST(MakeSender, RefusesWhatIsNoNetwork) { EXPECT_THROW(static_cast<void>(make_sender({.allowed_networks = {"intranet"}})), std::invalid_argument); }

}  // namespace
}  // namespace daybook::outbound
