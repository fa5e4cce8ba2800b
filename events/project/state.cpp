#include "events/project/state.hpp"

namespace daybook::events::project {
namespace {

void archive(State& s, std::optional<text::Instant> since) {
  s.archived_at = since;
  s.is_archived = since.has_value();
  s.is_active = !since;
}

}  // namespace

void evolve(State& s, const Created& e, const Envelope& event) {
  begin_state(s, event);
  take_fields<&Created::visibility, &Created::is_archived>(s, e);
  s.visibility = e.visibility.value_or(Visibility::workspace);
  if (e.is_archived.value_or(false)) archive(s, event.occurred_at);
}
void evolve(State& s, const Described& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const KeyChanged& e, const Envelope&) { s.key = e.key; }
void evolve(State& s, const SettingsChanged& e, const Envelope&) { s.settings = e.settings; }
void evolve(State& s, const StatusChanged& e, const Envelope&) { s.status = e.status; }
void evolve(State& s, const Archived&, const Envelope& event) { archive(s, event.occurred_at); }
void evolve(State& s, const Unarchived&, const Envelope&) { archive(s, std::nullopt); }
void evolve(State& s, const OwnerChanged& e, const Envelope&) { s.owner_id = e.owner_id; }
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }
void evolve(State& s, const Scheduled& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const VisibilityChanged& e, const Envelope&) { s.visibility = e.visibility; }

void evolve(State& s, const MemberAdded& e, const Envelope& event) {
  auto& member = add_part<&MemberAdded::member_id>(s.members, e, event);
  member.workspace_id = event.workspace_id.value();
  member.project_id = ProjectId{event.stream_id.value};
  member.joined_at = event.occurred_at;
}
void evolve(State& s, const MemberRemoved& e, const Envelope&) { drop_part(s.members, e.member_id); }

void evolve(State& s, const Starred& e, const Envelope& event) {
  auto& star = add_part<&Starred::star_id>(s.stars, e, event);
  star.workspace_id = event.workspace_id.value();
  star.project_id = ProjectId{event.stream_id.value};
}
void evolve(State& s, const Unstarred& e, const Envelope&) { drop_part(s.stars, e.star_id); }
// Figures of other streams: its own state has none.
void evolve(State&, const BroughtForward&, const Envelope&) {}

}  // namespace daybook::events::project
