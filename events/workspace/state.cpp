#include "events/workspace/state.hpp"

namespace daybook::events::workspace {

const Member* find_member(const State& state, UserId user) {
  return find_in(state.members, [&](const auto& member) { return member.user_id == user; });
}

bool keeps_billing_email(const std::optional<Json>& billing_info) {
  std::map<std::string, Json> members;
  if (!billing_info || !from_json(billing_info->text, members, Reading::lenient)) return false;
  const auto found = members.find(billing_email_member);
  return found != members.end() && found->second.text == to_json(std::string(sealed_mark));
}

void evolve(State& s, const Created& e, const Envelope& event) {
  begin_state(s, event);
  take_fields(s, e);
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
  auto& member = add_part<&MemberJoined::member_id>(s.members, e, event);
  member.workspace_id = WorkspaceId{event.stream_id.value};
  member.joined_at = event.occurred_at;
}
void evolve(State& s, const MemberRoleChanged& e, const Envelope& event) {
  change_part<&MemberRoleChanged::member_id>(s.members, e, event);
}
void evolve(State& s, const MemberRolesChanged& e, const Envelope& event) {
  change_part<&MemberRolesChanged::member_id>(s.members, e, event);
}
void evolve(State& s, const MemberPermissionsChanged& e, const Envelope& event) {
  change_part<&MemberPermissionsChanged::member_id>(s.members, e, event);
}
void evolve(State& s, const MemberLeft& e, const Envelope&) { drop_part(s.members, e.member_id); }
void evolve(State& s, const MemberRemoved& e, const Envelope&) { drop_part(s.members, e.member_id); }

void evolve(State& s, const LabelDefined& e, const Envelope& event) {
  add_part<&LabelDefined::label_id>(s.labels, e, event).workspace_id = WorkspaceId{event.stream_id.value};
}
void evolve(State& s, const LabelChanged& e, const Envelope& event) { change_part<&LabelChanged::label_id>(s.labels, e, event); }
void evolve(State& s, const LabelDeleted& e, const Envelope& event) { delete_part(s.labels, e.label_id, event); }
void evolve(State& s, const LabelRestored& e, const Envelope& event) { restore_part(s.labels, e.label_id, event); }
void evolve(State& s, const TransitionsChanged& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const PlanChanged& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const QuotaChanged& e, const Envelope&) { take_fields(s, e); }
void evolve(State& s, const Suspended& e, const Envelope& event) {
  take_fields(s, e);
  s.is_active = false;
  s.suspended_at = event.occurred_at;
}
void evolve(State& s, const Resumed&, const Envelope&) {
  s.is_active = true;
  s.suspended_at.reset();
  s.suspension_reason.reset();
}
void evolve(State& s, const CurrencyChanged& e, const Envelope&) { s.currency = e.currency; }
void evolve(State& s, const BillingChanged& e, const Envelope&) {
  s.billing_info = e.billing_info;
  if (e.billing_email) s.has_key = true;
}
void evolve(State&, const BroughtForward&, const Envelope&) {}

}  // namespace daybook::events::workspace
