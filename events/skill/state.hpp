#pragma once
// A skill after its events, with what people say of it. Folded alike by decide and by the read models.
#include "events/core/parts.hpp"
#include "events/core/rating.hpp"
#include "events/skill/events.hpp"

namespace daybook::events::skill {

struct Fields : Stamp {
  SkillId id{};
  WorkspaceId workspace_id{};
  std::string name;
  std::string description;
  LongText prompt;
  std::string category;
  std::optional<std::string> ai_provider;
  Json mcp_requirements{"[]"};
  std::optional<Json> input_schema;
  std::optional<Json> output_schema;
  std::vector<std::string> tags;
  bool is_public = false;                        // listed: there to be read by everybody
  bool is_official = false;
  ActorType author_type = ActorType::system;
  std::optional<PrincipalId> author_id;
  std::int64_t revision = 0;                     // the number of the newest one, from 1
  std::optional<std::string> changelog;          // of the newest revision
  std::optional<SkillId> forked_from_id;
  std::optional<std::int64_t> forked_from_revision;
  std::int64_t fork_count = 0;
  std::int64_t usage_count = 0;
  std::int64_t rating_sum = 0;                   // of the reviews here that stand
  std::int64_t rating_count = 0;
  std::optional<double> rating;                  // the mean of all, made of integers each time
  std::optional<text::Instant> deleted_at;       // withdrawn
  std::optional<RatingBrought> rating_brought;   // what number and mean have of elsewhere
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, name, description, prompt, category, ai_provider, mcp_requirements,
                                        input_schema, output_schema, tags, is_public, is_official, author_type, author_id, revision,
                                        changelog, forked_from_id, forked_from_revision, fork_count, usage_count, rating_sum,
                                        rating_count, rating, deleted_at, rating_brought))

// What one person says of it. Stamped by the events that are about it: its version is the skill stream's.
struct SkillReview : Stamp {
  SkillReviewId id{};
  WorkspaceId workspace_id{};
  SkillId skill_id{};
  UserId user_id{};
  std::int64_t rating = 0;
  std::optional<std::string> comment;
  bool operator==(const SkillReview&) const = default;
};
BOOST_DESCRIBE_STRUCT(SkillReview, (Stamp), (id, workspace_id, skill_id, user_id, rating, comment))

struct State : Fields {
  std::vector<SkillReview> reviews;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (reviews))

const SkillReview* find_review(const State& state, UserId user);
inline const SkillReview* find_part(const State& state, SkillReviewId id) { return part_with(state.reviews, id); }

void evolve(State&, const Published&, const Envelope&);
void evolve(State&, const Revised&, const Envelope&);
void evolve(State&, const TagsChanged&, const Envelope&);
void evolve(State&, const Listed&, const Envelope&);
void evolve(State&, const Unlisted&, const Envelope&);
void evolve(State&, const MadeOfficial&, const Envelope&);
void evolve(State&, const Forked&, const Envelope&);
void evolve(State&, const Used&, const Envelope&);
void evolve(State&, const Reviewed&, const Envelope&);
void evolve(State&, const ReviewChanged&, const Envelope&);
void evolve(State&, const ReviewWithdrawn&, const Envelope&);
void evolve(State&, const Withdrawn&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::skill
