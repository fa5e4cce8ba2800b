#include "events/workspace/state.hpp"

#include <algorithm>

namespace daybook::events::workspace {
namespace {

template <class List, class Match>
auto* find_in(List& list, Match match) {
  const auto found = std::find_if(list.begin(), list.end(), match);
  return found == list.end() ? nullptr : &*found;
}
Label* label_of(State& state, LabelId id) {
  return find_in(state.labels, [&](const auto& label) { return label.id == id; });
}
void drop_member(State& state, MemberId id) {
  std::erase_if(state.members, [&](const auto& member) { return member.id == id; });
}

}  // namespace

const Member* find_member(const State& state, UserId user) {
  return find_in(state.members, [&](const auto& member) { return member.user_id == user; });
}
const Label* find_label(const State& state, LabelId label) { return label_of(const_cast<State&>(state), label); }

void evolve(State& s, const Created& e, const Envelope& event) {
  s.id = WorkspaceId{event.stream_id.value};
  s.name = e.name;
  s.slug = e.slug;
  s.description = e.description;
  s.settings = e.settings;
  s.issue_prefix = e.issue_prefix;
  s.currency = e.currency;
  s.owner_id = e.owner_id;
  s.is_personal = e.is_personal;
}
void evolve(State& s, const Renamed& e, const Envelope&) { s.name = e.name; }
void evolve(State& s, const Described& e, const Envelope&) { s.description = e.description; }
void evolve(State& s, const SlugChanged& e, const Envelope&) { s.slug = e.slug; }
void evolve(State& s, const SettingsChanged& e, const Envelope&) { s.settings = e.settings; }
void evolve(State& s, const IssuePrefixChanged& e, const Envelope&) { s.issue_prefix = e.issue_prefix; }
void evolve(State& s, const OwnershipTransferred& e, const Envelope&) { s.owner_id = e.owner_id; }
void evolve(State& s, const Deleted&, const Envelope& event) { s.deleted_at = event.occurred_at; }
void evolve(State& s, const Restored&, const Envelope&) { s.deleted_at.reset(); }

void evolve(State& s, const MemberJoined& e, const Envelope& event) {
  Member member{};
  member.id = e.member_id;
  member.workspace_id = WorkspaceId{event.stream_id.value};
  member.user_id = e.user_id;
  member.role = e.role;
  member.joined_at = event.occurred_at;
  stamp_event(member, event);
  s.members.push_back(member);
}
void evolve(State& s, const MemberRoleChanged& e, const Envelope& event) {
  auto* member = find_in(s.members, [&](const auto& m) { return m.id == e.member_id; });
  if (member == nullptr) return;
  member->role = e.role;
  stamp_event(*member, event);
}
void evolve(State& s, const MemberLeft& e, const Envelope&) { drop_member(s, e.member_id); }
void evolve(State& s, const MemberRemoved& e, const Envelope&) { drop_member(s, e.member_id); }

void evolve(State& s, const LabelDefined& e, const Envelope& event) {
  Label label{};
  label.id = e.label_id;
  label.workspace_id = WorkspaceId{event.stream_id.value};
  label.name = e.name;
  label.color = e.color;
  label.description = e.description;
  stamp_event(label, event);
  s.labels.push_back(std::move(label));
}
void evolve(State& s, const LabelChanged& e, const Envelope& event) {
  auto* label = label_of(s, e.label_id);
  if (label == nullptr) return;
  label->name = e.name;
  label->color = e.color;
  label->description = e.description;
  stamp_event(*label, event);
}
void evolve(State& s, const LabelDeleted& e, const Envelope& event) {
  auto* label = label_of(s, e.label_id);
  if (label == nullptr) return;
  label->deleted_at = event.occurred_at;
  stamp_event(*label, event);
}
void evolve(State& s, const LabelRestored& e, const Envelope& event) {
  auto* label = label_of(s, e.label_id);
  if (label == nullptr) return;
  label->deleted_at.reset();
  stamp_event(*label, event);
}

}  // namespace daybook::events::workspace
