#pragma once
// A skill. Members publish them; their author or an admin changes and withdraws them; whoever may see one uses, reviews and forks it.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/skill/state.hpp"

namespace daybook::domain {

struct Skill {
  using State = events::skill::State;
  using Event = events::skill::Event;
  static constexpr auto stream_type = events::StreamType::skill;
};

namespace skill {

using events::skill::Event;
using events::skill::State;

struct Publish {
  static constexpr std::string_view verb = "skill.publish";
  static constexpr Permission permission = Permission::skills_write;
  using Birth = events::skill::Published;
  std::optional<events::SkillId> id;
  Name name{};
  Description description{};
  Prompt prompt{};
  Name category{};
  std::optional<Name> ai_provider;
  std::optional<events::Json> mcp_requirements;
  std::optional<events::Json> input_schema;
  std::optional<events::Json> output_schema;
  std::optional<std::vector<Tag>> tags;
  std::optional<bool> is_public;
};
BOOST_DESCRIBE_STRUCT(Publish, (), (id, name, description, prompt, category, ai_provider, mcp_requirements, input_schema,
                                    output_schema, tags, is_public))

struct Revise {
  static constexpr std::string_view verb = "skill.revise";
  static constexpr Permission permission = Permission::skills_write;
  events::Patch<Name> name;
  events::Patch<Description> description;
  events::Patch<Prompt> prompt;
  events::Patch<Name> category;
  events::Patch<Name> ai_provider;
  events::Patch<events::Json> mcp_requirements;
  events::Patch<events::Json> input_schema;
  events::Patch<events::Json> output_schema;
  std::optional<Description> changelog;  // of this revision
  events::Patch<std::vector<Tag>> tags;
};
BOOST_DESCRIBE_STRUCT(Revise, (), (name, description, prompt, category, ai_provider, mcp_requirements, input_schema,
                                   output_schema, changelog, tags))

struct List {
  static constexpr std::string_view verb = "skill.list";
  static constexpr Permission permission = Permission::skills_write;
};
BOOST_DESCRIBE_STRUCT(List, (), ())

struct Unlist {
  static constexpr std::string_view verb = "skill.unlist";
  static constexpr Permission permission = Permission::skills_write;
};
BOOST_DESCRIBE_STRUCT(Unlist, (), ())

// By superusers, of those of their workspace and of listed ones.
struct MakeOfficial {
  static constexpr std::string_view verb = "skill.make_official";
  static constexpr Permission permission = Permission::workspace_read;
};
BOOST_DESCRIBE_STRUCT(MakeOfficial, (), ())

// A copy in the workspace it is sent to, unlisted and with figures of its own.
struct Fork {
  static constexpr std::string_view verb = "skill.fork";
  static constexpr Permission permission = Permission::skills_write;
  using Birth = events::skill::Published;
  std::optional<events::SkillId> id;
  std::optional<events::SkillId> skill_id;  // of the original; filled from the path, or named in a bulk command
  std::optional<Name> name;                 // the original's where it is not given
};
BOOST_DESCRIBE_STRUCT(Fork, (), (id, skill_id, name))

struct Use {
  static constexpr std::string_view verb = "skill.use";
  static constexpr Permission permission = Permission::skills_write;
};
BOOST_DESCRIBE_STRUCT(Use, (), ())

struct Review {
  static constexpr std::string_view verb = "skill.review";
  static constexpr Permission permission = Permission::skills_write;
  using Birth = events::skill::Reviewed;
  static constexpr auto birth_id = &Birth::review_id;
  std::optional<events::SkillReviewId> id;
  std::int64_t rating = 0;
  std::optional<Description> comment;
};
BOOST_DESCRIBE_STRUCT(Review, (), (id, rating, comment))

struct ChangeReview {
  static constexpr std::string_view verb = "skill.change_review";
  static constexpr Permission permission = Permission::skills_write;
  std::optional<events::SkillReviewId> review_id;  // filled from the path, or named in a bulk command
  events::Patch<std::int64_t> rating;
  events::Patch<Description> comment;
};
BOOST_DESCRIBE_STRUCT(ChangeReview, (), (review_id, rating, comment))

struct WithdrawReview {
  static constexpr std::string_view verb = "skill.withdraw_review";
  static constexpr Permission permission = Permission::skills_write;
  std::optional<events::SkillReviewId> review_id;
};
BOOST_DESCRIBE_STRUCT(WithdrawReview, (), (review_id))

struct Withdraw {
  static constexpr std::string_view verb = "skill.withdraw";
  static constexpr Permission permission = Permission::skills_write;
};
BOOST_DESCRIBE_STRUCT(Withdraw, (), ())

struct Restore {
  static constexpr std::string_view verb = "skill.restore";
  static constexpr Permission permission = Permission::skills_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Publish&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Revise&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const List&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unlist&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const MakeOfficial&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Use&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Review&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ChangeReview&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const WithdrawReview&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Withdraw&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

// What a fork comes to: the event that makes the copy, and the one that the original's stream gets.
struct Forking {
  events::skill::Published copy;
  events::skill::Forked original;
};
Result<Forking> fork(const State& copy, const State& original, const Fork&, const CommandContext&, const Facts&);

// Whether callers in that workspace know of the skill at all: it is theirs, or listed.
bool is_known_in(const State& state, events::WorkspaceId workspace);
// The same, and it is there to be used.
bool is_usable_in(const State& state, events::WorkspaceId workspace, const Facts& facts);

bool repeats(const events::skill::Published& first, const Publish& again, const CommandContext&, const Facts&);
bool repeats(const events::skill::Published& first, const Fork& again, const CommandContext&, const Facts&);
bool repeats(const events::skill::Reviewed& first, const Review& again, const CommandContext&, const Facts&);

}  // namespace skill

void effects(const skill::State&, const events::skill::Published&, const events::Envelope&, Effects&);
void effects(const skill::State&, const events::skill::Withdrawn&, const events::Envelope&, Effects&);
void effects(const skill::State&, const events::skill::Restored&, const events::Envelope&, Effects&);
void effects(const skill::State&, const events::skill::Reviewed&, const events::Envelope&, Effects&);
void effects(const skill::State&, const events::skill::ReviewChanged&, const events::Envelope&, Effects&);
void effects(const skill::State&, const events::skill::ReviewWithdrawn&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::skill::Revised, events::skill::TagsChanged, events::skill::Listed, events::skill::Unlisted,
                 events::skill::MadeOfficial, events::skill::Forked, events::skill::Used, events::skill::BroughtForward> E>
void effects(const skill::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Skill>();

}  // namespace daybook::domain
