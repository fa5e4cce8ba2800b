#pragma once
// What leaves no other trace: sign-ins and commands that were refused, what was carried out of the house, and what the logs of another
// system told that was brought in. Names and shapes are
// storage format: add optional members or a new event; never rename, retype or reuse. Of sign-ins and
// commands, nothing that somebody typed in stands here.
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

// An entry of another system's activity log, brought in with what it is about. It is shown as it stood there.
struct ActivityNoted {
  static constexpr std::string_view type = "access.activity_noted";
  EventId entry_id{};                          // of the entry here
  std::string entity_type;                     // issue
  EntityId entity_id{};
  std::string action;                          // status_changed
  std::string event_type;                      // issue.status_changed
  ActorType actor_type = ActorType::system;
  std::optional<PrincipalId> actor_id;
  std::optional<ProjectId> project_id;
  std::optional<IssueId> issue_id;
  Json details{"{}"};
  Json changes{"{}"};                          // {field: [before, after]}
  bool operator==(const ActivityNoted&) const = default;
};
BOOST_DESCRIBE_STRUCT(ActivityNoted, (), (entry_id, entity_type, entity_id, action, event_type, actor_type, actor_id, project_id,
                                          issue_id, details, changes))

// An entry of another system's audit.
struct AuditNoted {
  static constexpr std::string_view type = "access.audit_noted";
  EventId entry_id{};
  std::string event_type;
  ActorType actor_type = ActorType::system;
  std::optional<PrincipalId> actor_id;
  std::string resource_type;
  std::optional<std::string> resource_id;      // as it was known there, which need not be a UUID
  std::string action;
  bool success = true;
  Json details{"{}"};
  std::optional<Personal> address;             // from where, under the key of its day
  bool operator==(const AuditNoted&) const = default;
};
BOOST_DESCRIBE_STRUCT(AuditNoted, (), (entry_id, event_type, actor_type, actor_id, resource_type, resource_id, action, success,
                                       details, address))

// Another system's database was brought in: how many rows of which table.
struct DatabaseImported {
  static constexpr std::string_view type = "access.database_imported";
  std::string system;                          // workflow_manager
  Json counts{"{}"};
  bool operator==(const DatabaseImported&) const = default;
};
BOOST_DESCRIBE_STRUCT(DatabaseImported, (), (system, counts))

using Event = std::variant<SignInRefused, CommandDenied, Exported, ClockMoved, ActivityNoted, AuditNoted, DatabaseImported>;

}  // namespace daybook::events::access
