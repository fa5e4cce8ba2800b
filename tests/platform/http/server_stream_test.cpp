#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include "tests/platform/http/server_fixture.hpp"

namespace daybook::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

/// A server whose every reply is a stream, the last of which the test may write to.
struct ServerStreamTest : ServerTest {
  void serve_stream(ServerOptions options = {}) {
    serve(
        [this](const Request&, const Respond& respond) {
          Response live{.content_type = "text/event-stream"};
          live.stream = [this](StreamWriter started) {
            started.on_close([this] { closed.set(); });
            writer = started;
            streaming.set();
          };
          respond(std::move(live));
        },
        std::move(options));
  }

  void ask(RawClient& raw, std::string_view version = "1.1") {
    raw.send("GET / HTTP/" + std::string(version) + "\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(streaming.wait());
  }

  std::optional<StreamWriter> writer;
  Signal streaming;
  Signal closed;
};

TEST_F(ServerStreamTest, SendsEachChunkWhenItIsWritten) {
  serve_stream();
  std::thread feeder([this] {
    ASSERT_TRUE(streaming.wait());
    EXPECT_TRUE(writer->write("data: 1\n\n"));
  });
  std::string seen;
  const auto result = client().stream("/", {{"Accept", "text/event-stream"}}, [&](std::string_view chunk) {
    seen += chunk;
    if (seen.ends_with("1\n\n")) writer->write("data: 2\n\n");
    if (seen.ends_with("2\n\n")) writer->close();
    return true;
  });
  feeder.join();
  EXPECT_TRUE(result.ok()) << result.error;
  EXPECT_EQ(result.status, 200);
  EXPECT_EQ(result.header("content-type"), "text/event-stream");
  EXPECT_EQ(seen, "data: 1\n\ndata: 2\n\n");
  EXPECT_FALSE(writer->open());
}

TEST_F(ServerStreamTest, ClosesForAReaderThatIsTooSlow) {
  constexpr std::size_t cap = 64 << 10;
  serve_stream({.stream_queue_bytes_max = cap});
  RawClient raw(server->port(), 4096);
  ask(raw);
  const std::string chunk(cap / 4, 'x');
  std::size_t written = 0;
  // The kernel's own buffers take some; far more than they can hold is refused in the end.
  while (written < (64u << 20) && writer->write(chunk)) {
    written += chunk.size();
    std::this_thread::yield();
  }
  EXPECT_LT(written, 64u << 20);
  EXPECT_FALSE(writer->open());
  EXPECT_TRUE(closed.wait());
  EXPECT_THAT(raw.read_to_end(), Not(EndsWith("0\r\n\r\n")));
  EXPECT_TRUE(raw.closed());
}

TEST_F(ServerStreamTest, LearnsThatTheClientHasGone) {
  serve_stream();
  {
    RawClient raw(server->port());
    ask(raw);
    EXPECT_TRUE(writer->write("data: 1\n\n"));
    EXPECT_THAT(raw.read_until("data: 1"), HasSubstr("data: 1"));
  }
  EXPECT_TRUE(closed.wait());
  EXPECT_FALSE(writer->write("data: 2\n\n"));
}

TEST_F(ServerStreamTest, AWriterMayOutliveTheServer) {
  serve_stream();
  RawClient raw(server->port());
  ask(raw);
  server.reset();
  EXPECT_TRUE(closed.wait());
  EXPECT_FALSE(writer->open());
  EXPECT_FALSE(writer->write("data: 1\n\n"));
  writer->close();
}

TEST_F(ServerStreamTest, AnOldClientGetsThePlainBytesUntilTheConnectionCloses) {
  serve_stream();
  RawClient raw(server->port());
  ask(raw, "1.0");
  EXPECT_TRUE(writer->write("data: 1\n\n"));
  writer->close();
  EXPECT_THAT(raw.read_to_end(), EndsWith("\r\n\r\ndata: 1\n\n"));
  EXPECT_TRUE(raw.closed());
}

TEST_F(ServerStreamTest, ManyThreadsMayWriteAndNoChunkIsTorn) {
  serve_stream({.stream_queue_bytes_max = 16 << 20});
  RawClient raw(server->port());
  ask(raw, "1.0");
  std::vector<std::thread> writers;
  for (int t = 0; t < 4; ++t) {
    writers.emplace_back([this, t] {
      for (int i = 0; i < 500; ++i)
        EXPECT_TRUE(writer->write("<" + std::string(20, static_cast<char>('a' + t)) + ">"));
    });
  }
  for (auto& thread : writers) thread.join();
  writer->close();
  const auto& all = raw.read_to_end();
  const auto body = std::string_view(all).substr(all.find("\r\n\r\n") + 4);
  ASSERT_EQ(body.size(), 4u * 500 * 22);
  for (std::size_t at = 0; at < body.size(); at += 22) {
    const auto chunk = body.substr(at, 22);
    ASSERT_EQ(chunk, "<" + std::string(20, chunk[1]) + ">");
  }
}

TEST_F(ServerStreamTest, HeadOfAStreamHasNoBodyAndStartsNone) {
  serve_stream();
  auto same = client();
  EXPECT_EQ(same.send("HEAD", "/").status, 200);
  EXPECT_FALSE(writer.has_value());
}

}  // namespace
}  // namespace daybook::http
