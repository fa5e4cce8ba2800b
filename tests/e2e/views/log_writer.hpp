#pragma once
// Writes to the log what no command says, and opens what is sealed in it. Like other programs of a deployment it works beside what serves.
#include <memory>
#include <string>
#include <string_view>

#include "tests/e2e/daybook_process.hpp"

namespace daybook::test {

class LogWriter {
 public:
  explicit LogWriter(const DaybookProcess& daybook);
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  /// `event` is automation.ran or webhook.delivery_failed: what comes of carrying them out. Throws with a sentence where it is refused.
  void happened(std::string_view event, const std::string& stream, const std::string& workspace);
  /// What a webhook or an integration was given to keep.
  [[nodiscard]] std::string opened(std::string_view what, const std::string& stream);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::test
