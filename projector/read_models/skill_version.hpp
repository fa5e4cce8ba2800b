#pragma once
// Every revision of a skill, whole, one row each.
#include "projector/read_models/skill.hpp"

namespace daybook::projector {

// Its id is the event's, its stamp that of its writing.
struct SkillVersionRow : events::Stamp {
  events::EventId id{};
  events::WorkspaceId workspace_id{};
  events::SkillId skill_id{};
  std::int64_t revision = 0;
  std::string name;
  std::string description;
  events::LongText prompt;
  std::string category;
  std::optional<std::string> ai_provider;
  events::Json mcp_requirements;
  std::optional<events::Json> input_schema;
  std::optional<events::Json> output_schema;
  std::optional<std::string> changelog;
  events::ActorType author_type = events::ActorType::system;
  std::optional<events::PrincipalId> author_id;
  bool operator==(const SkillVersionRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(SkillVersionRow, (events::Stamp), (id, workspace_id, skill_id, revision, name, description, prompt, category,
                                                         ai_provider, mcp_requirements, input_schema, output_schema, changelog,
                                                         author_type, author_id))

template <> const Table& table_of<SkillVersionRow>();
ReadModel skill_versions();

// What the skill says after the event, as one of its revisions.
void keep_version(const SkillRow& skill, const events::Envelope& e, StateStore& store);

}  // namespace daybook::projector
