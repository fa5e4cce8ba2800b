#pragma once
// A project. Members create projects and change, archive and delete those they own or created or are admins of; the
// workspace's admins all of them. A private one is there for its members, its owner and the workspace's admins alone.
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
using events::project::MemberRole;
using events::project::Status;
using events::project::Visibility;

// What may be said of a status: beside its words those that are stored as something else.
BOOST_DEFINE_ENUM_CLASS(StatusWord, planning, active, on_hold, completed, cancelled, archived, planned)

inline constexpr double estimated_hours_max = 1'000'000;
inline constexpr std::size_t members_max = 10'000;
inline constexpr std::size_t stars_max = 10'000;

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
  std::optional<StatusWord> status;
  events::Patch<events::UserId> owner_id;  // not sent: its creator; null: nobody
  std::optional<Prompt> main_prompt;
  std::optional<Place> cover_image;
  std::optional<Place> git_repository;
  std::optional<Name> project_type;
  std::optional<Name> ai_provider;
  std::optional<events::EntityId> template_id;  // of what it was made of: one of the workspace's templates, or a listed one
  std::optional<text::Date> start_date;
  std::optional<text::Date> end_date;
  std::optional<double> estimated_hours;
  std::optional<Visibility> visibility;
};
BOOST_DESCRIBE_STRUCT(Create, (), (id, key, name, description, color, emoji, settings, status, owner_id, main_prompt, cover_image,
                                   git_repository, project_type, ai_provider, template_id, start_date, end_date, estimated_hours, visibility))

struct Change {
  static constexpr std::string_view verb = "project.change";
  static constexpr Permission permission = Permission::projects_write;
  events::Patch<ProjectKey> key;
  events::Patch<Name> name;
  events::Patch<Description> description;
  events::Patch<Color> color;
  events::Patch<Emoji> emoji;
  events::Patch<events::Json> settings;
  events::Patch<StatusWord> status;
  events::Patch<events::UserId> owner_id;
  events::Patch<Prompt> main_prompt;
  events::Patch<Place> cover_image;
  events::Patch<Place> git_repository;
  events::Patch<Name> project_type;
  events::Patch<Name> ai_provider;
  events::Patch<events::EntityId> template_id;
  events::Patch<text::Date> start_date;
  events::Patch<text::Date> end_date;
  events::Patch<double> estimated_hours;
  events::Patch<Visibility> visibility;
};
BOOST_DESCRIBE_STRUCT(Change, (), (key, name, description, color, emoji, settings, status, owner_id, main_prompt, cover_image,
                                   git_repository, project_type, ai_provider, template_id, start_date, end_date, estimated_hours, visibility))

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

// Its own affair: whoever sees the project.
struct Star {
  static constexpr std::string_view verb = "project.star";
  static constexpr Permission permission = Permission::workspace_read;
};
BOOST_DESCRIBE_STRUCT(Star, (), ())

struct Unstar {
  static constexpr std::string_view verb = "project.unstar";
  static constexpr Permission permission = Permission::workspace_read;
};
BOOST_DESCRIBE_STRUCT(Unstar, (), ())

struct AddMember {
  static constexpr std::string_view verb = "project.add_member";
  static constexpr Permission permission = Permission::projects_write;
  using Birth = events::project::MemberAdded;
  static constexpr auto birth_id = &Birth::member_id;
  std::optional<events::ProjectMemberId> id;
  events::UserId user_id{};
  std::optional<MemberRole> role;
};
BOOST_DESCRIBE_STRUCT(AddMember, (), (id, user_id, role))

// Also how one leaves.
struct RemoveMember {
  static constexpr std::string_view verb = "project.remove_member";
  static constexpr Permission permission = Permission::workspace_read;
  events::UserId user_id{};
};
BOOST_DESCRIBE_STRUCT(RemoveMember, (), (user_id))

Decision<Event> decide(const State&, const Create&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Archive&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unarchive&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Star&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unstar&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const AddMember&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RemoveMember&, const CommandContext&, const Facts&);

StreamId container_of(const State& state);
// Its owner, its creator, those of its members who are its admins; beside them the workspace's admins.
std::optional<Rejection> refuse_stranger(const State& state, const CommandContext& context);

bool repeats(const events::project::Created& first, const Create& again, const CommandContext&, const Facts&);

}  // namespace project

void effects(const project::State&, const events::project::Created&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::KeyChanged&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::OwnerChanged&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::VisibilityChanged&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::MemberAdded&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::MemberRemoved&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::Deleted&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::Restored&, const events::Envelope&, Effects&);
void effects(const project::State&, const events::project::BroughtForward&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::project::Described, events::project::SettingsChanged, events::project::StatusChanged,
                 events::project::Archived, events::project::Unarchived, events::project::Scheduled,
                 events::project::Starred, events::project::Unstarred> E>
void effects(const project::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Project>();

}  // namespace daybook::domain
