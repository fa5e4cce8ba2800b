#pragma once
// A workspace with its members and labels. Owners hold everything; admins manage what is below an owner;
// nobody but an owner touches owners and admins; one owner at least remains.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"

namespace daybook::domain {

struct Workspace {
  using State = events::workspace::State;
  using Event = events::workspace::Event;
  static constexpr auto stream_type = events::StreamType::workspace;
};

namespace workspace {

using events::workspace::Event;
using events::workspace::Label;
using events::workspace::State;

inline constexpr std::size_t members_max = 10000;
inline constexpr std::size_t member_roles_max = 20;         // beside the one that counts
inline constexpr std::size_t member_permissions_max = 100;
inline constexpr std::size_t labels_max = 10000;  // deleted ones count: they can be restored

// By any user; they become its owner. A taken slug gets a suffix, whether given or made from the name.
struct Create {
  static constexpr std::string_view verb = "workspace.create";
  using Birth = events::workspace::Created;
  static constexpr int events_after_birth = 1;  // its owner joins
  std::optional<events::WorkspaceId> id;
  Name name{};
  std::optional<Slug> slug;
  std::optional<Description> description;
  std::optional<events::Json> settings;
  std::optional<IssuePrefix> issue_prefix;
  std::optional<Currency> currency;
  // Not of the body: the one workspace every user is born with.
  bool is_personal = false;
};
BOOST_DESCRIBE_STRUCT(Create, (), (id, name, slug, description, settings, issue_prefix, currency))

// A slug that is asked for and taken is refused; one's own older slug may be taken up again.
struct Change {
  static constexpr std::string_view verb = "workspace.change";
  static constexpr Permission permission = Permission::workspace_manage;
  events::Patch<Name> name;
  events::Patch<Slug> slug;
  events::Patch<Description> description;
  events::Patch<events::Json> settings;
  events::Patch<IssuePrefix> issue_prefix;
  events::Patch<events::workspace::TransitionTable> transition_table;  // null: every change of an issue's status is allowed
  events::Patch<events::workspace::Transitions> transitions;           // of a table of one's own
  events::Patch<Currency> currency;
};
BOOST_DESCRIBE_STRUCT(Change, (), (name, slug, description, settings, issue_prefix, transition_table, transitions, currency))

// What whoever bills the workspace needs to know: customerId, subscriptionId, paymentMethod, nextBillingDate, monthlyBudget and
// what else there is. A billingEmail is sealed; whoever sends back the mark that is shown in its place keeps the address.
struct ChangeBilling {
  static constexpr std::string_view verb = "workspace.change_billing";
  static constexpr Permission permission = Permission::billing_manage;
  events::Patch<events::Json> billing_info;
};
BOOST_DESCRIBE_STRUCT(ChangeBilling, (), (billing_info))

struct Delete {
  static constexpr std::string_view verb = "workspace.delete";
  static constexpr Permission permission = Permission::workspace_delete;
};
BOOST_DESCRIBE_STRUCT(Delete, (), ())

struct Restore {
  static constexpr std::string_view verb = "workspace.restore";
  static constexpr Permission permission = Permission::workspace_restore;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

// Makes a member the primary owner; the one before stays an owner.
struct TransferOwnership {
  static constexpr std::string_view verb = "workspace.transfer_ownership";
  static constexpr Permission permission = Permission::ownership_transfer;
  events::UserId user_id{};
};
BOOST_DESCRIBE_STRUCT(TransferOwnership, (), (user_id))

// Someone registered, by e-mail address or by id: exactly one of the two.
struct AddMember {
  static constexpr std::string_view verb = "member.add";
  static constexpr Permission permission = Permission::members_manage;
  using Birth = events::workspace::MemberJoined;
  static constexpr auto birth_id = &Birth::member_id;
  std::optional<events::MemberId> id;
  std::optional<Email> email;
  std::optional<events::UserId> user_id;
  std::optional<MemberRole> role;
};
BOOST_DESCRIBE_STRUCT(AddMember, (), (id, email, user_id, role))

// `roles` and `permissions` are names that others make something of; here they grant nothing. A name that is a role's is given by
// those alone who may give that role.
struct ChangeMember {
  static constexpr std::string_view verb = "member.change";
  static constexpr Permission permission = Permission::members_manage;
  events::UserId user_id{};
  static constexpr auto part = &ChangeMember::user_id;
  events::Patch<MemberRole> role;
  events::Patch<std::vector<Tag>> roles;
  events::Patch<std::map<std::string, bool>> permissions;
};
BOOST_DESCRIBE_STRUCT(ChangeMember, (), (role, roles, permissions))

struct RemoveMember {
  static constexpr std::string_view verb = "member.remove";
  static constexpr Permission permission = Permission::members_manage;
  events::UserId user_id{};
  static constexpr auto part = &RemoveMember::user_id;
};
BOOST_DESCRIBE_STRUCT(RemoveMember, (), ())

struct Leave {
  static constexpr std::string_view verb = "workspace.leave";
  static constexpr Permission permission = Permission::workspace_leave;
};
BOOST_DESCRIBE_STRUCT(Leave, (), ())

struct DefineLabel {
  static constexpr std::string_view verb = "label.define";
  static constexpr Permission permission = Permission::labels_write;
  using Birth = events::workspace::LabelDefined;
  static constexpr auto birth_id = &Birth::label_id;
  std::optional<events::LabelId> id;
  Name name{};
  std::optional<Color> color;
  std::optional<Description> description;
};
BOOST_DESCRIBE_STRUCT(DefineLabel, (), (id, name, color, description))

struct ChangeLabel {
  static constexpr std::string_view verb = "label.change";
  static constexpr Permission permission = Permission::labels_manage;
  events::LabelId label_id{};
  static constexpr auto part = &ChangeLabel::label_id;
  events::Patch<Name> name;
  events::Patch<Color> color;
  events::Patch<Description> description;
};
BOOST_DESCRIBE_STRUCT(ChangeLabel, (), (name, color, description))

// Frees the name; issues keep their links, hidden until it is restored.
struct DeleteLabel {
  static constexpr std::string_view verb = "label.delete";
  static constexpr Permission permission = Permission::labels_manage;
  events::LabelId label_id{};
  static constexpr auto part = &DeleteLabel::label_id;
};
BOOST_DESCRIBE_STRUCT(DeleteLabel, (), ())

struct RestoreLabel {
  static constexpr std::string_view verb = "label.restore";
  static constexpr Permission permission = Permission::labels_manage;
  events::LabelId label_id{};
  static constexpr auto part = &RestoreLabel::label_id;
};
BOOST_DESCRIBE_STRUCT(RestoreLabel, (), ())

Decision<Event> decide(const State&, const Create&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ChangeBilling&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Delete&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const TransferOwnership&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const AddMember&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ChangeMember&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RemoveMember&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Leave&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const DefineLabel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ChangeLabel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const DeleteLabel&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const RestoreLabel&, const CommandContext&, const Facts&);

bool repeats(const events::workspace::Created& first, const Create& again, const CommandContext&, const Facts&);
bool repeats(const events::workspace::MemberJoined& first, const AddMember& again, const CommandContext&, const Facts&);

// What an event says of billing: the address sealed beside the rest, with the mark in its place. By the mark alone an address that was
// kept before stays.
events::workspace::BillingChanged billing_said(std::optional<events::Json> info, bool kept_before, FieldRefusals& refusals);

inline bool is_open(const State& state) { return state.version.value > 0 && !state.deleted_at; }
// What a live label holds: its name, whatever its case.
std::optional<HeldKey> name_of(const Label&);

}  // namespace workspace

void effects(const workspace::State&, const events::workspace::Created&, const events::Envelope&, Effects&);
void effects(const workspace::State&, const events::workspace::SlugChanged&, const events::Envelope&, Effects&);
void effects(const workspace::State&, const events::workspace::Deleted&, const events::Envelope&, Effects&);
void effects(const workspace::State&, const events::workspace::Restored&, const events::Envelope&, Effects&);
void effects(const workspace::State&, const events::workspace::MemberJoined&, const events::Envelope&, Effects&);
void effects(const workspace::State&, const events::workspace::MemberRoleChanged&, const events::Envelope&, Effects&);
void effects(const workspace::State&, const events::workspace::MemberLeft&, const events::Envelope&, Effects&);
void effects(const workspace::State&, const events::workspace::MemberRemoved&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::workspace::Renamed, events::workspace::Described, events::workspace::SettingsChanged,
                 events::workspace::IssuePrefixChanged, events::workspace::OwnershipTransferred,
                 events::workspace::TransitionsChanged, events::workspace::PlanChanged, events::workspace::QuotaChanged,
                 events::workspace::Suspended, events::workspace::Resumed, events::workspace::CurrencyChanged,
                 events::workspace::BillingChanged, events::workspace::MemberRolesChanged,
                 events::workspace::MemberPermissionsChanged, events::workspace::BroughtForward> E>
void effects(const workspace::State&, const E&, const events::Envelope&, Effects&) {}
// Every event about a label.
template <class E>
  requires std::same_as<decltype(E::label_id), events::LabelId>
void effects(const workspace::State& before, const E& e, const events::Envelope& event, Effects& effects) {
  keep_claim<&workspace::State::labels, workspace::name_of>(before, e.label_id, e, event, effects);
}

extern template const AggregateOps& aggregate_ops<Workspace>();

}  // namespace daybook::domain
