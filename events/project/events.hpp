#pragma once
// What happens to a project. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse.
#include "events/core/event_type.hpp"

namespace daybook::events::project {

BOOST_DEFINE_ENUM_CLASS(Status, planning, active, on_hold, completed, cancelled)

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
  bool operator==(const Created&) const = default;
};
BOOST_DESCRIBE_STRUCT(Created, (), (key, name, description, color, emoji, settings, status, owner_id))

struct Described {
  static constexpr std::string_view type = "project.described";
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> color;
  std::optional<std::string> emoji;
  bool operator==(const Described&) const = default;
};
BOOST_DESCRIBE_STRUCT(Described, (), (name, description, color, emoji))

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

using Event = std::variant<Created, Described, KeyChanged, SettingsChanged, StatusChanged, Archived, Unarchived,
                           OwnerChanged, Deleted, Restored>;

}  // namespace daybook::events::project
