#pragma once
// A story as files tell it (story/): people who send commands, one after the other, and what is to be looked at afterwards.
#include <boost/json.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/caller.hpp"
#include "tests/e2e/receiver.hpp"
#include "tests/e2e/views/log_writer.hpp"
#include "tests/e2e/views/witness.hpp"

namespace daybook::test {

class Story {
 public:
  explicit Story(DaybookProcess& daybook);

  /// Every step of a file. One that goes otherwise than it says fails the test, and the story goes on.
  void tell(const std::filesystem::path& file);
  /// What the file says is to be looked at, as the API shows it now.
  [[nodiscard]] std::vector<Witness> witnesses(const std::filesystem::path& file);

  [[nodiscard]] const Numbers& numbers() const noexcept { return numbers_; }
  /// What was used without ever being shown: users.password_hash, and the secret itself.
  [[nodiscard]] const std::map<std::string, std::string>& proved_by_use() const noexcept { return proved_; }
  /// Of a thing that the story has given this name.
  [[nodiscard]] std::string id(const std::string& name) const;

 private:
  void take(const json::object& step);
  void enrol(const json::object& step);
  void verify(const json::object& step);
  void send(const json::object& step);
  void wait(const json::object& step);
  void happen(const json::object& step);
  void open(const json::object& step);
  void check_signature(const json::object& step);
  void keep(const json::object& step, const Reply& reply);
  void prove(const json::object& step);
  Caller& who(const json::object& step);
  Reply read(const json::object& witness, const std::string& path, Witness& seen);

  // "{issue}" stands for what was kept under that name.
  [[nodiscard]] json::value filled(const json::value& value) const;
  [[nodiscard]] std::string filled(std::string_view text) const;
  [[nodiscard]] std::string text(const json::object& step, std::string_view member) const;

  DaybookProcess& daybook_;
  LogWriter log_;
  Receiver receiver_;  // {receiver} in the story
  std::map<std::string, Caller> people_;
  std::map<std::string, json::value> kept_;
  std::map<std::string, std::string> proved_;
  Numbers numbers_;
};

}  // namespace daybook::test
