#pragma once
// A project. Members create projects and change, archive and delete those they own or created; admins all of
// them.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/project/state.hpp"

namespace daybook::domain {

struct Project {
  using State = events::project::State;
  using Event = events::project::Event;
  static constexpr auto stream_type = events::StreamType::project;
};

namespace project {

using events::project::Event;
using events::project::State;
using events::project::Status;

struct Create {
  static constexpr std::string_view verb = "project.create";
  static constexpr Permission permission = Permission::projects_write;
  using Birth = events::project::Created;
  std::optional<events::ProjectId> id;
  std::optional<ProjectKey> key;  // made from the name where it is not given
  Name name{};
  std::optional<Description> description;
  std::optional<Color> color;
  std::optional<Emoji> emoji;
  std::optional<events::Json> settings;
  std::optional<Status> status;
  events::Patch<events::UserId> owner_id;  // not sent: its creator; null: nobody
};
BOOST_DESCRIBE_STRUCT(Create, (), (id, key, name, description, color, emoji, settings, status, owner_id))

struct Change {
  static constexpr std::string_view verb = "project.change";
  static constexpr Permission permission = Permission::projects_write;
  events::Patch<ProjectKey> key;
  events::Patch<Name> name;
  events::Patch<Description> description;
  events::Patch<Color> color;
  events::Patch<Emoji> emoji;
  events::Patch<events::Json> settings;
  events::Patch<Status> status;
  events::Patch<events::UserId> owner_id;
};
BOOST_DESCRIBE_STRUCT(Change, (), (key, name, description, color, emoji, settings, status, owner_id))

struct Archive {
  static constexpr std::string_view verb = "project.archive";
  static constexpr Permission permission = Permission::projects_write;
};
BOOST_DESCRIBE_STRUCT(Archive, (), ())

struct Unarchive {
  static constexpr std::string_view verb = "project.unarchive";
  static constexpr Permission permission = Permission::projects_write;
};
BOOST_DESCRIBE_STRUCT(Unarchive, (), ())

struct Delete {
  static constexpr std::string_view verb = "project.delete";
  static constexpr Permission permission = Permission::projects_write;
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "project.restore";
  static constexpr Permission permission = Permission::projects_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Create&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Archive&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unarchive&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

bool repeats(const events::project::Created& first, const Create& again, const CommandContext&, const Facts&);

}  // namespace project

void effects(const project::State&, const events::project::Created&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::KeyChanged&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::Deleted&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::project::Described, events::project::SettingsChanged, events::project::StatusChanged,
                 events::project::Archived, events::project::Unarchived, events::project::OwnerChanged> E>
void effects(const project::State&, const E&, const events::Envelope&, Effects&) {}

}  // namespace daybook::domain
