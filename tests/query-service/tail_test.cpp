// What open streams of live events cost while something happens elsewhere, counted in connections that are taken.
#include "query-service/core/tail.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "query-service/routes/resources.hpp"
#include "tests/query-service/read_tables.hpp"
#include "tests/query-service/requests.hpp"
#include "tests/support/support.hpp"

namespace daybook::query::test {
namespace {

using daybook::test::wait_until;
using events::Position;

constexpr std::size_t streams_of_the_quiet = 8;

// Read models whose position grows when a test says so.
class GrowingPosition : public ReadPosition {
 public:
  Position current() const override { return Position{current_}; }
  void when_reached(Position, int, std::function<void(bool)> then) override { then(true); }
  std::shared_ptr<void> on_growth(std::function<void(Position)> then) override {
    auto listener = std::make_shared<std::function<void(Position)>>(std::move(then));
    listeners_.push_back(listener);
    return listener;
  }
  void grow_to(std::int64_t position) {
    current_ = position;
    for (const auto& listener : listeners_)
      if (const auto live = listener.lock()) (*live)(current());
  }
  std::size_t listeners() const {
    return static_cast<std::size_t>(std::count_if(listeners_.begin(), listeners_.end(), [](const auto& l) { return !l.expired(); }));
  }

 private:
  std::atomic<std::int64_t> current_{0};
  std::vector<std::weak_ptr<std::function<void(Position)>>> listeners_;
};

// Has an event at every position.
class EndlessLog : public events::LogReader {
 public:
  events::LogIdentity identity() override { return {}; }
  Position head() override { return Position{1000}; }
  std::vector<events::Envelope> read(Position after, std::size_t events_max, std::size_t) override {
    std::vector<events::Envelope> out(events_max);
    for (auto& event : out) {
      event.position = after = after.next();
      event.type = "issue.opened";
      event.data = "{}";
    }
    return out;
  }
  Position wait_beyond(Position after, int) override { return after; }
  std::optional<crypto::Digest> leaf_at(Position) override { return std::nullopt; }
};

class Collected : public http::StreamChannel {
 public:
  bool write(std::string chunk) override {
    const std::lock_guard lock(mutex_);
    text_ += chunk;
    return open_;
  }
  void close() override {
    std::function<void()> closed;
    {
      const std::lock_guard lock(mutex_);
      open_ = false;
      closed.swap(closed_);
    }
    if (closed) closed();
  }
  bool open() const override {
    const std::lock_guard lock(mutex_);
    return open_;
  }
  void on_close(std::function<void()> callback) override { closed_ = std::move(callback); }
  bool has(const std::string& words) const {
    const std::lock_guard lock(mutex_);
    return text_.find(words) != text_.npos;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
  bool open_ = true;
  std::function<void()> closed_;
};

class TailTest : public ::testing::Test {
 protected:
  TailTest() {
    context_.postgres = std::make_shared<pg::Pool>(tables_.url());
    context_.workers = std::make_shared<runtime::WorkerPool>(1, query_queue_max);
    context_.position = position_;
    context_.schema = tables_.schema();
    context_.after = [](int, const std::function<void()>&) {};  // no heart beats
    news_ = std::make_shared<News>(context_);
    for (const auto* workspace : {&quiet_, &busy_})
      sql("INSERT INTO read_g1.workspaces (id) VALUES ('" + *workspace + "')",
          "INSERT INTO read_g1.members (id, workspace_id, user_id, role) VALUES (gen_random_uuid(), '" + *workspace + "', '" + an_id +
              "', 'viewer')");
  }
  ~TailTest() override {
    for (const auto& channel : channels_) channel->close();
    settle();
  }

  template <class... Statements>
  void sql(const Statements&... statements) {
    (tables_.connection().exec(statements), ...);
  }
  void open_stream(const std::string& workspace) {
    const Tail::Options options{{*events::UserId::parse(an_id), {}}, *events::WorkspaceId::parse(workspace), position_->current(), {},
                                activity(), std::make_shared<SharedLog>([] { return std::make_unique<EndlessLog>(); }), news_,
                                context_.streams->take()};
    channels_.push_back(std::make_shared<Collected>());
    tails_.push_back(std::make_shared<Tail>(context_, options, http::StreamWriter(channels_.back())));
    tails_.back()->start();
    settle();
  }
  // Something happens in a workspace; comes back when every stream has done what it does then.
  void happens(const std::string& workspace) {
    const auto position = std::to_string(++last_);
    sql("INSERT INTO read_g1.activity (id, workspace_id, entity_id, type, position) VALUES (gen_random_uuid(), '" + workspace +
        "', gen_random_uuid(), 'issue.opened', " + position + ")");
    position_->grow_to(last_);
    settle();
  }
  void settle() {
    EXPECT_TRUE(wait_until([&] { return context_.workers->queued() == 0 && context_.workers->busy() == 0; }, std::chrono::seconds(60)));
  }
  std::uint64_t leases() const { return context_.postgres->leases(); }
  std::size_t told(const std::string& words) const {
    return static_cast<std::size_t>(
        std::count_if(channels_.begin(), channels_.end(), [&](const auto& channel) { return channel->has(words); }));
  }

  const std::string quiet_ = a_workspace, busy_ = another_id;
  ReadTables tables_;
  std::shared_ptr<GrowingPosition> position_ = std::make_shared<GrowingPosition>();
  QueryContext context_;
  std::shared_ptr<News> news_;
  std::vector<std::shared_ptr<Collected>> channels_;
  std::vector<std::shared_ptr<Tail>> tails_;
  std::int64_t last_ = 0;
};

TEST_F(TailTest, StreamsOfAQuietWorkspaceCostOneQueryTogetherWhileAnotherIsBusy) {
  // Given many streams of one workspace and one of another
  for (std::size_t i = 0; i < streams_of_the_quiet; ++i) open_stream(quiet_);
  open_stream(busy_);

  // When things happen in the other, then each of them takes one connection to ask for all, and one for the stream it concerns
  const auto before = leases();
  for (int i = 0; i < 3; ++i) happens(busy_);
  EXPECT_EQ(leases() - before, 3u * 2);
  EXPECT_EQ(told("id: 3\n"), 1u);

  // And when something happens in the quiet one, then all of its streams tell of it
  const auto between = leases();
  happens(quiet_);
  EXPECT_EQ(told("id: 4\n"), streams_of_the_quiet);
  EXPECT_EQ(leases() - between, 1 + streams_of_the_quiet);
}

TEST_F(TailTest, NothingIsAskedWhileNoStreamIsOpen) {
  happens(busy_);
  EXPECT_EQ(position_->listeners(), 0u);
  open_stream(quiet_);
  EXPECT_EQ(position_->listeners(), 1u);
  channels_.back()->close();
  const auto before = leases();
  happens(quiet_);
  EXPECT_EQ(leases(), before);
  EXPECT_EQ(position_->listeners(), 0u);

  // And a later one hears of what happens from then on
  open_stream(quiet_);
  happens(quiet_);
  EXPECT_EQ(told("id: 3\n"), 1u);
}

TEST_F(TailTest, EveryStreamLooksForItselfWhereTheNewsCannotBeHad) {
  open_stream(quiet_);
  open_stream(busy_);
  sql("ALTER TABLE read_g1.activity RENAME TO away");
  position_->grow_to(++last_);
  settle();
  for (const auto& channel : channels_) EXPECT_FALSE(channel->open()) << "its client comes again";
}

}  // namespace
}  // namespace daybook::query::test
