#include "command-service/log/memory_store.hpp"

#include "tests/command-service/log/batches.hpp"
#include "tests/command-service/log/store_contract.hpp"

namespace daybook::log::test {
namespace {

LogIdentity some_identity() { return {events::LogId{new_uuid()}, events::Epoch{1}, "fingerprint"}; }

class InMemory final : public LogUnderTest {
 public:
  std::unique_ptr<Store> store() override { return std::make_unique<MemoryStore>(log_); }
  std::unique_ptr<events::LogReader> reader() override { return std::make_unique<MemoryReader>(log_); }

 private:
  std::shared_ptr<MemoryLog> log_ = std::make_shared<MemoryLog>(some_identity());
};

INSTANTIATE_TEST_SUITE_P(Memory, StoreContract,
                         testing::Values(MakeLog([] { return std::make_unique<InMemory>(); })));

class MemoryStoreFaults : public testing::Test {
 protected:
  BatchWrite open_and_prepare() {
    return batch_after(store.identity(), store.open_batch(Position{}, {}).head, births(1));
  }

  std::shared_ptr<MemoryLog> log = std::make_shared<MemoryLog>(some_identity());
  MemoryStore store{log};
};

TEST_F(MemoryStoreFaults, ALossBeforeCommitWritesNothing) {
  store.fail_next_write(MemoryStore::Fault::lost_before_commit);
  const auto batch = open_and_prepare();
  EXPECT_THROW(store.write_batch(batch), StoreUnavailable);
  EXPECT_FALSE(store.find_batch(batch.batch_id));
  append(store, births(1));
  EXPECT_EQ(store.head().position, Position{1});
}

TEST_F(MemoryStoreFaults, ALostReplyMayHideACommit) {
  store.fail_next_write(MemoryStore::Fault::reply_lost_after_commit);
  const auto batch = open_and_prepare();
  EXPECT_THROW(store.write_batch(batch), CommitUnknown);
  EXPECT_TRUE(store.find_batch(batch.batch_id));
}

TEST_F(MemoryStoreFaults, ALostReplyMayHideNothing) {
  store.fail_next_write(MemoryStore::Fault::reply_lost_before_commit);
  const auto batch = open_and_prepare();
  EXPECT_THROW(store.write_batch(batch), CommitUnknown);
  EXPECT_FALSE(store.find_batch(batch.batch_id));
}

TEST_F(MemoryStoreFaults, AnUnreachableLogComesBack) {
  store.be_unreachable(2);
  EXPECT_THROW((void)store.open_batch(Position{}, {}), StoreUnavailable);
  EXPECT_THROW((void)store.find_batch(BatchId{new_uuid()}), StoreUnavailable);
  append(store, births(1));
  EXPECT_EQ(store.head().position, Position{1});
}

}  // namespace
}  // namespace daybook::log::test
