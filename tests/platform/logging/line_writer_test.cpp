#include "platform/logging/line_writer.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <vector>

#include "tests/support/support.hpp"

namespace daybook::logging {
namespace {

class LineWriting : public ::testing::Test {
 protected:
  void SetUp() override {
    file_ = ::open((folder_ / "log").c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    ASSERT_GE(file_, 0);
  }
  void TearDown() override { ::close(file_); }

  std::string written() const {
    std::ifstream in(folder_ / "log");
    return {std::istreambuf_iterator<char>(in), {}};
  }

  test::TempDir folder_;
  int file_ = -1;
};

TEST_F(LineWriting, HappensSoonWithoutBeingAskedFor) {
  LineWriter writer(file_);
  writer.add("one");
  writer.add("two");
  EXPECT_TRUE(test::wait_until([&] { return written() == "one\ntwo\n"; })) << written();
}

TEST_F(LineWriting, IsDoneWhenAFlushReturns) {
  LineWriter writer(file_);
  for (int i = 0; i < 100; ++i) {
    writer.add("line");
    writer.flush();
    EXPECT_EQ(written().size(), static_cast<std::size_t>(i + 1) * 5);
  }
}

TEST_F(LineWriting, LosesNothingAtTheEnd) {
  auto writer = std::make_unique<LineWriter>(file_);
  for (int i = 0; i < 1000; ++i) writer->add("line");
  writer.reset();
  EXPECT_EQ(written().size(), 5000u);
}

TEST_F(LineWriting, KeepsEachThreadsLinesWholeAndInOrder) {
  constexpr int threads = 4, lines = 20000;
  const std::string rest(40, '.');   // all of them are several times what may be unwritten
  {
    LineWriter writer(file_);
    std::vector<std::thread> writers;
    for (int thread = 0; thread < threads; ++thread)
      writers.emplace_back([&, thread] {
        for (int i = 0; i < lines; ++i) writer.add(std::to_string(thread) + " " + std::to_string(i) + " " + rest);
      });
    for (auto& each : writers) each.join();
  }
  std::map<int, int> next;
  std::istringstream in(written());
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    int thread = -1, number = -1;
    std::string dots;
    words >> thread >> number >> dots;
    ASSERT_EQ(number, next[thread]++);
    ASSERT_EQ(dots, rest);
  }
  for (int thread = 0; thread < threads; ++thread) EXPECT_EQ(next[thread], lines);
}

// A pipe holds less than one line of these: whoever adds it waits for the reader.
TEST(LineWritingIntoAPipe, WaitsForASlowReaderAndLosesNothing) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ASSERT_EQ(::fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
  std::size_t read_bytes = 0;
  std::thread reader([&] {
    std::array<char, 4096> buffer;
    for (ssize_t read = 0; (read = ::read(ends[0], buffer.data(), buffer.size())) > 0;) read_bytes += static_cast<std::size_t>(read);
  });
  const std::string line(LineWriter::unwritten_bytes_max, 'x');
  {
    LineWriter writer(ends[1]);
    for (int i = 0; i < 3; ++i) writer.add(line);
  }
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);
  EXPECT_EQ(read_bytes, 3 * (line.size() + 1));
}

}  // namespace
}  // namespace daybook::logging
