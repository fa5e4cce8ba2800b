#pragma once
// What leaves no other trace: sign-ins and commands that were refused, and what was carried out of the house. Names and shapes are
// storage format: add optional members or a new event; never rename, retype or reuse. Nothing that somebody typed in stands here.
#include "events/core/event_type.hpp"

namespace daybook::events::access {

// Some way of proving who one is did not prove it: a password, a refresh token, what a mail held.
struct SignInRefused {
  static constexpr std::string_view type = "access.sign_in_refused";
  std::string operation;      // operationId; empty where many kinds are told together
  std::string code;           // of the problem it was refused with
  std::int64_t count = 1;     // how often from `since` on, within a minute
  text::Instant since{};
  Personal address;           // from where, under the key of its day
  bool operator==(const SignInRefused&) const = default;
};
BOOST_DESCRIBE_STRUCT(SignInRefused, (), (operation, code, count, since, address))

// Somebody known may not do that.
struct CommandDenied {
  static constexpr std::string_view type = "access.command_denied";
  std::string operation;      // operationId, or in a bulk the command's word; empty where many kinds are told together
  std::string code;
  std::int64_t count = 1;
  text::Instant since{};
  Personal address;
  bool operator==(const CommandDenied&) const = default;
};
BOOST_DESCRIBE_STRUCT(CommandDenied, (), (operation, code, count, since, address))

// Somebody took what a list holds as a file. From where, their session says.
struct Exported {
  static constexpr std::string_view type = "access.exported";
  std::string operation;
  std::string format;         // jsonl, csv
  text::Instant since{};      // when it began
  bool operator==(const Exported&) const = default;
};
BOOST_DESCRIBE_STRUCT(Exported, (), (operation, format, since))

// By a superuser, of an installation that is there for tests: so far ahead of the machine's is the log's clock from now on.
struct ClockMoved {
  static constexpr std::string_view type = "access.clock_moved";
  std::int64_t ahead_microseconds = 0;
  bool operator==(const ClockMoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(ClockMoved, (), (ahead_microseconds))

using Event = std::variant<SignInRefused, CommandDenied, Exported, ClockMoved>;

}  // namespace daybook::events::access
