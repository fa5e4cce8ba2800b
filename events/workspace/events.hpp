#pragma once
// What happens to a workspace, its members and its labels. Names and shapes are storage format: add optional members or
// a new event; never rename, retype or reuse.
#include "events/core/event_type.hpp"
#include "events/plan/limits.hpp"

namespace daybook::events::workspace {

using plan::PlanType;

BOOST_DEFINE_ENUM_CLASS(MemberRole, viewer, member, admin, owner)
BOOST_DEFINE_ENUM_CLASS(TransitionTable, workflow_manager, scrum, own)

// Of each status of issues, those that it may be followed by.
using Transitions = std::map<std::string, std::vector<std::string>>;

struct Created {
  static constexpr std::string_view type = "workspace.created";
  std::string name;
  std::string slug;
  std::optional<std::string> description;
  std::optional<Json> settings;
  std::string issue_prefix = "ISSUE";
  std::string currency = "USD";
  UserId owner_id{};
  bool is_personal = false;
  bool operator==(const Created&) const = default;
};
BOOST_DESCRIBE_STRUCT(Created, (), (name, slug, description, settings, issue_prefix, currency, owner_id, is_personal))

struct Renamed {
  static constexpr std::string_view type = "workspace.renamed";
  std::string name;
  bool operator==(const Renamed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Renamed, (), (name))

struct Described {
  static constexpr std::string_view type = "workspace.described";
  std::optional<std::string> description;
  bool operator==(const Described&) const = default;
};
BOOST_DESCRIBE_STRUCT(Described, (), (description))

struct SlugChanged {
  static constexpr std::string_view type = "workspace.slug_changed";
  std::string slug;
  bool operator==(const SlugChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(SlugChanged, (), (slug))

struct SettingsChanged {
  static constexpr std::string_view type = "workspace.settings_changed";
  std::optional<Json> settings;
  bool operator==(const SettingsChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(SettingsChanged, (), (settings))

struct IssuePrefixChanged {
  static constexpr std::string_view type = "workspace.issue_prefix_changed";
  std::string issue_prefix;
  bool operator==(const IssuePrefixChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(IssuePrefixChanged, (), (issue_prefix))

struct OwnershipTransferred {
  static constexpr std::string_view type = "workspace.ownership_transferred";
  UserId owner_id{};
  bool operator==(const OwnershipTransferred&) const = default;
};
BOOST_DESCRIBE_STRUCT(OwnershipTransferred, (), (owner_id))

struct Deleted {
  static constexpr std::string_view type = "workspace.deleted";
  bool operator==(const Deleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deleted, (), ())

struct Restored {
  static constexpr std::string_view type = "workspace.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

struct MemberJoined {
  static constexpr std::string_view type = "workspace.member_joined";
  MemberId member_id{};
  UserId user_id{};
  MemberRole role = MemberRole::member;
  bool operator==(const MemberJoined&) const = default;
};
BOOST_DESCRIBE_STRUCT(MemberJoined, (), (member_id, user_id, role))

struct MemberRoleChanged {
  static constexpr std::string_view type = "workspace.member_role_changed";
  MemberId member_id{};
  UserId user_id{};
  MemberRole role = MemberRole::member;
  bool operator==(const MemberRoleChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(MemberRoleChanged, (), (member_id, user_id, role))

struct MemberLeft {
  static constexpr std::string_view type = "workspace.member_left";
  MemberId member_id{};
  UserId user_id{};
  bool operator==(const MemberLeft&) const = default;
};
BOOST_DESCRIBE_STRUCT(MemberLeft, (), (member_id, user_id))

struct MemberRemoved {
  static constexpr std::string_view type = "workspace.member_removed";
  MemberId member_id{};
  UserId user_id{};
  bool operator==(const MemberRemoved&) const = default;
};
BOOST_DESCRIBE_STRUCT(MemberRemoved, (), (member_id, user_id))

struct LabelDefined {
  static constexpr std::string_view type = "workspace.label_defined";
  LabelId label_id{};
  std::string name;
  std::string color = "#000000";
  std::optional<std::string> description;
  bool operator==(const LabelDefined&) const = default;
};
BOOST_DESCRIBE_STRUCT(LabelDefined, (), (label_id, name, color, description))

struct LabelChanged {
  static constexpr std::string_view type = "workspace.label_changed";
  LabelId label_id{};
  std::string name;
  std::string color = "#000000";
  std::optional<std::string> description;
  bool operator==(const LabelChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(LabelChanged, (), (label_id, name, color, description))

struct LabelDeleted {
  static constexpr std::string_view type = "workspace.label_deleted";
  LabelId label_id{};
  bool operator==(const LabelDeleted&) const = default;
};
BOOST_DESCRIBE_STRUCT(LabelDeleted, (), (label_id))

struct LabelRestored {
  static constexpr std::string_view type = "workspace.label_restored";
  LabelId label_id{};
  bool operator==(const LabelRestored&) const = default;
};
BOOST_DESCRIBE_STRUCT(LabelRestored, (), (label_id))

// Which changes of an issue's status are allowed: all of them where no table is named. One's own stands in `transitions`.
struct TransitionsChanged {
  static constexpr std::string_view type = "workspace.transitions_changed";
  std::optional<TransitionTable> transition_table;
  std::optional<Transitions> transitions;
  bool operator==(const TransitionsChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(TransitionsChanged, (), (transition_table, transitions))

// By which plan it is, and from where: a subscription, or a superuser's word.
struct PlanChanged {
  static constexpr std::string_view type = "workspace.plan_changed";
  PlanType plan = PlanType::free;
  std::optional<PlanId> plan_id;
  std::optional<SubscriptionId> subscription_id;
  bool operator==(const PlanChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlanChanged, (), (plan, plan_id, subscription_id))

// A quota of its own, in place of what its plan gives; none: the plan's again.
struct QuotaChanged {
  static constexpr std::string_view type = "workspace.quota_changed";
  std::optional<Json> resource_quota;
  bool operator==(const QuotaChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(QuotaChanged, (), (resource_quota))

// From here on it can only be read.
struct Suspended {
  static constexpr std::string_view type = "workspace.suspended";
  std::optional<std::string> suspension_reason;
  bool operator==(const Suspended&) const = default;
};
BOOST_DESCRIBE_STRUCT(Suspended, (), (suspension_reason))

struct Resumed {
  static constexpr std::string_view type = "workspace.resumed";
  bool operator==(const Resumed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Resumed, (), ())

// What whoever bills it needs to know: {"customerId":…,"paymentMethod":…,"monthlyBudget":…}. The address that bills go to is somebody's:
// it is sealed beside that, under the workspace's own key, and "billingEmail" holds the mark. The mark without an address beside it: the
// one from before stays.
struct BillingChanged {
  static constexpr std::string_view type = "workspace.billing_changed";
  std::optional<Json> billing_info;
  std::optional<Personal> billing_email{};
  bool operator==(const BillingChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(BillingChanged, (), (billing_info, billing_email))

// Of amounts for which none is named from here on.
struct CurrencyChanged {
  static constexpr std::string_view type = "workspace.currency_changed";
  std::string currency;
  bool operator==(const CurrencyChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(CurrencyChanged, (), (currency))

// Names beside the role, for what others make of them; they grant nothing.
struct MemberRolesChanged {
  static constexpr std::string_view type = "workspace.member_roles_changed";
  MemberId member_id{};
  UserId user_id{};
  std::vector<std::string> roles;
  bool operator==(const MemberRolesChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(MemberRolesChanged, (), (member_id, user_id, roles))

// {"canCreateProject":true,…}: names that are true or false.
struct MemberPermissionsChanged {
  static constexpr std::string_view type = "workspace.member_permissions_changed";
  MemberId member_id{};
  UserId user_id{};
  Json permissions{"{}"};
  bool operator==(const MemberPermissionsChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(MemberPermissionsChanged, (), (member_id, user_id, permissions))

// Said by an import: so late it changed last in the system that it comes from.
struct BroughtForward {
  static constexpr std::string_view type = "workspace.brought_forward";
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), ())

using Event = std::variant<Created, Renamed, Described, SlugChanged, SettingsChanged, IssuePrefixChanged,
                           OwnershipTransferred, Deleted, Restored, MemberJoined, MemberRoleChanged, MemberLeft,
                           MemberRemoved, LabelDefined, LabelChanged, LabelDeleted, LabelRestored, TransitionsChanged,
                           PlanChanged, QuotaChanged, Suspended, Resumed, CurrencyChanged, BillingChanged, MemberRolesChanged,
                           MemberPermissionsChanged, BroughtForward>;

}  // namespace daybook::events::workspace
