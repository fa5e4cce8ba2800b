#pragma once
// What happens to a skill. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse.
#include "events/core/event_type.hpp"

namespace daybook::events::skill {

// The first revision. A fork names what it was copied from.
struct Published {
  static constexpr std::string_view type = "skill.published";
  std::string name;
  std::string description;
  LongText prompt;
  std::string category;
  std::optional<std::string> ai_provider;
  Json mcp_requirements{"[]"};
  std::optional<Json> input_schema;
  std::optional<Json> output_schema;
  std::vector<std::string> tags;
  bool is_public = false;
  std::optional<SkillId> forked_from_id;
  std::optional<std::int64_t> forked_from_revision;
  bool operator==(const Published&) const = default;
};
BOOST_DESCRIBE_STRUCT(Published, (), (name, description, prompt, category, ai_provider, mcp_requirements, input_schema,
                                      output_schema, tags, is_public, forked_from_id, forked_from_revision))

// A further revision, whole.
struct Revised {
  static constexpr std::string_view type = "skill.revised";
  std::string name;
  std::string description;
  LongText prompt;
  std::string category;
  std::optional<std::string> ai_provider;
  Json mcp_requirements{"[]"};
  std::optional<Json> input_schema;
  std::optional<Json> output_schema;
  std::optional<std::string> changelog;
  bool operator==(const Revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(Revised, (), (name, description, prompt, category, ai_provider, mcp_requirements, input_schema,
                                    output_schema, changelog))

struct TagsChanged {
  static constexpr std::string_view type = "skill.tags_changed";
  std::vector<std::string> tags;
  bool operator==(const TagsChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(TagsChanged, (), (tags))

struct Listed {
  static constexpr std::string_view type = "skill.listed";
  bool operator==(const Listed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Listed, (), ())

struct Unlisted {
  static constexpr std::string_view type = "skill.unlisted";
  bool operator==(const Unlisted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unlisted, (), ())

struct MadeOfficial {
  static constexpr std::string_view type = "skill.made_official";
  bool operator==(const MadeOfficial&) const = default;
};
BOOST_DESCRIBE_STRUCT(MadeOfficial, (), ())

// Of the original. Into which workspace is not said here: it may be another one's.
struct Forked {
  static constexpr std::string_view type = "skill.forked";
  std::int64_t revision = 1;
  bool operator==(const Forked&) const = default;
};
BOOST_DESCRIBE_STRUCT(Forked, (), (revision))

struct Used {
  static constexpr std::string_view type = "skill.used";
  std::int64_t revision = 1;
  bool operator==(const Used&) const = default;
};
BOOST_DESCRIBE_STRUCT(Used, (), (revision))

struct Reviewed {
  static constexpr std::string_view type = "skill.reviewed";
  SkillReviewId review_id{};
  UserId user_id{};
  std::int64_t rating = 0;
  std::optional<std::string> comment;
  bool operator==(const Reviewed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reviewed, (), (review_id, user_id, rating, comment))

struct ReviewChanged {
  static constexpr std::string_view type = "skill.review_changed";
  SkillReviewId review_id{};
  std::int64_t rating = 0;
  std::optional<std::string> comment;
  bool operator==(const ReviewChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReviewChanged, (), (review_id, rating, comment))

struct ReviewWithdrawn {
  static constexpr std::string_view type = "skill.review_withdrawn";
  SkillReviewId review_id{};
  bool operator==(const ReviewWithdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReviewWithdrawn, (), (review_id))

struct Withdrawn {
  static constexpr std::string_view type = "skill.withdrawn";
  bool operator==(const Withdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), ())

struct Restored {
  static constexpr std::string_view type = "skill.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import, of how the skill stood in the system that it comes from: figures to which those of here are added.
struct BroughtForward {
  static constexpr std::string_view type = "skill.brought_forward";
  std::optional<std::int64_t> fork_count;
  std::optional<std::int64_t> usage_count;
  std::optional<double> rating;  // the mean of the reviews that are not told of one by one
  std::optional<std::int64_t> review_count;  // how many those are
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (fork_count, usage_count, rating, review_count))

using Event = std::variant<Published, Revised, TagsChanged, Listed, Unlisted, MadeOfficial, Forked, Used, Reviewed, ReviewChanged,
                           ReviewWithdrawn, Withdrawn, Restored, BroughtForward>;

}  // namespace daybook::events::skill
