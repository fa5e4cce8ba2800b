#include "projector/read_models/skill.hpp"

#include "projector/read_models/reviewed.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/skill_version.hpp"

namespace daybook::projector {
namespace {

using SkillState = events::skill::State;

std::string words_of(const SkillRow& skill) {
  auto words = skill.description;
  for (const auto& tag : skill.tags) words += "\n" + tag;
  return words + "\n" + skill.category + "\n" + skill.prompt.text;
}

void apply_skill(const events::Envelope& e, StateStore& store) {
  const auto event = read_event<events::skill::Event>(e);
  const auto [before, after] = std::visit([&](const auto& what) { return fold_reviewed<SkillState, SkillRow, SkillReviewRow>(what, e, store); }, event);
  const auto author = owner_of(after.author_type, after.author_id);
  const bool revised = before.revision != after.revision;
  if (revised) keep_version(after, e, store);
  if (revised || before.tags != after.tags || before.deleted_at != after.deleted_at)
    put_search(e, {.deleted_at = after.deleted_at, .owner = author, .metadata = {.category = after.category, .tags = after.tags}}, after.name, words_of(after), store);
  const auto details = std::visit([](const auto& what) { return events::to_json_in_brief(what); }, event);
  note_activity(e, {"skill", after.id.value, {}, {}, differences(before, after), details, author}, store);
}

}  // namespace

template <>
const Table& table_of<SkillRow>() {
  static const auto t = table<SkillRow>(
      30, "skills", {{"by_workspace", {"workspace_id"}}},
      {"workspace_id, name COLLATE \"C\", id", "workspace_id, created_at, id", "workspace_id, updated_at, id", "workspace_id, usage_count, id",
       "workspace_id, fork_count, id", "workspace_id, ((rating IS NULL)::int), rating, id",
       "workspace_id, ((rating IS NOT NULL)::int), rating, id", "is_public, name COLLATE \"C\", id", "is_public, usage_count, id", "author_id",
       "(read_models.number_of(id, born, 6))"});
  return t;
}

ReadModel skills() { return {{&table_of<SkillRow>()}, events::StreamType::skill, apply_skill}; }

template <>
const Table& table_of<SkillReviewRow>() {
  static const auto t = table<SkillReviewRow>(32, "skill_reviews", {{"by_skill", {"skill_id"}}},
                                              {"skill_id, created_at, id", "workspace_id, created_at, id", "workspace_id, rating, id"});
  return t;
}

ReadModel skill_reviews() { return {{&table_of<SkillReviewRow>()}}; }

}  // namespace daybook::projector
