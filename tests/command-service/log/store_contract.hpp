#pragma once
// What any store of the log promises. The suite is instantiated once for each store.
#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "command-service/log/store.hpp"

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

}  // namespace daybook::log::test
