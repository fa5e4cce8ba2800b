// What came of commands that were settled together, and how a batch ends.
#include <thread>

#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::log::test {
namespace {

using AppenderTest = Desk;
using events::IssueId;
using IssueState = events::issue::State;

TEST_F(AppenderTest, ACommandThatChangesNothingWritesNothingAndAnswersTheHead) {
  const auto issue = new_id<IssueId>();
  send(*main.appender, one(open_issue(place, issue, "Same")));
  const auto before = head();
  const auto done = send(*main.appender, one(rename_issue(place, issue, "Same")));
  ASSERT_TRUE(done.items.at(0));
  EXPECT_EQ(done.position.value, before);
  EXPECT_EQ(done.items[0]->version.value, 1);
  EXPECT_EQ(head(), before);
}

TEST_F(AppenderTest, ARefusedCommandCostsItsNeighboursNothing) {
  const auto a = new_id<IssueId>(), b = new_id<IssueId>();
  const auto before = head();
  const auto replies =
      send_together({one(open_issue(place, a, "A")), one(refuse()), one(open_issue(place, b, "B"))});
  EXPECT_EQ(outcome(replies[0]).position.value, before + 1);
  EXPECT_EQ(outcome(replies[1]).refused_item, 0u);
  EXPECT_EQ(outcome(replies[1]).items.at(0).error().code, "no");
  EXPECT_EQ(outcome(replies[2]).position.value, before + 2);
  EXPECT_EQ(head(), before + 2);
}

TEST_F(AppenderTest, AnAtomicBulkIsWrittenWholeOrNotAtAll) {
  const auto a = new_id<IssueId>(), b = new_id<IssueId>();
  const auto before = head();
  const auto refused =
      send(*main.appender, many({open_issue(place, a, "A"), refuse(), open_issue(place, b, "B")}, true));
  EXPECT_EQ(refused.refused_item, 1u);
  EXPECT_EQ(head(), before);
  const auto done = send(*main.appender, many({open_issue(place, a, "A"), open_issue(place, b, "B")}, true));
  EXPECT_FALSE(done.refused_item);
  EXPECT_EQ(done.position.value, before + 2);
}

TEST_F(AppenderTest, ABulkOfSingleItemsKeepsTheGoodOnes) {
  const auto a = new_id<IssueId>(), b = new_id<IssueId>();
  const auto before = head();
  const auto done =
      send(*main.appender, many({open_issue(place, a, "A"), refuse(), open_issue(place, b, "B")}, false));
  ASSERT_EQ(done.items.size(), 3u);
  EXPECT_TRUE(done.items[0]);
  EXPECT_FALSE(done.items[1]);
  EXPECT_TRUE(done.items[2]);
  EXPECT_EQ(head(), before + 2);
  EXPECT_EQ(state_of<IssueState>(done.items[2]).number, 2);
}

TEST_F(AppenderTest, SixtyFourWritersOfOneStreamAllWinInTurn) {
  constexpr int writers = 64, turns = 5;
  const auto issue = new_id<IssueId>();
  send(*main.appender, one(open_issue(place, issue, "Hot")));
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer)
    threads.emplace_back([&, writer] {
      for (int turn = 0; turn < turns; ++turn) {
        const auto name = std::to_string(writer) + "/" + std::to_string(turn);
        const auto done = send(*main.appender, one(rename_issue(place, issue, name)));
        EXPECT_TRUE(done.items.at(0));
        EXPECT_EQ(state_of<IssueState>(done.items[0]).title, name);
      }
    });
  for (auto& thread : threads) thread.join();
  const auto events = stream_of(issue);
  ASSERT_EQ(events.size(), 1u + writers * turns);
  for (std::size_t i = 0; i < events.size(); ++i)
    EXPECT_EQ(events[i].stream_version.value, static_cast<std::int64_t>(i + 1));
}

TEST_F(AppenderTest, NumbersOfIssuesHaveNoGapsOverRefusals) {
  std::vector<Request> requests;
  for (int i = 0; i < 10; ++i) {
    requests.push_back(one(open_issue(place, new_id<IssueId>(), "Kept")));
    requests.push_back(many({open_issue(place, new_id<IssueId>(), "Lost"), refuse()}, true));
  }
  const auto replies = send_together(std::move(requests));
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(state_of<IssueState>(outcome(replies[2 * i]).items.at(0)).number, i + 1);
}

TEST_F(AppenderTest, AClaimTakenInTheSameBatchIsSeen) {
  const auto replies =
      send_together({one(register_user(new_id<events::UserId>(), "max")),
                     one(register_user(new_id<events::UserId>(), "MAX")), one(define_label(place, "Urgent")),
                     one(define_label(place, "urgent"))});
  EXPECT_TRUE(outcome(replies[0]).items.at(0));
  EXPECT_EQ(outcome(replies[1]).items.at(0).error().code, "already-exists");
  EXPECT_TRUE(outcome(replies[2]).items.at(0));
  EXPECT_EQ(outcome(replies[3]).items.at(0).error().code, "already-exists");
}

