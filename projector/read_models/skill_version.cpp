#include "projector/read_models/skill_version.hpp"

#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {

template <>
const Table& table_of<SkillVersionRow>() {
  static const auto t =
      never_changed(table<SkillVersionRow>(31, "skill_versions", {}, {"skill_id, revision", "workspace_id, revision, id"}));
  return t;
}

ReadModel skill_versions() { return {{&table_of<SkillVersionRow>()}}; }

void keep_version(const SkillRow& skill, const events::Envelope& e, StateStore& store) {
  auto version = revision_of<SkillVersionRow, &SkillVersionRow::skill_id>(skill, e);
  version.skill_id = skill.id;
  store.insert(version);
}

}  // namespace daybook::projector
