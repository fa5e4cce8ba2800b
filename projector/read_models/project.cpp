#include "projector/read_models/project.hpp"

#include "projector/read_models/former_address.hpp"
#include "projector/read_models/project_member.hpp"
#include "projector/read_models/run_cost.hpp"
#include "projector/read_models/search.hpp"
#include "projector/read_models/stream_rows.hpp"
#include "projector/read_models/worked_time.hpp"

namespace daybook::projector {
namespace {

SearchMetadata metadata_of(const ProjectRow& project) {
  return {.identifier = project.key, .status = std::string(events::word_of(project.status)), .project_id = project.id};
}

// Its deletion is asked of its own row, so that deleting it writes nothing here.
void note_words(const Folded<ProjectRow>& row, const events::Envelope& e, StateStore& store) {
  const auto words = [](const ProjectRow& project) { return words_together({project.description, project.main_prompt}); };
  const auto& [before, after] = row;
  const bool same = before.version.value > 0 && before.name == after.name && words(before) == words(after) &&
                    metadata_of(before) == metadata_of(after);
  if (!same) put_search(e, {.project = after.id, .metadata = metadata_of(after)}, after.name, words(after), store);
}

// What names a member or a star is about that; the project's own row takes the version of its stream all the same.
template <class What>
Subject apply_project_event(const What& what, const events::Envelope& e, StateStore& store) {
  using events::project::State;
  const auto row = fold_one<State, ProjectRow>(what, e, store);
  note_words(row, e, store);
  move_run_costs(row.before, row.after, e, store);
  const auto& project = row.after.id;
  if constexpr (std::is_same_v<What, events::project::BroughtForward>) {
    add_worked_time(project, what.worked_seconds.value_or(0), e, store);
    bring_costs(what, e, store);
  }
  Subject subject{"project", project.value, project, {}, differences<events::project::Fields>(row.before, row.after)};
  if constexpr (requires { what.member_id; })
    subject = change_part<&State::members>("project_member", what.member_id.value, what, e, store);
  else if constexpr (requires { what.star_id; })
    subject = change_part<&State::stars>("project_star", what.star_id.value, what, e, store);
  else
    note_former_address("project", row.before.key, row.after.key, e, store);
  subject.project = project;
  return subject;
}

void apply_project(const events::Envelope& e, StateStore& store) {
  const auto subject = std::visit([&](const auto& what) { return apply_project_event(what, e, store); }, read_event<events::project::Event>(e));
  note_activity(e, subject, store);
}

}  // namespace

template <>
const Table& table_of<ProjectRow>() {
  static const auto t = table<ProjectRow>(5, "projects", {{"by_workspace", {"workspace_id"}}, {"by_key", {"workspace_id", "key"}, true}},
                                          {"workspace_id, key COLLATE \"C\", id", "workspace_id, key", "workspace_id, name COLLATE \"C\", id",
                                           "workspace_id, created_at, id", "workspace_id, updated_at, id", "workspace_id, ((start_date IS NULL)::int), start_date, id",
                                           "workspace_id, ((start_date IS NOT NULL)::int), start_date, id", "workspace_id, ((end_date IS NULL)::int), end_date, id",
                                           "workspace_id, ((end_date IS NOT NULL)::int), end_date, id", "owner_id", "template_id",
                                           "(read_models.number_of(id, born, 3))", "(read_models.number_of(id, born, 51))", "((id::text))"});
  return t;
}

ReadModel projects() { return {{&table_of<ProjectRow>()}, events::StreamType::project, apply_project}; }

}  // namespace daybook::projector
