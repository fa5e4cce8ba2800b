// The key of a person goes with the event that says so, in every process.
#include <algorithm>

#include "command-service/domain/user/user.hpp"
#include "command-service/log/memory_audit.hpp"
#include "tests/command-service/log/appender/desk.hpp"

namespace daybook::log::test {
namespace {

using domain::User;
using events::Personal;
namespace happened_to = events::user;

class Erasing : public Desk {
 protected:
  void SetUp() override {
    Desk::SetUp();
    send(*main.appender, one(register_user(max, "max")));
  }
  Execute tell(std::vector<happened_to::Event> events) const { return happened<User>(stream, std::nullopt, std::move(events)); }
  Execute erase() const { return tell({happened_to::Deleted{}, happened_to::Erased{}}); }
  static happened_to::Event new_address() { return happened_to::EmailChanged{Personal("max@example.com")}; }
  bool has_key() const {
    const auto keys = log->data_keys({&max.value, 1});
    return keys.count(max.value) == 1 && keys.at(max.value).has_value();
  }
  // How the person's address reads to that process, from the log.
  Personal::State address_in(const Process& process) const {
    const auto first = log->read_stream(stream, StreamVersion{}, StreamVersion{1});
    const auto event = events::decode<happened_to::Event>(events::StreamType::user, first.at(0), *process.ring);
    return std::get<happened_to::Registered>(event).email.state;
  }

  const events::UserId max = new_id<events::UserId>();
  const StreamId stream = events::stream_of(max);
};

TEST_F(Erasing, DeletesTheKeyWithTheEvent) {
  ASSERT_TRUE(has_key());
  ASSERT_EQ(address_in(main), Personal::State::open);
  ASSERT_TRUE(send(*main.appender, one(erase())).items.at(0));
  EXPECT_FALSE(has_key());
  EXPECT_EQ(address_in(main), Personal::State::erased);
}

TEST_F(Erasing, OfARefusedRequestDeletesNothing) {
  const auto outcome = send(*main.appender, many({erase(), refuse()}, true));
  ASSERT_TRUE(outcome.refused_item);
  EXPECT_TRUE(has_key());
  EXPECT_EQ(address_in(main), Personal::State::open);
}

TEST_F(Erasing, IsTheLastThatHappensToAPerson) {
  send(*main.appender, one(erase()));
  for (const auto& event : {new_address(), happened_to::Event{happened_to::Restored{}}}) {
    const auto outcome = send(*main.appender, one(tell({event})));
    ASSERT_FALSE(outcome.items.at(0));
    EXPECT_EQ(outcome.items.at(0).error().code, "erased");
  }
}

TEST_F(Erasing, IsNoticedByAnotherProcessThatHasTheKeyInMemory) {
  auto other = start();
  ASSERT_EQ(address_in(other), Personal::State::open);
  ASSERT_TRUE(send(*other.appender, one(tell({new_address()}))).items.at(0));
  send(*main.appender, one(erase()));
  const auto outcome = send(*other.appender, one(tell({new_address()})));
  ASSERT_FALSE(outcome.items.at(0));
  EXPECT_EQ(outcome.items.at(0).error().code, "erased");
  EXPECT_EQ(address_in(other), Personal::State::erased) << "its memory of the key is gone";
}

TEST_F(Erasing, FreesTheAddressForSomebodyElse) {
  const auto another = new_id<events::UserId>();
  ASSERT_FALSE(send(*main.appender, one(register_user(another, "max"))).items.at(0));
  send(*main.appender, one(erase()));
  EXPECT_TRUE(send(*main.appender, one(register_user(another, "max"))).items.at(0));
}

TEST_F(Erasing, AKeyThatCameBackIsFoundByTheAudit) {
  std::map<text::Uuid, std::map<std::int64_t, std::string>> keys;
  log->tamper_keys([&](auto& kept) { keys = kept; });
  send(*main.appender, one(erase()));
  log->tamper_keys([&](auto& kept) { std::swap(kept, keys); });
  MemoryReader reader(log);
  MemoryAuditTables tables(log);
  const auto report = verify(reader, tables, audit_options(start().ring));
  const auto expected = "the key of " + max.text() + " is there, although they were erased";
  EXPECT_NE(std::find(report.side_findings.begin(), report.side_findings.end(), expected), report.side_findings.end());
  log->tamper_keys([&](auto& kept) { std::swap(kept, keys); });
}

TEST_F(Erasing, ALostKeyIsNoErasure) {
  auto process = start();
  process.ring = key_ring(log->identity(), [](auto) { return events::WrappedKeys{}; });
  EXPECT_THROW(address_in(process), events::KeysUnavailable);
}

}  // namespace
}  // namespace daybook::log::test
