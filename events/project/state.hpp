#pragma once
// A project after its events, with its members and who has a star on it. Folded alike by decide and by the read models.
#include "events/core/parts.hpp"
#include "events/project/events.hpp"

namespace daybook::events::project {

struct Fields : Stamp {
  ProjectId id{};
  WorkspaceId workspace_id{};
  std::string key;
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> color;
  std::optional<std::string> emoji;
  std::optional<Json> settings;
  Status status = Status::active;
  std::optional<UserId> owner_id;
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  std::optional<text::Instant> archived_at;
  std::optional<text::Instant> deleted_at;
  std::optional<std::string> main_prompt;
  std::optional<std::string> cover_image;
  std::optional<std::string> git_repository;
  std::optional<std::string> project_type;
  std::optional<std::string> ai_provider;
  std::optional<EntityId> template_id;
  std::optional<text::Date> start_date;
  std::optional<text::Date> end_date;
  std::optional<double> estimated_hours;
  Visibility visibility = Visibility::workspace;
  bool is_archived = false;  // archived_at is set
  bool is_active = true;     // it is not
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, workspace_id, key, name, description, color, emoji, settings, status, owner_id,
                                        created_by_type, created_by_id, archived_at, deleted_at, main_prompt, cover_image,
                                        git_repository, project_type, ai_provider, template_id, start_date, end_date,
                                        estimated_hours, visibility, is_archived, is_active))

// Members and stars are stamped by the events that are about them: their version is the project stream's.
struct ProjectMember : Stamp {
  ProjectMemberId id{};
  WorkspaceId workspace_id{};
  ProjectId project_id{};
  UserId user_id{};
  MemberRole role = MemberRole::member;
  text::Instant joined_at{};
  bool operator==(const ProjectMember&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectMember, (Stamp), (id, workspace_id, project_id, user_id, role, joined_at))

struct ProjectStar : Stamp {
  ProjectStarId id{};
  WorkspaceId workspace_id{};
  ProjectId project_id{};
  UserId user_id{};
  bool operator==(const ProjectStar&) const = default;
};
BOOST_DESCRIBE_STRUCT(ProjectStar, (Stamp), (id, workspace_id, project_id, user_id))

struct State : Fields {
  std::vector<ProjectMember> members;
  std::vector<ProjectStar> stars;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (members, stars))

inline const ProjectMember* find_part(const State& state, ProjectMemberId id) { return part_with(state.members, id); }
// A member is named by its user.
inline const ProjectMember* find_part(const State& state, UserId user) {
  return find_in(state.members, [&](const ProjectMember& member) { return member.user_id == user; });
}
inline const ProjectStar* find_star(const State& state, UserId user) {
  return find_in(state.stars, [&](const ProjectStar& star) { return star.user_id == user; });
}

void evolve(State&, const Created&, const Envelope&);
void evolve(State&, const Described&, const Envelope&);
void evolve(State&, const KeyChanged&, const Envelope&);
void evolve(State&, const SettingsChanged&, const Envelope&);
void evolve(State&, const StatusChanged&, const Envelope&);
void evolve(State&, const Archived&, const Envelope&);
void evolve(State&, const Unarchived&, const Envelope&);
void evolve(State&, const OwnerChanged&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const Scheduled&, const Envelope&);
void evolve(State&, const VisibilityChanged&, const Envelope&);
void evolve(State&, const MemberAdded&, const Envelope&);
void evolve(State&, const MemberRemoved&, const Envelope&);
void evolve(State&, const Starred&, const Envelope&);
void evolve(State&, const Unstarred&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::project
