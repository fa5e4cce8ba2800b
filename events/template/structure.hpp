#pragma once
// What a template is made of: the tasks of a project to be, what skills it takes, what is to happen by itself. Storage format, as
// the events that hold it.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/issue/events.hpp"

namespace daybook::events::template_ {

// `order` is where it stands among the others, ties by their place in the list; `parent_order` is the order of the task above it.
struct Task {
  std::string title;
  std::optional<std::string> description;
  issue::Priority priority = issue::Priority::medium;
  std::optional<std::int64_t> estimated_minutes;
  std::vector<SkillId> skills;
  std::int64_t order = 0;
  std::optional<std::int64_t> parent_order;
  bool operator==(const Task&) const = default;
};
BOOST_DESCRIBE_STRUCT(Task, (), (title, description, priority, estimated_minutes, skills, order, parent_order))

struct Automation {
  std::string name;
  Json trigger{"{}"};
  Json actions{"[]"};
  bool operator==(const Automation&) const = default;
};
BOOST_DESCRIBE_STRUCT(Automation, (), (name, trigger, actions))

struct ProjectStructure {
  std::vector<Task> tasks;
  std::vector<SkillId> skills;
  std::vector<Automation> automations;
  bool operator==(const ProjectStructure&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectStructure, (), (tasks, skills, automations))

}  // namespace daybook::events::template_

namespace daybook::events::detail {

// As long as a document: lists leave it out unless it is asked for, and the activity tells of its size alone.
template <>
inline TypeInfo make_type_info<template_::ProjectStructure>() {
  auto info = make_record<template_::ProjectStructure>();
  info.is_long = true;
  return info;
}

}  // namespace daybook::events::detail
