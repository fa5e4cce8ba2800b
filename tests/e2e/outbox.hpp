#pragma once

#include <chrono>
#include <string>

#include "tests/e2e/daybook_process.hpp"

namespace daybook::test {

inline constexpr std::chrono::seconds mail_limit{60};

/// How many mails to the address under that subject there are.
[[nodiscard]] std::size_t mails_to(const DaybookProcess& daybook, const std::string& address, const std::string& subject);
/// One of them as soon as there are as many, the newest; its header and its text.
[[nodiscard]] std::string mail_to(const DaybookProcess& daybook, const std::string& address, const std::string& subject, std::size_t many = 1);
/// What the mail asks to be sent back.
[[nodiscard]] std::string token_in(const std::string& mail);

}  // namespace daybook::test
