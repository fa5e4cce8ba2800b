#pragma once
// What happens to a template. Names and shapes are storage format: add optional members or a new event; never rename,
// retype or reuse.
#include "events/core/event_type.hpp"
#include "events/template/structure.hpp"

namespace daybook::events::template_ {

struct Published {
  static constexpr std::string_view type = "template.published";
  std::string name;
  std::string description;
  std::string category;
  std::optional<std::string> cover_image;
  std::vector<std::string> tags;
  ProjectStructure project_structure;
  std::optional<Json> ai_provider_recommendations;
  bool is_public = false;
  bool operator==(const Published&) const = default;
};
BOOST_DESCRIBE_STRUCT(Published, (), (name, description, category, cover_image, tags, project_structure, ai_provider_recommendations,
                                      is_public))

// What it says from now on, whole.
struct Revised {
  static constexpr std::string_view type = "template.revised";
  std::string name;
  std::string description;
  std::string category;
  std::optional<std::string> cover_image;
  std::vector<std::string> tags;
  ProjectStructure project_structure;
  std::optional<Json> ai_provider_recommendations;
  bool operator==(const Revised&) const = default;
};
BOOST_DESCRIBE_STRUCT(Revised, (), (name, description, category, cover_image, tags, project_structure, ai_provider_recommendations))

struct Listed {
  static constexpr std::string_view type = "template.listed";
  bool operator==(const Listed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Listed, (), ())

struct Unlisted {
  static constexpr std::string_view type = "template.unlisted";
  bool operator==(const Unlisted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unlisted, (), ())

struct MadeOfficial {
  static constexpr std::string_view type = "template.made_official";
  bool operator==(const MadeOfficial&) const = default;
};
BOOST_DESCRIBE_STRUCT(MadeOfficial, (), ())

// A project was made of it, with that many issues; of the automations, those that the template had then. Where the project is, is
// not said here: it may lie in another workspace, and the project names its template.
struct Applied {
  static constexpr std::string_view type = "template.applied";
  std::int64_t issues = 0;
  std::vector<Automation> automations;
  bool operator==(const Applied&) const = default;
};
BOOST_DESCRIBE_STRUCT(Applied, (), (issues, automations))

// By one person, for the first time or anew.
struct Rated {
  static constexpr std::string_view type = "template.rated";
  TemplateRatingId rating_id{};
  UserId user_id{};
  std::int64_t rating = 0;
  bool operator==(const Rated&) const = default;
};
BOOST_DESCRIBE_STRUCT(Rated, (), (rating_id, user_id, rating))

struct Withdrawn {
  static constexpr std::string_view type = "template.withdrawn";
  bool operator==(const Withdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), ())

struct Restored {
  static constexpr std::string_view type = "template.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import, of how the template stood in the system that it comes from: figures to which those of here are added.
struct BroughtForward {
  static constexpr std::string_view type = "template.brought_forward";
  std::optional<std::int64_t> usage_count;
  std::optional<double> rating;  // the mean of the points that are not told of one by one
  std::optional<std::int64_t> rating_count;  // of how many people; one where it is not said
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (usage_count, rating, rating_count))

using Event = std::variant<Published, Revised, Listed, Unlisted, MadeOfficial, Applied, Rated, Withdrawn, Restored, BroughtForward>;

}  // namespace daybook::events::template_