TEST_F(AppenderTest, ACircleOverEdgesOfTheSameBatchIsRefused) {
  const auto a = new_id<IssueId>(), b = new_id<IssueId>(), c = new_id<IssueId>();
  send(*main.appender,
       many({open_issue(place, a, "A"), open_issue(place, b, "B"), open_issue(place, c, "C")}, true));
  send(*main.appender, one(block(place, a, b)));
  const auto replies =
      send_together({one(block(place, b, c)), one(block(place, c, a)), one(block(place, a, c))});
  EXPECT_TRUE(outcome(replies[0]).items.at(0));
  ASSERT_FALSE(outcome(replies[1]).items.at(0));
  EXPECT_EQ(outcome(replies[1]).items[0].error().code, "cycle");
  EXPECT_TRUE(outcome(replies[2]).items.at(0));
}

TEST_F(AppenderTest, ARepeatedRequestIsAnsweredAsItWasThen) {
  const auto issue = new_id<IssueId>();
  const auto first = send(*main.appender, with_key(one(open_issue(place, issue, "Then")), "k"));
  send(*main.appender, one(rename_issue(place, issue, "Now")));
  const auto before = head();
  const auto again = send(*main.appender, with_key(one(open_issue(place, issue, "Then")), "k"));
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.position, first.position);
  EXPECT_EQ(again.items.at(0)->version.value, 1);
  EXPECT_EQ(state_of<IssueState>(again.items[0]), state_of<IssueState>(first.items.at(0)));
  EXPECT_EQ(head(), before);
}

TEST_F(AppenderTest, AKeyThatIsUsedAgainForAnotherBodyIsRefused) {
  send(*main.appender, with_key(one(open_issue(place, new_id<IssueId>(), "A")), "k", "one"));
  const auto before = head();
  const auto other =
      send(*main.appender, with_key(one(open_issue(place, new_id<IssueId>(), "B")), "k", "two"));
  ASSERT_TRUE(other.refused);
  EXPECT_EQ(other.refused->code, "idempotency-key-reused");
  EXPECT_EQ(other.refused->kind, domain::Rejection::Kind::invalid);
  EXPECT_EQ(head(), before);
}

TEST_F(AppenderTest, AKeyWhoseRequestIsStillBeingCarriedOutIsInProgress) {
  const auto issue = new_id<IssueId>();
  log->lock();
  auto first = submit(*main.appender, with_key(one(open_issue(place, issue, "A")), "k"));
  const auto second = reply_of(submit(*main.appender, with_key(one(open_issue(place, issue, "A")), "k")));
  log->unlock();
  ASSERT_TRUE(outcome(second).refused);
  EXPECT_EQ(outcome(second).refused->kind, domain::Rejection::Kind::in_progress);
  EXPECT_TRUE(outcome(reply_of(std::move(first))).items.at(0));
  EXPECT_TRUE(send(*main.appender, with_key(one(open_issue(place, issue, "A")), "k")).replayed);
}

TEST_F(AppenderTest, ARefusedRequestLeavesItsKeyFree) {
  EXPECT_FALSE(send(*main.appender, with_key(one(refuse()), "k")).items.at(0));
  EXPECT_TRUE(
      send(*main.appender, with_key(one(open_issue(place, new_id<IssueId>(), "A")), "k")).items.at(0));
}

TEST_F(AppenderTest, APartOfAnImportIsWrittenOnce) {
  const auto part = [&](std::int64_t seq) {
    auto request = one(open_issue(place, new_id<IssueId>(), "Imported"));
    request.source = ImportSource{{events::stream_of(place.acme), "tracker", "run-1"}, seq};
    return request;
  };
  const auto before = head();
  EXPECT_FALSE(send(*main.appender, part(1)).already_imported);
  EXPECT_TRUE(send(*main.appender, part(1)).already_imported);
  const auto replies = send_together({part(2), part(2), part(3)});
  EXPECT_FALSE(outcome(replies[0]).already_imported);
  EXPECT_TRUE(outcome(replies[1]).already_imported);
  EXPECT_FALSE(outcome(replies[2]).already_imported);
  EXPECT_EQ(head(), before + 3);
}

