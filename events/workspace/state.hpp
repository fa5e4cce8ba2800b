#pragma once
// A workspace after its events, with its members and labels. Folded alike by decide and by the read models.
#include "events/core/parts.hpp"
#include "events/core/sealed.hpp"
#include "events/workspace/events.hpp"

namespace daybook::events::workspace {

struct Fields : Stamp {
  WorkspaceId id{};
  std::string name;
  std::string slug;
  std::optional<std::string> description;
  std::optional<Json> settings;
  std::string issue_prefix = "ISSUE";
  std::string currency = "USD";
  UserId owner_id{};
  bool is_personal = false;
  std::optional<text::Instant> deleted_at;
  std::optional<TransitionTable> transition_table;
  std::optional<Transitions> transitions;
  PlanType plan = PlanType::free;
  std::optional<PlanId> plan_id;                  // which one of that type, where it was said
  std::optional<SubscriptionId> subscription_id;  // the live one, where the plan comes from one
  std::optional<Json> resource_quota;             // of its own, in place of the plan's limits
  std::optional<Json> billing_info;
  bool is_active = true;                          // not suspended
  std::optional<text::Instant> suspended_at;
  std::optional<std::string> suspension_reason;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Stamp), (id, name, slug, description, settings, issue_prefix, currency, owner_id, is_personal,
                                        deleted_at, transition_table, transitions, plan, plan_id, subscription_id, resource_quota,
                                        billing_info, is_active, suspended_at, suspension_reason))

// Members and labels are stamped by the events that are about them: their version is the workspace stream's.
struct Member : Stamp {
  MemberId id{};
  WorkspaceId workspace_id{};
  UserId user_id{};
  MemberRole role = MemberRole::member;
  text::Instant joined_at{};
  std::vector<std::string> roles;   // further names, which grant nothing
  Json permissions{"{}"};           // {name: bool}
  bool operator==(const Member&) const = default;
};
BOOST_DESCRIBE_STRUCT(Member, (Stamp), (id, workspace_id, user_id, role, joined_at, roles, permissions))

struct Label : Stamp {
  LabelId id{};
  WorkspaceId workspace_id{};
  std::string name;
  std::string color = "#000000";
  std::optional<std::string> description;
  std::optional<text::Instant> deleted_at;
  bool operator==(const Label&) const = default;
};
BOOST_DESCRIBE_STRUCT(Label, (Stamp), (id, workspace_id, name, color, description, deleted_at))

struct State : Fields {
  std::vector<Member> members;
  std::vector<Label> labels;
  bool has_key = false;  // something was sealed in its stream, which was born without a key; what it said is not kept here
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (members, labels, has_key))

// Whether bills go to an address that is sealed: {"billingEmail":"[sealed]"}.
inline constexpr const char* billing_email_member = "billingEmail";
bool keeps_billing_email(const std::optional<Json>& billing_info);

const Member* find_member(const State& state, UserId user);
// What is inside a workspace, by what commands name it with.
inline const Member* find_part(const State& state, UserId user) { return find_member(state, user); }
inline const Member* find_part(const State& state, MemberId id) { return part_with(state.members, id); }
inline const Label* find_part(const State& state, LabelId id) { return part_with(state.labels, id); }

void evolve(State&, const Created&, const Envelope&);
void evolve(State&, const Renamed&, const Envelope&);
void evolve(State&, const Described&, const Envelope&);
void evolve(State&, const SlugChanged&, const Envelope&);
void evolve(State&, const SettingsChanged&, const Envelope&);
void evolve(State&, const IssuePrefixChanged&, const Envelope&);
void evolve(State&, const OwnershipTransferred&, const Envelope&);
void evolve(State&, const Deleted&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const MemberJoined&, const Envelope&);
void evolve(State&, const MemberRoleChanged&, const Envelope&);
void evolve(State&, const MemberRolesChanged&, const Envelope&);
void evolve(State&, const MemberPermissionsChanged&, const Envelope&);
void evolve(State&, const MemberLeft&, const Envelope&);
void evolve(State&, const MemberRemoved&, const Envelope&);
void evolve(State&, const LabelDefined&, const Envelope&);
void evolve(State&, const LabelChanged&, const Envelope&);
void evolve(State&, const LabelDeleted&, const Envelope&);
void evolve(State&, const LabelRestored&, const Envelope&);
void evolve(State&, const TransitionsChanged&, const Envelope&);
void evolve(State&, const PlanChanged&, const Envelope&);
void evolve(State&, const QuotaChanged&, const Envelope&);
void evolve(State&, const Suspended&, const Envelope&);
void evolve(State&, const Resumed&, const Envelope&);
void evolve(State&, const CurrencyChanged&, const Envelope&);
void evolve(State&, const BillingChanged&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::workspace
