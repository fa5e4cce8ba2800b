#pragma once
// A template: a project to be, with its tasks. Members publish them; their author or an admin changes and withdraws them; whoever
// may see one applies and rates it.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/template/state.hpp"

namespace daybook::domain {

struct Template {
  using State = events::template_::State;
  using Event = events::template_::Event;
  static constexpr auto stream_type = events::StreamType::template_;
};

namespace template_ {

using events::template_::Event;
using events::template_::State;

// Applying makes an event of each task and of each skill that a task names, one of the project and one of the template, in one
// append, which takes 2,000: command-service/routes/template.cpp holds the two against each other.
inline constexpr std::size_t tasks_max = 500;
inline constexpr std::size_t suggestions_max = 1000;          // skills named by all tasks together
inline constexpr std::size_t skills_max = 100;                // different ones, of a whole template
inline constexpr std::size_t automations_max = 50;
inline constexpr std::size_t structure_bytes_max = 512 << 10;
inline constexpr std::size_t ratings_max = 10'000;            // of one template
inline constexpr std::int64_t rating_min = 1, rating_max = 5;

// What people send of a structure; what is left out stands in the event as it was understood.
struct TaskToBe {
  Title title{};
  std::optional<Description> description;
  std::optional<events::issue::Priority> priority;
  std::optional<std::int64_t> estimated_minutes;
  std::optional<std::vector<events::SkillId>> skills;
  std::optional<std::int64_t> order;         // left out: its place in the list, from 0
  std::optional<std::int64_t> parent_order;  // the order of the task above it
};
BOOST_DESCRIBE_STRUCT(TaskToBe, (), (title, description, priority, estimated_minutes, skills, order, parent_order))

struct AutomationToBe {
  Name name{};
  std::optional<events::Json> trigger;
  std::optional<events::Json> actions;
};
BOOST_DESCRIBE_STRUCT(AutomationToBe, (), (name, trigger, actions))

struct StructureToBe {
  std::vector<TaskToBe> tasks;
  std::optional<std::vector<events::SkillId>> skills;
  std::optional<std::vector<AutomationToBe>> automations;
};
BOOST_DESCRIBE_STRUCT(StructureToBe, (), (tasks, skills, automations))

struct Publish {
  static constexpr std::string_view verb = "template.publish";
  static constexpr Permission permission = Permission::templates_write;
  using Birth = events::template_::Published;
  std::optional<events::TemplateId> id;
  Name name{};
  Description description{};
  Name category{};
  std::optional<Place> cover_image;
  std::optional<std::vector<Tag>> tags;
  StructureToBe project_structure{};
  std::optional<events::Json> ai_provider_recommendations;
  std::optional<bool> is_public;
};
BOOST_DESCRIBE_STRUCT(Publish, (), (id, name, description, category, cover_image, tags, project_structure, ai_provider_recommendations,
                                    is_public))

struct Revise {
  static constexpr std::string_view verb = "template.revise";
  static constexpr Permission permission = Permission::templates_write;
  events::Patch<Name> name;
  events::Patch<Description> description;
  events::Patch<Name> category;
  events::Patch<Place> cover_image;
  events::Patch<std::vector<Tag>> tags;
  events::Patch<StructureToBe> project_structure;  // whole
  events::Patch<events::Json> ai_provider_recommendations;
};
BOOST_DESCRIBE_STRUCT(Revise, (), (name, description, category, cover_image, tags, project_structure, ai_provider_recommendations))

struct List {
  static constexpr std::string_view verb = "template.list";
  static constexpr Permission permission = Permission::templates_write;
};
BOOST_DESCRIBE_STRUCT(List, (), ())

struct Unlist {
  static constexpr std::string_view verb = "template.unlist";
  static constexpr Permission permission = Permission::templates_write;
};
BOOST_DESCRIBE_STRUCT(Unlist, (), ())

// By superusers, of those of their workspace and of listed ones.
struct MakeOfficial {
  static constexpr std::string_view verb = "template.make_official";
  static constexpr Permission permission = Permission::workspace_read;
};
BOOST_DESCRIBE_STRUCT(MakeOfficial, (), ())

// One's points; said again, they are changed.
struct Rate {
  static constexpr std::string_view verb = "template.rate";
  static constexpr Permission permission = Permission::templates_write;
  std::int64_t rating = 0;
};
BOOST_DESCRIBE_STRUCT(Rate, (), (rating))

struct Withdraw {
  static constexpr std::string_view verb = "template.withdraw";
  static constexpr Permission permission = Permission::templates_write;
};
BOOST_DESCRIBE_STRUCT(Withdraw, (), ())

struct Restore {
  static constexpr std::string_view verb = "template.restore";
  static constexpr Permission permission = Permission::templates_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Publish&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Revise&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const List&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unlist&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const MakeOfficial&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Rate&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Withdraw&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

// Whether callers in that workspace know of the template at all: it is theirs, or listed.
bool is_known_in(const State& state, events::WorkspaceId workspace);
// The same, and it is there to be used.
bool is_usable_in(const State& state, events::WorkspaceId workspace, const Facts& facts);

bool repeats(const events::template_::Published& first, const Publish& again, const CommandContext&, const Facts&);

}  // namespace template_

void effects(const template_::State&, const events::template_::Published&, const events::Envelope&, Effects&);
void effects(const template_::State&, const events::template_::Rated&, const events::Envelope&, Effects&);
void effects(const template_::State&, const events::template_::Withdrawn&, const events::Envelope&, Effects&);
void effects(const template_::State&, const events::template_::Restored&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::template_::Revised, events::template_::Listed, events::template_::Unlisted, events::template_::MadeOfficial,
                 events::template_::Applied, events::template_::BroughtForward> E>
void effects(const template_::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Template>();

}  // namespace daybook::domain
