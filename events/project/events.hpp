#pragma once
// What happens to a project. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse.
#include "events/core/event_type.hpp"

namespace daybook::events::project {

BOOST_DEFINE_ENUM_CLASS(Status, planning, active, on_hold, completed, cancelled)
// Who may know of a project and of what lies in it: the whole workspace, or its members, its owner and the workspace's admins.
BOOST_DEFINE_ENUM_CLASS(Visibility, workspace, private_)
BOOST_DEFINE_ENUM_CLASS(MemberRole, member, admin)

struct Created {
  static constexpr std::string_view type = "project.created";
  std::string key;
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> color;
  std::optional<std::string> emoji;
  std::optional<Json> settings;
  Status status = Status::active;
  std::optional<UserId> owner_id;
  std::optional<std::string> main_prompt;
  std::optional<std::string> cover_image;
  std::optional<std::string> git_repository;
  std::optional<std::string> project_type;
  std::optional<std::string> ai_provider;
  std::optional<EntityId> template_id;
  std::optional<text::Date> start_date;
  std::optional<text::Date> end_date;
  std::optional<double> estimated_hours;
  std::optional<Visibility> visibility;
  std::optional<bool> is_archived;
  bool operator==(const Created&) const = default;
};
BOOST_DESCRIBE_STRUCT(Created, (), (key, name, description, color, emoji, settings, status, owner_id, main_prompt, cover_image,
                                    git_repository, project_type, ai_provider, template_id, start_date, end_date, estimated_hours,
                                    visibility, is_archived))

struct Described {
  static constexpr std::string_view type = "project.described";
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> color;
  std::optional<std::string> emoji;
  std::optional<std::string> main_prompt;
  std::optional<std::string> cover_image;
  std::optional<std::string> git_repository;
  std::optional<std::string> project_type;
  std::optional<std::string> ai_provider;
  std::optional<EntityId> template_id;
  bool operator==(const Described&) const = default;
};
BOOST_DESCRIBE_STRUCT(Described, (), (name, description, color, emoji, main_prompt, cover_image, git_repository, project_type,
                                      ai_provider, template_id))

struct KeyChanged {
  static constexpr std::string_view type = "project.key_changed";
  std::string key;
  bool operator==(const KeyChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(KeyChanged, (), (key))

struct SettingsChanged {
  static constexpr std::string_view type = "project.settings_changed";
  std::optional<Json> settings;
  bool operator==(const SettingsChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(SettingsChanged, (), (settings))

struct StatusChanged {
  static constexpr std::string_view type = "project.status_changed";
  Status status = Status::active;
  bool operator==(const StatusChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(StatusChanged, (), (status))

struct Archived {
  static constexpr std::string_view type = "project.archived";
  bool operator==(const Archived&) const = default;
};
BOOST_DESCRIBE_STRUCT(Archived, (), ())

struct Unarchived {
  static constexpr std::string_view type = "project.unarchived";
  bool operator==(const Unarchived&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unarchived, (), ())

struct OwnerChanged {
  static constexpr std::string_view type = "project.owner_changed";
  std::optional<UserId> owner_id;
  bool operator==(const OwnerChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(OwnerChanged, (), (owner_id))

struct Deleted {
  static constexpr std::string_view type = "project.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "project.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// When it is to happen, and how many hours of work it is thought to take: a binary64, which goes through as it came.
struct Scheduled {
  static constexpr std::string_view type = "project.scheduled";
  std::optional<text::Date> start_date;
  std::optional<text::Date> end_date;
  std::optional<double> estimated_hours;
  bool operator==(const Scheduled&) const = default;
};
BOOST_DESCRIBE_STRUCT(Scheduled, (), (start_date, end_date, estimated_hours))

struct VisibilityChanged {
  static constexpr std::string_view type = "project.visibility_changed";
  Visibility visibility = Visibility::workspace;
  bool operator==(const VisibilityChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(VisibilityChanged, (), (visibility))

struct MemberAdded {
  static constexpr std::string_view type = "project.member_added";
  ProjectMemberId member_id{};
  UserId user_id{};
  MemberRole role = MemberRole::member;
  bool operator==(const MemberAdded&) const = default;
};
BOOST_DESCRIBE_STRUCT(MemberAdded, (), (member_id, user_id, role))

struct MemberRemoved {
  static constexpr std::string_view type = "project.member_removed";
  ProjectMemberId member_id{};
  UserId user_id{};
  bool operator==(const MemberRemoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(MemberRemoved, (), (member_id, user_id))

struct Starred {
  static constexpr std::string_view type = "project.starred";
  ProjectStarId star_id{};
  UserId user_id{};
  bool operator==(const Starred&) const = default;
};
BOOST_DESCRIBE_STRUCT(Starred, (), (star_id, user_id))

struct Unstarred {
  static constexpr std::string_view type = "project.unstarred";
  ProjectStarId star_id{};
  UserId user_id{};
  bool operator==(const Unstarred&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unstarred, (), (star_id, user_id))

// Said by an import, of how the project stood in the system that it comes from: what was worked and spent there beside what its issues
// say of themselves. That may be less than nothing, where the system counted less.
struct BroughtForward {
  static constexpr std::string_view type = "project.brought_forward";
  std::optional<std::int64_t> worked_seconds;
  std::optional<Decimal> cost;
  std::optional<std::string> currency;  // of the cost, which stands with it or not at all
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (worked_seconds, cost, currency))

using Event = std::variant<Created, Described, KeyChanged, SettingsChanged, StatusChanged, Archived, Unarchived,
                           OwnerChanged, Deleted, Restored, Scheduled, VisibilityChanged, MemberAdded, MemberRemoved, Starred,
                           Unstarred, BroughtForward>;

}  // namespace daybook::events::project
