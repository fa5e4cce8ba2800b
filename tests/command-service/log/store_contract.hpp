#pragma once
// What any store of the log promises. The suite is instantiated once for each store. store_contract.cpp: batches, events, the
// lock; store_questions.cpp: what is asked beside them.
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "command-service/log/store.hpp"
#include "platform/crypto/hash.hpp"
#include "tests/command-service/log/batches.hpp"

namespace daybook::log::test {

// One new, empty log; each store on it plays a process of its own.
class LogUnderTest {
 public:
  virtual ~LogUnderTest() = default;
  virtual std::unique_ptr<Store> store() = 0;
  virtual std::unique_ptr<events::LogReader> reader() = 0;
};

using MakeLog = std::function<std::unique_ptr<LogUnderTest>()>;

class StoreContract : public testing::TestWithParam<MakeLog> {
 protected:
  std::unique_ptr<LogUnderTest> log = GetParam()();
  std::unique_ptr<Store> store = log->store();
};

inline crypto::Digest digest(std::string_view words) { return crypto::sha256(words); }

// Opens a batch only to ask.
inline Answers ask(Store& store, const Asks& asks) {
  auto answers = store.open_batch(store.head().position, asks).answers;
  store.abandon();
  return answers;
}

// Commits a batch of one birth with what `fill` puts beside it.
inline BatchWrite commit(Store& store, const std::function<void(BatchWrite&)>& fill) {
  auto opened = store.open_batch(Position{}, {});
  auto batch = batch_after(store.identity(), opened.head, births(1));
  fill(batch);
  store.write_batch(batch);
  return batch;
}

}  // namespace daybook::log::test