TEST_F(AppenderTest, AnIdOfAnotherKindOfThingIsNeitherFoundNorFree) {
  const IssueId impostor{place.acme.value};
  const auto before = head();
  const auto renamed = send(*main.appender, one(rename_issue(place, impostor, "No")));
  EXPECT_EQ(renamed.items.at(0).error().code, "not-found");
  const auto opened = send(*main.appender, one(open_issue(place, impostor, "No")));
  EXPECT_EQ(opened.items.at(0).error().code, "already-exists");
  EXPECT_EQ(head(), before);
  // Also where the other thing is born in the same batch.
  const auto user = new_id<events::UserId>();
  const auto replies =
      send_together({one(register_user(user, "max")), one(open_issue(place, IssueId{user.value}, "No"))});
  EXPECT_TRUE(outcome(replies[0]).items.at(0));
  EXPECT_EQ(outcome(replies[1]).items.at(0).error().code, "already-exists");
}

TEST_F(AppenderTest, PersonalTextIsSealedInTheLogAndOpenedByWhoHasTheKey) {
  for (const auto& event : log->read(Position{}, 100, 1 << 20))
    EXPECT_EQ(event.data.find("olga"), std::string::npos);
  // A process that starts later finds the text through the key ring.
  auto later = start();
  const auto stream = events::stream_of(place.olga);
  const auto done = send(*later.appender, one([&](Settling& settling) -> domain::Result<Accepted> {
    const auto& user = settling.load<domain::User>(stream);
    return Accepted{200, events::StreamType::user, stream, stream.value, user.version, nullptr};
  }));
  EXPECT_EQ(state_of<events::user::State>(done.items.at(0)).email.text, "olga@example.org");
}

TEST_F(AppenderTest, WhoComesWhenTheQueueIsFullIsSentAway) {
  log->lock();
  auto first = submit(*main.appender, one(look(new_stream())));
  ASSERT_TRUE(daybook::test::wait_until([&] { return main.appender->stats().queued == 0; }));
  std::vector<std::future<Reply>> waiting;
  const auto nothing = new_stream();
  for (std::size_t i = 0; i < queue_requests_max; ++i)
    waiting.push_back(submit(*main.appender, one(look(nothing))));
  EXPECT_FALSE(main.appender->submit(one(look(nothing)), [](Reply) { FAIL() << "it was not taken"; }));
  log->unlock();
  for (auto& future : waiting) EXPECT_TRUE(std::holds_alternative<Outcome>(reply_of(std::move(future))));
}

TEST_F(AppenderTest, DrainingAnswersEverybodyAndTakesNobodyIn) {
  log->lock();
  std::vector<std::future<Reply>> waiting;
  for (int i = 0; i < 100; ++i)
    waiting.push_back(submit(*main.appender, one(open_issue(place, new_id<IssueId>(), "Late"))));
  log->unlock();
  main.appender->drain();
  for (auto& future : waiting) {
    ASSERT_EQ(future.wait_for(std::chrono::seconds(0)), std::future_status::ready);
    EXPECT_TRUE(std::get<Outcome>(future.get()).items.at(0));
  }
  EXPECT_FALSE(main.appender->submit(one(refuse()), [](Reply) {}));
}

TEST_F(AppenderTest, ABatchThatWouldBeTooLargeIsContinuedInTheNext) {
  const auto batches = main.appender->stats().batches;
  std::vector<Request> requests;
  for (int i = 0; i < 12; ++i) {
    events::issue::Opened opened{};
    opened.identifier = "LONG-" + std::to_string(i);
    opened.title = "Long";
    opened.description = std::string(7 << 19, 'x');
    requests.push_back(one(happened<domain::Issue>(new_stream(), place.acme, {opened})));
  }
  const auto replies = send_together(std::move(requests));
  for (std::size_t i = 0; i < replies.size(); ++i)
    EXPECT_EQ(outcome(replies[i]).position.value, 3 + static_cast<std::int64_t>(i) + 1);
  EXPECT_EQ(main.appender->stats().batches, batches + 2);
}

TEST_F(AppenderTest, AStreamThatAnotherProcessWroteIsCaughtUp) {
  const auto issue = new_id<IssueId>();
  send(*main.appender, one(open_issue(place, issue, "0")));
  auto other = start();
  for (int turn = 1; turn <= 20; ++turn) {
    auto& appender = turn % 3 == 0 ? *main.appender : *other.appender;
    const auto done = send(appender, one(rename_issue(place, issue, std::to_string(turn))));
    ASSERT_TRUE(done.items.at(0));
    EXPECT_EQ(done.items[0]->version.value, turn + 1);
  }
}

TEST_F(AppenderTest, ARepetitionAtAnotherProcessIsKnown) {
  auto other = start();
  const auto issue = new_id<IssueId>();
  send(*main.appender, with_key(one(open_issue(place, issue, "A")), "k"));
  const auto again = send(*other.appender, with_key(one(open_issue(place, issue, "A")), "k"));
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(state_of<IssueState>(again.items.at(0)).title, "A");
}

}  // namespace
}  // namespace daybook::log::test
