// Skills and templates, with the tables that list what belongs to them.
#include <algorithm>
#include <map>

#include "command-service/domain/skill/skill.hpp"
#include "command-service/domain/template/template.hpp"
#include "compose/daybook/import/models/workflow_manager.hpp"
#include "events/core/rating.hpp"

namespace daybook::importer::models::workflow_manager {
namespace {

using domain::Skill;
using domain::Template;
using events::SkillId;
namespace sk = events::skill;
namespace tm = events::template_;

constexpr std::int64_t revisions_max = 1000;   // told one by one: of those before the last only the number is known
constexpr std::size_t tags_max = 100;

// What another table lists of a thing, by the thing, in the order of the list. It is told in one breath with the thing, so that its rows
// are looked at twice: here, and afterwards for the report.
template <class What>
using Lists = std::unordered_map<text::Uuid, std::vector<What>>;

// Counts a row that was told with the thing it belongs to.
void count_listed(Course& course, Values& values, const std::optional<text::Uuid>& thing, std::string_view column) {
  const auto workspace = place_of(course.sink, values, thing, column);
  Row row(values);
  row.in(workspace);
  if (thing) row.needs(events::StreamId{*thing}, column);
  course.sink.bring(std::move(row));
}

// ---- skills ----------------------------------------------------------------------------------------------------------

Lists<std::string> tags_of_skills(Course& course) {
  Lists<std::string> tags;
  read_all(course.source, "skill_tags", [&](Values& values) {
    const auto skill = number_ref(values, Table::workflow_manager_skills, either(values, "skill_id", "skillId"));
    const auto tag = values.filled("tag");
    if (!skill || !tag) return;
    auto& list = tags[*skill];
    if (list.size() < tags_max && std::find(list.begin(), list.end(), *tag) == list.end()) list.push_back(*tag);
  });
  return tags;
}

struct Review {
  sk::Reviewed said;
  text::Instant at{};
};

// Reviews that can be told one by one: each of a person who is known, each person once. Nothing where one of them cannot.
std::optional<std::vector<Review>> reviews_in(Course& course, const events::Json& list, const text::Uuid& skill, text::Instant otherwise) {
  std::vector<Review> reviews;
  for (const auto& item : items_of(list).value_or(std::vector<events::Json>{})) {
    const auto members = members_of(item);
    if (!members) return std::nullopt;
    const auto number = integer_member(*members, {"user_id", "userId"});
    const auto user = number ? person(course, *number) : std::nullopt;
    const auto rating = integer_member(*members, {"rating"});
    if (!user || !rating || *rating < 1 || *rating > 5) return std::nullopt;
    const bool again = std::any_of(reviews.begin(), reviews.end(), [&](const Review& other) { return other.said.user_id == *user; });
    if (again) return std::nullopt;
    sk::Reviewed said{};
    said.review_id = events::SkillReviewId{course.sink.named("review of " + skill.text() + " by " + user->text())};
    said.user_id = *user;
    said.rating = *rating;
    said.comment = text_member(*members, {"comment"});
    reviews.push_back({std::move(said), time_member(*members, {"created_at", "createdAt"}).value_or(otherwise)});
  }
  return reviews;
}

std::optional<double> mean_of(const std::vector<Review>& reviews) {
  std::int64_t points = 0;
  for (const auto& review : reviews) points += review.said.rating;
  return events::mean_rating(points, static_cast<std::int64_t>(reviews.size()));
}

bool is_same_mean(std::optional<double> a, std::optional<double> b) {
  if (!a || !b) return !a && !b;
  return *a - *b < 0.005 && *b - *a < 0.005;   // as many decimals as a mean is kept with
}

sk::Published published(Values& values, std::vector<std::string> tags) {
  sk::Published skill{};
  skill.name = values.required_text("name");
  skill.description = values.text_or("description", "");
  skill.prompt = events::LongText(values.text_or("prompt", ""));
  skill.category = values.text_or("category", "");
  skill.ai_provider = values.filled("aiProvider");
  skill.mcp_requirements = list_in(values, "mcpRequirements");
  skill.input_schema = values.json("inputSchema");
  skill.output_schema = values.json("outputSchema");
  skill.tags = std::move(tags);
  skill.is_public = values.boolean("isPublic").value_or(false);
  return skill;
}

// A skill as it was made, and as often revised as its number says; of the revisions before the last the text is not known.
std::vector<sk::Event> revisions(const sk::Published& skill, Values& values) {
  auto version = values.integer("version").value_or(1);
  if (version > revisions_max) {
    values.changed("version", "only " + std::to_string(revisions_max) + " revisions are told");
    version = revisions_max;
  }
  sk::Revised revised{};
  revised.name = skill.name;
  revised.description = skill.description;
  revised.prompt = skill.prompt;
  revised.category = skill.category;
  revised.ai_provider = skill.ai_provider;
  revised.mcp_requirements = skill.mcp_requirements;
  revised.input_schema = skill.input_schema;
  revised.output_schema = skill.output_schema;
  const auto changelog = values.filled("changelog");
  if (version <= 1 && changelog) values.changed("changelog", "a first revision has none: left empty");
  std::vector<sk::Event> events;
  for (std::int64_t i = 2; i <= version; ++i) {
    revised.changelog = i == version ? changelog : std::nullopt;
    events.emplace_back(revised);
  }
  return events;
}

void bring_skill(Course& course, Values& values, const Lists<std::string>& tags) {
  const SkillId id{own_number(values, Table::workflow_manager_skills)};
  const auto stream = events::stream_of(id);
  const auto author = needed_person(course, values, "authorId");
  const auto workspace = team_or_home(course, values, "teamId", author);
  const auto listed = tags.find(id.value);
  const auto skill = published(values, listed == tags.end() ? std::vector<std::string>{} : listed->second);
  const auto created_at = values.required_time("createdAt");
  const auto updated_at = last_change(values, "updatedAt", created_at);
  const auto later = revisions(skill, values);
  const auto said = list_in(values, "reviews");
  auto reviews = reviews_in(course, said, id.value, updated_at);
  const auto rating = values.real("rating");

  sk::BroughtForward forward{};
  if (const auto forks = values.integer("forkCount").value_or(0); forks > 0) forward.fork_count = forks;
  if (const auto uses = values.integer("usageCount").value_or(0); uses > 0) forward.usage_count = uses;
  if (!reviews || (rating && !is_same_mean(rating, mean_of(*reviews)))) {
    const auto people = static_cast<std::int64_t>(items_of(said).value_or(std::vector<events::Json>{}).size());
    if (people > 0) values.changed("reviews", "brought as a mean of " + std::to_string(people) + " people: one by one they do not give the rating, or are of nobody known");
    forward.rating = rating;
    if (people > 0) forward.review_count = people;
    reviews.reset();
  } else if (!rating && !reviews->empty()) {
    values.changed("rating", "it is the mean of the reviews");
  }

  Row row(values);
  const auto by = user_actor(author);
  row.stream(stream).say<Skill>(stream, workspace, created_at, by, {skill});
  for (const auto& revised : later) row.say<Skill>(stream, workspace, updated_at, by, {revised});
  if (values.boolean("isOfficial").value_or(false)) row.say<Skill>(stream, workspace, updated_at, nobody(), {sk::MadeOfficial{}});
  if (reviews)
    for (auto& review : *reviews) {
      const auto reviewer = user_actor(review.said.user_id);
      row.say<Skill>(stream, workspace, review.at, reviewer, {std::move(review.said)});
    }
  row.say<Skill>(stream, workspace, updated_at, nobody(), {forward});
  course.sink.bring(std::move(row));
}

// ---- templates -------------------------------------------------------------------------------------------------------

// A skill by its number, or by its name where the template has that; whom nobody knows is passed over.
std::vector<SkillId> skills_in(Course& course, const events::Json* list, bool& any_lost) {
  std::vector<SkillId> skills;
  if (list == nullptr) return skills;
  for (const auto& item : items_of(*list).value_or(std::vector<events::Json>{})) {
    auto number = integer_of(item);
    if (const auto words = text_of(item); !number && words) number = number_in_words(*words);
    const bool fits = number && *number >= 0 && *number <= events::numbered_id_max;
    const auto skill = fits ? std::optional(events::numbered_id(Table::workflow_manager_skills, *number)) : std::nullopt;
    if (!skill || !course.sink.places().has(*skill)) any_lost = true;
    else if (std::find(skills.begin(), skills.end(), SkillId{*skill}) == skills.end()) skills.push_back(SkillId{*skill});
  }
  return skills;
}

events::issue::Priority priority_in(const std::optional<std::string>& word) {
  if (word == "critical") return events::issue::Priority::urgent;
  return events::word_to<events::issue::Priority>(word.value_or("medium")).value_or(events::issue::Priority::medium);
}

tm::ProjectStructure structure_in(Course& course, Values& values) {
  tm::ProjectStructure structure{};
  const auto members = members_of(object_in(values, "projectStructure")).value_or(Members{});
  bool any_lost = false;
  const auto list = [&](std::string_view name) {
    const auto* found = member(members, {name});
    return found == nullptr ? std::vector<events::Json>{} : items_of(*found).value_or(std::vector<events::Json>{});
  };
  for (const auto& item : list("tasks")) {
    const auto task = members_of(item).value_or(Members{});
    tm::Task made{};
    made.title = text_member(task, {"title"}).value_or("");
    made.description = text_member(task, {"description"});
    made.priority = priority_in(text_member(task, {"priority"}));
    made.estimated_minutes = integer_member(task, {"estimatedMinutes", "estimated_minutes"});
    made.skills = skills_in(course, member(task, {"skills", "suggestedSkills"}), any_lost);
    made.order = integer_member(task, {"order"}).value_or(static_cast<std::int64_t>(structure.tasks.size()));
    made.parent_order = integer_member(task, {"parentOrder", "parent_order"});
    structure.tasks.push_back(std::move(made));
  }
  structure.skills = skills_in(course, member(members, {"skills"}), any_lost);
  for (const auto& item : list("automations")) {
    const auto automation = members_of(item).value_or(Members{});
    const auto part = [&](std::string_view name, std::string_view empty) {
      const auto* found = member(automation, {name});
      return found == nullptr ? events::Json{std::string(empty)} : *found;
    };
    structure.automations.push_back({text_member(automation, {"name"}).value_or(""), part("trigger", "{}"), part("actions", "[]")});
  }
  if (any_lost) values.changed("projectStructure", "skills that are not there are left out of it");
  return structure;
}

Lists<tm::Task> listed_tasks(Course& course) {
  Lists<tm::Task> tasks;
  read_all(course.source, "template_tasks", [&](Values& values) {
    const auto made_of = number_ref(values, Table::workflow_manager_templates, either(values, "template_id", "templateId"));
    if (!made_of) return;
    bool any_lost = false;
    tm::Task task{};
    task.title = values.text_or("title", "");
    task.description = values.filled("description");
    task.priority = priority_in(values.filled("priority"));
    task.estimated_minutes = values.integer(either(values, "estimated_minutes", "estimatedMinutes"));
    task.order = values.integer("order").value_or(0);
    task.parent_order = values.integer(either(values, "parent_task_order", "parentTaskOrder"));
    const auto skills = values.json(either(values, "suggested_skills", "suggestedSkills"));
    task.skills = skills_in(course, skills ? &*skills : nullptr, any_lost);
    tasks[*made_of].push_back(std::move(task));
  });
  return tasks;
}

void bring_template(Course& course, Values& values, const Lists<tm::Task>& tasks) {
  const events::TemplateId id{own_number(values, Table::workflow_manager_templates)};
  const auto stream = events::stream_of(id);
  const auto author = needed_person(course, values, "authorId");
  const auto workspace = team_or_home(course, values, "teamId", author);
  tm::Published made{};
  made.name = values.required_text("name");
  made.description = values.text_or("description", "");
  made.category = values.text_or("category", "");
  made.cover_image = values.filled("coverImage");
  made.tags = values.texts("tags").value_or(std::vector<std::string>{});
  made.project_structure = structure_in(course, values);
  made.ai_provider_recommendations = values.json("aiProviderRecommendations");
  made.is_public = values.boolean("isPublic").value_or(false);
  // Tasks stand in the structure or in a table of their own; one that is in both is there once.
  if (const auto listed = tasks.find(id.value); listed != tasks.end())
    for (const auto& task : listed->second) {
      auto& all = made.project_structure.tasks;
      const bool is_there = std::any_of(all.begin(), all.end(), [&](const tm::Task& other) { return other.title == task.title && other.order == task.order; });
      if (!is_there) all.push_back(task);
    }
  const auto created_at = values.required_time("createdAt");
  const auto updated_at = last_change(values, "updatedAt", created_at);
  tm::BroughtForward forward{};
  if (const auto uses = values.integer("usageCount").value_or(0); uses > 0) forward.usage_count = uses;
  forward.rating = values.real("rating");
  const bool is_official = values.boolean("isOfficial").value_or(false);
  Row row(values);
  row.stream(stream).say<Template>(stream, workspace, created_at, user_actor(author), {made});
  if (is_official) row.say<Template>(stream, workspace, updated_at, nobody(), {tm::MadeOfficial{}});
  row.say<Template>(stream, workspace, updated_at, nobody(), {forward});
  course.sink.bring(std::move(row));
}

}  // namespace

void bring_skills(Course& course) {
  if (!course.source.has("skills")) return;
  const auto tags = tags_of_skills(course);
  read_all(course.source, "skills", [&](Values& values) {
    bring_skill(course, values, tags);
  });
  read_all(course.source, "skill_tags", [&](Values& values) {
    const auto column = either(values, "skill_id", "skillId");
    if (!values.filled("tag")) values.leave_out("tag", "it says nothing");
    count_listed(course, values, number_ref(values, Table::workflow_manager_skills, column), column);
  });
}

void bring_templates(Course& course) {
  if (!course.source.has("templates")) return;
  const auto tasks = listed_tasks(course);
  read_all(course.source, "templates", [&](Values& values) {
    bring_template(course, values, tasks);
  });
  read_all(course.source, "template_tasks", [&](Values& values) {
    const auto column = either(values, "template_id", "templateId");
    count_listed(course, values, number_ref(values, Table::workflow_manager_templates, column), column);
  });
}

}  // namespace daybook::importer::models::workflow_manager
