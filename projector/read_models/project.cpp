#include "projector/read_models/project.hpp"

#include "projector/read_models/former_address.hpp"
#include "projector/read_models/project_member.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

// What names a member or a star is about that; the project's own row takes the version of its stream all the same.
template <class What>
Subject apply_one(const What& what, const events::Envelope& e, StateStore& store) {
  using events::project::State;
  const auto row = fold_one<State, ProjectRow>(what, e, store);
  const auto& project = row.after.id;
  Subject subject{"project", project.value, project, {}, differences(row.before, row.after)};
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
  const auto subject = std::visit([&](const auto& what) { return apply_one(what, e, store); }, read_event<events::project::Event>(e));
  note_activity(e, subject, store);
}

}  // namespace

template <>
const Table& table_of<ProjectRow>() {
  static const auto t = table<ProjectRow>(5, "projects", {{"by_workspace", {"workspace_id"}}, {"by_key", {"workspace_id", "key"}, true}},
                                          {"workspace_id, key COLLATE \"C\", id", "workspace_id, key", "workspace_id, name COLLATE \"C\", id",
                                           "workspace_id, created_at, id", "workspace_id, updated_at, id", "workspace_id, ((start_date IS NULL)::int), start_date, id",
                                           "workspace_id, ((start_date IS NOT NULL)::int), start_date, id", "workspace_id, ((end_date IS NULL)::int), end_date, id",
                                           "workspace_id, ((end_date IS NOT NULL)::int), end_date, id"});
  return t;
}

ReadModel projects() { return {{&table_of<ProjectRow>()}, events::StreamType::project, apply_project}; }

}  // namespace daybook::projector
