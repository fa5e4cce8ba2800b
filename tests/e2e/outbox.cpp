#include "tests/e2e/outbox.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "platform/text/base64.hpp"
#include "tests/support/support.hpp"

namespace daybook::test {
namespace {

std::string text_of_mail(const std::filesystem::path& mail) {
  std::ostringstream message;
  message << std::ifstream(mail).rdbuf();
  auto base64 = message.str().substr(message.str().find("\r\n\r\n"));
  std::erase_if(base64, [](char c) { return c == '\r' || c == '\n'; });
  return message.str() + text::base64_decode(base64).value_or("");
}

// By name, which is the id of the event a mail is about: in the order of the events.
std::map<std::string, std::string> all_to(const DaybookProcess& daybook, const std::string& address, const std::string& subject) {
  std::map<std::string, std::string> found;
  std::error_code none;
  for (const auto& file : std::filesystem::directory_iterator(daybook.outbox(), none)) {
    if (file.path().extension() != ".eml") continue;
    auto mail = text_of_mail(file.path());
    if (mail.find("To: <" + address + ">") != mail.npos && mail.find("Subject: " + subject) != mail.npos)
      found.emplace(file.path().filename().string(), std::move(mail));
  }
  return found;
}

}  // namespace

std::size_t mails_to(const DaybookProcess& daybook, const std::string& address, const std::string& subject) {
  return all_to(daybook, address, subject).size();
}

std::string mail_to(const DaybookProcess& daybook, const std::string& address, const std::string& subject, std::size_t many) {
  std::map<std::string, std::string> found;
  const auto arrived = [&] { return (found = all_to(daybook, address, subject)).size() >= many; };
  EXPECT_TRUE(wait_until(arrived, mail_limit)) << "no mail to " << address << ": " << subject;
  return found.empty() ? "" : found.rbegin()->second;
}

std::string token_in(const std::string& mail) {
  const std::string before = "with the token\r\n\r\n";
  const auto at = mail.find(before) + before.size();
  return mail.substr(at, mail.find("\r\n", at) - at);
}

}  // namespace daybook::test
