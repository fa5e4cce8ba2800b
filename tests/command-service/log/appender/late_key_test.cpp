// A workspace has no key until it has something to be sealed: the event that says it brings the key along.
#include "command-service/domain/workspace/workspace.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::log::test {
namespace {

using domain::Workspace;
using events::Personal;
using events::workspace::BillingChanged;

class LateKey : public Desk {
 protected:
  Execute bill(const std::string& address) const {
    return happened<Workspace>(stream, place.acme, {BillingChanged{events::Json{R"({"billingEmail":"[sealed]"})"}, Personal(address)}});
  }
  bool has_key() const { return log->data_keys({&place.acme.value, 1}).count(place.acme.value) > 0; }
  // The addresses that were ever said, as that process opens them.
  std::vector<std::string> addresses(const Process& process) const {
    std::vector<std::string> all;
    for (const auto& event : log->read_stream(stream, StreamVersion{}, StreamVersion{1'000'000})) {
      if (event.type != BillingChanged::type) continue;
      const auto read = events::decode<events::workspace::Event>(events::StreamType::workspace, event, *process.ring);
      all.push_back(std::get<BillingChanged>(read).billing_email.value().text);
    }
    return all;
  }

  const StreamId stream = events::stream_of(place.acme);
};

TEST_F(LateKey, IsBornWithTheFirstEventThatNeedsOneAndNothingStandsInTheClear) {
  ASSERT_FALSE(has_key());
  ASSERT_TRUE(send(*main.appender, one(bill("bills@acme.example"))).items.at(0));
  EXPECT_TRUE(has_key());
  EXPECT_EQ(addresses(start()), std::vector<std::string>{"bills@acme.example"});
  for (const auto& event : log->read(Position{}, 100, 1 << 20)) {
    EXPECT_EQ(event.data.find("bills@"), event.data.npos) << event.data;
    EXPECT_EQ(event.personal.value_or("").find("bills@"), std::string::npos);
  }
}

TEST_F(LateKey, IsOneForAllThatABatchSeals) {
  const auto replies = send_together({one(bill("first@acme.example")), many({bill("second@acme.example"), bill("third@acme.example")}, true)});
  for (const auto& reply : replies) ASSERT_TRUE(outcome(reply).items.at(0));
  ASSERT_TRUE(send(*main.appender, one(bill("fourth@acme.example"))).items.at(0));
  EXPECT_EQ(addresses(start()), (std::vector<std::string>{"first@acme.example", "second@acme.example", "third@acme.example", "fourth@acme.example"}));
}

TEST_F(LateKey, IsNotBornWithWhatIsRefused) {
  ASSERT_TRUE(send(*main.appender, many({bill("bills@acme.example"), refuse()}, true)).refused_item);
  EXPECT_FALSE(has_key());
  ASSERT_TRUE(send(*main.appender, one(bill("later@acme.example"))).items.at(0));
  EXPECT_EQ(addresses(start()), std::vector<std::string>{"later@acme.example"});
}

TEST_F(LateKey, IsUsedByAnotherProcessThatKnewTheWorkspaceWithoutOne) {
  auto other = start();
  ASSERT_TRUE(send(*other.appender, one(define_label(place, "urgent"))).items.at(0));
  ASSERT_TRUE(send(*main.appender, one(bill("first@acme.example"))).items.at(0));
  ASSERT_TRUE(send(*other.appender, one(bill("second@acme.example"))).items.at(0));
  EXPECT_EQ(addresses(start()), (std::vector<std::string>{"first@acme.example", "second@acme.example"}));
}

TEST_F(LateKey, OfABatchThatWasLostIsForgotten) {
  main.store->fail_next_write(MemoryStore::Fault::lost_before_commit);
  EXPECT_TRUE(std::holds_alternative<Unavailable>(reply_of(submit(*main.appender, one(bill("lost@acme.example"))))));
  EXPECT_FALSE(has_key());
  auto other = start();
  ASSERT_TRUE(send(*other.appender, one(bill("first@acme.example"))).items.at(0));
  ASSERT_TRUE(send(*main.appender, one(bill("second@acme.example"))).items.at(0));
  EXPECT_EQ(addresses(main), (std::vector<std::string>{"first@acme.example", "second@acme.example"}));
}

TEST_F(LateKey, ThatIsLostIsNotReplacedByAnother) {
  ASSERT_TRUE(send(*main.appender, one(bill("bills@acme.example"))).items.at(0));
  std::map<text::Uuid, std::map<std::int64_t, std::string>> kept;
  log->tamper_keys([&](auto& keys) {
    kept = keys;
    keys.erase(place.acme.value);
  });
  auto other = start();
  const auto before = head();
  EXPECT_TRUE(std::holds_alternative<Unavailable>(reply_of(submit(*other.appender, one(bill("again@acme.example"))))));
  EXPECT_EQ(head(), before);
  EXPECT_FALSE(has_key());
  log->tamper_keys([&](auto& keys) { keys = kept; });
}

}  // namespace
}  // namespace daybook::log::test
