#pragma once
// A template after its events, with the points people gave it. Folded alike by decide and by the read models.
#include "events/core/parts.hpp"
#include "events/core/rating.hpp"
#include "events/template/events.hpp"

namespace daybook::events::template_ {

struct Fields : Stamp {
  TemplateId id{};
  WorkspaceId workspace_id{};
  std::string name;
  std::string description;
  std::string category;
  std::optional<std::string> cover_image;
  std::vector<std::string> tags;
  ProjectStructure project_structure;
  std::optional<Json> ai_provider_recommendations;
  bool is_public = false;                        // listed: there to be read and applied by everybody
  bool is_official = false;
  ActorType author_type = ActorType::system;
  std::optional<PrincipalId> author_id;
  std::int64_t usage_count = 0;                  // projects that were made of it
  std::int64_t rating_sum = 0;
  std::int64_t rating_count = 0;
  std::optional<double> rating;                  // the mean of all, made of integers each time
  std::optional<text::Instant> deleted_at;       // withdrawn
  std::optional<RatingBrought> rating_brought;   // what number and mean have of elsewhere
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, name, description, category, cover_image, tags, project_structure,
                                        ai_provider_recommendations, is_public, is_official, author_type, author_id, usage_count,
                                        rating_sum, rating_count, rating, deleted_at, rating_brought))

// The points of one person. Stamped by the events that are about it: its version is the template stream's.
struct TemplateRating : Stamp {
  TemplateRatingId id{};
  WorkspaceId workspace_id{};
  TemplateId template_id{};
  UserId user_id{};
  std::int64_t rating = 0;
  bool operator==(const TemplateRating&) const = default;
};
BOOST_DESCRIBE_STRUCT(TemplateRating, (Stamp), (id, workspace_id, template_id, user_id, rating))

struct State : Fields {
  std::vector<TemplateRating> ratings;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (ratings))

const TemplateRating* find_rating(const State& state, UserId user);
inline const TemplateRating* find_part(const State& state, TemplateRatingId id) { return part_with(state.ratings, id); }

void evolve(State&, const Published&, const Envelope&);
void evolve(State&, const Revised&, const Envelope&);
void evolve(State&, const Listed&, const Envelope&);
void evolve(State&, const Unlisted&, const Envelope&);
void evolve(State&, const MadeOfficial&, const Envelope&);
void evolve(State&, const Applied&, const Envelope&);
void evolve(State&, const Rated&, const Envelope&);
void evolve(State&, const Withdrawn&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::template_
