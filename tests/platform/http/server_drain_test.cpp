#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <system_error>

#include "tests/platform/http/server_fixture.hpp"

namespace daybook::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

using ServerDrainTest = ServerTest;

TEST_F(ServerDrainTest, FinishesWhatIsInFlightAndRefusesWhatIsNew) {
  Respond held;
  Signal asked;
  serve([&](const Request&, const Respond& respond) {
    held = respond;
    asked.set();
  });
  RawClient in_flight(server->port());
  RawClient idle(server->port());
  in_flight.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(asked.wait());

  auto drained = std::async(std::launch::async, [&] { return server->drain(patience_ms); });
  // The idle connection is closed as part of the draining, after the listening socket.
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_TRUE(idle.closed());
  EXPECT_THROW(RawClient(server->port()), std::system_error);
  EXPECT_EQ(drained.wait_for(std::chrono::seconds(0)), std::future_status::timeout);

  held(text("answered"));
  EXPECT_THAT(in_flight.read_to_end(), EndsWith("answered"));
  EXPECT_THAT(in_flight.read_to_end(), HasSubstr("Connection: close\r\n"));
  EXPECT_TRUE(drained.get());
}

TEST_F(ServerDrainTest, EndsStreamsProperly) {
  Signal streaming;
  Signal closed;
  serve([&](const Request&, const Respond& respond) {
    Response live{.content_type = "text/event-stream"};
    live.stream = [&](StreamWriter writer) {
      EXPECT_TRUE(writer.write("data: 1\n\n"));
      writer.on_close([&] { closed.set(); });
      streaming.set();
    };
    respond(std::move(live));
  });
  RawClient raw(server->port());
  raw.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(streaming.wait());
  EXPECT_TRUE(server->drain(patience_ms));
  EXPECT_TRUE(closed.wait());
  EXPECT_THAT(raw.read_to_end(), EndsWith("9\r\ndata: 1\n\n\r\n0\r\n\r\n"));
}

TEST_F(ServerDrainTest, CutsWhatTakesLongerThanItsDeadline) {
  Respond held;
  Signal asked;
  serve([&](const Request&, const Respond& respond) {
    held = respond;
    asked.set();
  });
  RawClient raw(server->port());
  raw.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(asked.wait());
  EXPECT_FALSE(server->drain(std::chrono::milliseconds(20)));
  EXPECT_EQ(raw.read_to_end(), "");
  EXPECT_TRUE(raw.closed());
}

TEST_F(ServerDrainTest, IsQuickWithoutConnectionsAndHarmlessTwice) {
  serve(echo);
  EXPECT_TRUE(server->drain(patience_ms));
  EXPECT_TRUE(server->drain(patience_ms));
  Server never_started;
  EXPECT_TRUE(never_started.drain(patience_ms));
}

}  // namespace
}  // namespace daybook::http
