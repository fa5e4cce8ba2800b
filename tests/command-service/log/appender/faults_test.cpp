// The database goes away, at every point where that can happen.
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::log::test {
namespace {

using AppenderFaults = Desk;
using events::IssueId;
using Fault = MemoryStore::Fault;

bool is_unavailable(const Reply& reply) { return std::holds_alternative<Unavailable>(reply); }

// A store whose streams cannot be read outside a batch: the database went away right after COMMIT.
class UnreadableStore final : public Store {
 public:
  explicit UnreadableStore(std::shared_ptr<MemoryLog> log) : store_(std::move(log)) {}
  LogIdentity identity() override { return store_.identity(); }
  Opened open_batch(Position seen, const Asks& asks) override { return store_.open_batch(seen, asks); }
  Answers fetch(const Asks& asks) override { return store_.fetch(asks); }
  void write_batch(const BatchWrite& batch) override { store_.write_batch(batch); }
  void abandon() noexcept override { store_.abandon(); }
  bool find_batch(BatchId batch) override { return store_.find_batch(batch); }
  Head head() override { return store_.head(); }
  std::vector<Envelope> read(Position after, std::size_t events_max, std::size_t bytes_max) override {
    return store_.read(after, events_max, bytes_max);
  }
  std::vector<Envelope> read_stream(StreamId, StreamVersion, StreamVersion) override {
    throw StoreUnavailable("the log cannot be reached");
  }
  events::WrappedKeys data_keys(std::span<const text::Uuid> subjects) override {
    return store_.data_keys(subjects);
  }
  std::optional<StreamId> find_claim(const ClaimKey& claim) override { return store_.find_claim(claim); }

 private:
  MemoryStore store_;
};

TEST_F(AppenderFaults, ARepetitionThatCannotBeRenderedCostsOnlyItself) {
  const auto repeated = with_key(one(open_issue(place, new_id<IssueId>(), "A")), "k");
  send(*main.appender, repeated);
  const auto before = head();
  main.appender->drain();
  main.appender =
      std::make_unique<Appender>(std::make_unique<UnreadableStore>(log), main.ring, appender_options());
  const auto replies = send_together({repeated, one(open_issue(place, new_id<IssueId>(), "B"))});
  EXPECT_TRUE(is_unavailable(replies[0]));
  // What was committed is answered as committed.
  ASSERT_FALSE(is_unavailable(replies[1]));
  EXPECT_EQ(outcome(replies[1]).position.value, before + 1);
  EXPECT_EQ(head(), before + 1);
}

TEST_F(AppenderFaults, AfterALostReplyToACommitThatHappenedEverybodyGetsTheirAnswer) {
  const auto a = new_id<IssueId>(), b = new_id<IssueId>();
  const auto before = head();
  main.store->fail_next_write(Fault::reply_lost_after_commit);
  const auto replies = send_together({one(open_issue(place, a, "A")), one(open_issue(place, b, "B"))});
  EXPECT_TRUE(outcome(replies[0]).items.at(0));
  EXPECT_TRUE(outcome(replies[1]).items.at(0));
  EXPECT_EQ(head(), before + 2);
  EXPECT_EQ(send(*main.appender, one(rename_issue(place, a, "A2"))).items.at(0)->version.value, 2);
  EXPECT_EQ(stream_of(a).size(), 2u);
}

TEST_F(AppenderFaults, AfterALostReplyToACommitThatNeverHappenedNothingIsThere) {
  const auto a = new_id<IssueId>();
  const auto before = head();
  main.store->fail_next_write(Fault::reply_lost_before_commit);
  EXPECT_TRUE(
      is_unavailable(reply_of(submit(*main.appender, with_key(one(open_issue(place, a, "A")), "k")))));
  EXPECT_EQ(head(), before);
  const auto again = send(*main.appender, with_key(one(open_issue(place, a, "A")), "k"));
  EXPECT_FALSE(again.replayed);
  EXPECT_EQ(again.items.at(0)->version.value, 1);
  EXPECT_EQ(head(), before + 1);
}

TEST_F(AppenderFaults, ALostCommitIsLookedForUntilTheDatabaseIsBack) {
  const auto a = new_id<IssueId>();
  send(*main.appender, one(open_issue(place, a, "A")));
  main.store->fail_next_write(Fault::reply_lost_after_commit);
  int runs = 0;
  const auto done = send(*main.appender, one([&, rename = rename_issue(place, a, "B")](Settling& settling) {
    // From the second run on the batch is open, and only the search for it can fail.
    if (++runs > 1) main.store->be_unreachable(2);
    return rename(settling);
  }));
  EXPECT_TRUE(done.items.at(0));
  EXPECT_EQ(main.appender->stats().lost_commits, 1u);
  EXPECT_EQ(stream_of(a).size(), 2u);
}

TEST_F(AppenderFaults, ACommitThatCannotBeLookedUpInTimeIsToldAsUnknownAndARepetitionFindsIt) {
  const auto a = new_id<IssueId>();
  auto options = appender_options();
  options.lost_commit_search = std::chrono::milliseconds(0);
  auto impatient = start(std::move(options));
  impatient.store->fail_next_write(Fault::reply_lost_after_commit);
  int runs = 0;
  const auto open = with_key(one([&, open = open_issue(place, a, "A")](Settling& settling) {
                               if (++runs == 2) impatient.store->be_unreachable(1);
                               return open(settling);
                             }),
                             "k");
  const auto reply = reply_of(submit(*impatient.appender, open));
  ASSERT_TRUE(is_unavailable(reply));
  EXPECT_TRUE(std::get<Unavailable>(reply).maybe_written);
  EXPECT_EQ(impatient.appender->stats().unknown_commits, 1u);
  EXPECT_TRUE(send(*impatient.appender, open).replayed);
  EXPECT_EQ(stream_of(a).size(), 1u);
}

TEST_F(AppenderFaults, AStreamThatCannotBeReadFailsOnlyWhatNeedsIt) {
  const auto unreadable = new_id<IssueId>(), good = new_id<IssueId>();
  send(*main.appender, many({open_issue(place, unreadable, "A"), open_issue(place, good, "B")}, true));
  const auto word = [&](const std::string& from, const std::string& to) {
    log->tamper([&](std::vector<Envelope>& events) {
      for (auto& event : events)
        if (event.stream_id == events::stream_of(unreadable) && event.type == from) event.type = to;
    });
  };
  word("issue.opened", "issue.of_a_newer_daybook");
  std::string broken;
  auto options = appender_options();
  options.on_broken = [&](const std::string& why) { broken = why; };
  main.appender->drain();
  main = start(std::move(options));  // nothing is in its memory
  const auto replies = send_together({one(rename_issue(place, unreadable, "A2")), one(rename_issue(place, good, "B2"))});
  ASSERT_TRUE(is_unavailable(replies[0]));
  EXPECT_NE(std::get<Unavailable>(replies[0]).reason.find("issue.of_a_newer_daybook"), std::string::npos);
  ASSERT_FALSE(is_unavailable(replies[1]));
  EXPECT_EQ(outcome(replies[1]).items.at(0)->version.value, 2);
  EXPECT_EQ(main.appender->stats().failed, 1u);
  EXPECT_EQ(broken, "");
  word("issue.of_a_newer_daybook", "issue.opened");
}

TEST_F(AppenderFaults, AMissingKeyFailsOnlyWhatMustBeSealedWithIt) {
  const auto max = new_id<events::UserId>();
  send(*main.appender, one(register_user(max, "max")));
  main.appender->drain();
  main = start();
  main.ring = key_ring(log->identity(), [](auto) { return events::WrappedKeys{}; });
  main.appender = std::make_unique<Appender>(std::make_unique<MemoryStore>(log), main.ring, appender_options());
  events::user::EmailChanged change{};
  change.email = events::Personal("max@example.com");
  const auto before = head();
  const auto replies = send_together({one(happened<domain::User>(events::stream_of(max), std::nullopt, {change})),
                                      one(open_issue(place, new_id<IssueId>(), "A"))});
  ASSERT_TRUE(is_unavailable(replies[0]));
  EXPECT_NE(std::get<Unavailable>(replies[0]).reason.find(max.text()), std::string::npos);
  EXPECT_FALSE(is_unavailable(replies[1]));
  EXPECT_EQ(head(), before + 1);
}

TEST_F(AppenderFaults, WhatWasLostBeforeCommitCanBeSentAgain) {
  const auto a = new_id<IssueId>();
  const auto before = head();
  main.store->fail_next_write(Fault::lost_before_commit);
  EXPECT_TRUE(is_unavailable(reply_of(submit(*main.appender, one(open_issue(place, a, "A"))))));
  EXPECT_EQ(head(), before);
  EXPECT_EQ(send(*main.appender, one(open_issue(place, a, "A"))).items.at(0)->version.value, 1);
}

TEST_F(AppenderFaults, ADatabaseThatIsAwayIsUnavailableAndThenBack) {
  const auto a = new_id<IssueId>();
  main.store->be_unreachable(2);
  EXPECT_TRUE(
      is_unavailable(reply_of(submit(*main.appender, with_key(one(open_issue(place, a, "A")), "k")))));
  EXPECT_TRUE(
      is_unavailable(reply_of(submit(*main.appender, with_key(one(open_issue(place, a, "A")), "k")))));
  EXPECT_TRUE(send(*main.appender, with_key(one(open_issue(place, a, "A")), "k")).items.at(0));
  EXPECT_EQ(main.appender->stats().unavailable, 2u);
}

TEST_F(AppenderFaults, AKeyOfASubjectThatCameToNothingIsForgotten) {
  const auto max = new_id<events::UserId>();
  const auto stream = events::stream_of(max);
  main.store->fail_next_write(Fault::lost_before_commit);
  EXPECT_TRUE(is_unavailable(reply_of(submit(*main.appender, one(register_user(max, "max"))))));
  // Sent again, it reaches another process, which draws a key of its own.
  auto other = start();
  send(*other.appender, one(register_user(max, "max")));
  const auto done = send(*main.appender, one([&](Settling& settling) -> domain::Result<Accepted> {
    const auto& user = settling.load<domain::User>(stream);
    return Accepted{200, events::StreamType::user, stream, stream.value, user.version, nullptr};
  }));
  EXPECT_EQ(state_of<events::user::State>(done.items.at(0)).email.text, "max@example.org");
}

}  // namespace
}  // namespace daybook::log::test
