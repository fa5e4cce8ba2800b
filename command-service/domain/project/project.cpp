#include "command-service/domain/project/project.hpp"

#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/template/template.hpp"
#include "platform/text/slug.hpp"

namespace daybook::domain {
namespace project {

StreamId container_of(const State& state) { return events::stream_of(state.workspace_id); }

namespace {

using events::project::Fields;

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context,
                                       const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "project", context, facts)) return refused;
  return refuse_stranger(state, context);
}

// From the name: PAY, PAY1 … PAY8, then PAY and the spare characters. Cut so that any of them fits.
std::string free_key(const std::string& name, const CommandContext& context, const Facts& facts) {
  constexpr std::size_t suffix_characters_max = 6;
  auto base = text::project_key_from(name);
  base.resize(std::min(base.size(), text::project_key_characters_max - suffix_characters_max));
  const auto spare = text::with_capitals(context.spare.substr(0, suffix_characters_max));
  const auto workspace = workspace_of(context).id;
  return first_free(base, "", spare, [&](const std::string& key) {
    return facts.claimed(scope::project_key, key_in(workspace, key)).has_value();
  });
}

std::vector<Event> difference(const Fields& before, const Fields& after) {
  using namespace events::project;
  std::vector<Event> changes;
  add_changes<KeyChanged, Described, SettingsChanged, StatusChanged, OwnerChanged, Scheduled, VisibilityChanged>(before, after, changes);
  return changes;
}

// The status that is stored; nothing for `archived`, which stands beside it.
std::optional<Status> status_of(StatusWord word) {
  switch (word) {
    case StatusWord::planning:
    case StatusWord::planned:
      return Status::planning;
    case StatusWord::active:
      return Status::active;
    case StatusWord::on_hold:
      return Status::on_hold;
    case StatusWord::completed:
      return Status::completed;
    case StatusWord::cancelled:
      return Status::cancelled;
    case StatusWord::archived:
      return std::nullopt;
  }
  return std::nullopt;
}

template <class Told>
void check_fields(const Told& f, FieldRefusals& refusals) {
  check_object(f.settings, "/settings", refusals);
  if (f.start_date && f.end_date && *f.end_date < *f.start_date)
    refusals.add("/end_date", "out-of-range", "A project cannot end before it starts.");
  if (f.estimated_hours && !(*f.estimated_hours >= 0 && *f.estimated_hours <= estimated_hours_max))
    refusals.add("/estimated_hours", "out-of-range", "Expected hours from 0 to 1,000,000.");
}

// Nobody shuts themselves out without meaning to: whoever says it would have to ask others to be let in again.
void check_still_seen(bool is_private, std::optional<events::UserId> owner, const State& state, const CommandContext& context,
                      std::string pointer, FieldRefusals& refusals) {
  if (!is_private || !context.user || is_at_least(context, domain::MemberRole::admin)) return;
  if (owner == context.user || find_part(state, *context.user) != nullptr) return;
  refusals.add(std::move(pointer), "out-of-sight", "You would not see this private project any more: be its owner or one of its members.");
}

// What is named anew has to be there; what stands may have been withdrawn since.
void check_template(std::optional<events::EntityId> named, std::optional<events::EntityId> standing, const CommandContext& context, const Facts& facts,
                    FieldRefusals& refusals) {
  if (!named || named == standing) return;
  const auto& found = state_of<Template>(facts, StreamId{named->value});
  if (!template_::is_usable_in(found, workspace_of(context).id, facts))
    refusals.add("/template_id", "unknown-reference", "There is no such template in this workspace or listed.");
}

events::project::Created first_event(const Create& command) {
  auto created = told<events::project::Created, &Create::status>(command);
  if (command.status) {
    created.status = status_of(*command.status).value_or(created.status);
    if (*command.status == StatusWord::archived) created.is_archived = true;
  }
  return created;
}

}  // namespace

Decision<Event> decide(const State& state, const Create& command, const CommandContext& context,
                       const Facts& facts) {
  if (state.version.value > 0) return id_taken();
  const auto workspace = workspace_of(context).id;
  if (command.key && facts.claimed(scope::project_key, key_in(workspace, command.key->text)))
    return taken(scope::project_key, "/key");
  FieldRefusals refusals;
  auto created = first_event(command);
  if (!command.key) created.key = free_key(command.name, context, facts);
  created.owner_id = chosen_owner(command.owner_id, context, refusals);
  check_template(created.template_id, std::nullopt, context, facts, refusals);
  check_fields(created, refusals);
  check_still_seen(created.visibility == Visibility::private_, created.owner_id, state, context, "/visibility", refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{created};
}

bool repeats(const events::project::Created& first, const Create& again, const CommandContext& context,
             const Facts&) {
  auto created = first_event(again);
  if (!again.key) created.key = first.key;
  created.owner_id = again.owner_id.sent ? again.owner_id.value : context.user;
  return created == first;
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  FieldRefusals refusals;
  Fields after = state;
  put_all<&Change::owner_id, &Change::status>(command, after, refusals);
  if (command.status.sent && !command.status.value) refusals.add("/status", "required", "This field cannot be cleared.");
  const bool archive = command.status.value == StatusWord::archived;
  if (command.status.value) after.status = status_of(*command.status.value).value_or(state.status);
  if (command.owner_id.sent && command.owner_id.value != state.owner_id)
    after.owner_id = chosen_owner(command.owner_id, context, refusals);
  check_template(after.template_id, state.template_id, context, facts, refusals);
  check_fields(after, refusals);
  check_still_seen(after.visibility == Visibility::private_, after.owner_id, state, context,
                   after.visibility == state.visibility ? "/owner_id" : "/visibility", refusals);
  if (refusals.any()) return refusals.rejection();
  if (after.key != state.key) {
    const auto holder = facts.claimed(scope::project_key, key_in(state.workspace_id, after.key));
    if (holder && *holder != events::stream_of(state.id)) return taken(scope::project_key, "/key");
  }
  auto changes = difference(state, after);
  if (archive && !state.archived_at) changes.push_back(events::project::Archived{});
  return changes;
}

Decision<Event> decide(const State& state, const Archive&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  if (state.archived_at) return std::vector<Event>{};
  return std::vector<Event>{events::project::Archived{}};
}

Decision<Event> decide(const State& state, const Unarchive&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  if (!state.archived_at) return std::vector<Event>{};
  return std::vector<Event>{events::project::Unarchived{}};
}

Decision<Event> decide(const State& state, const Delete&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::project::Deleted{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context,
                       const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), "project", context, facts)) return *refused;
  if (auto refused = refuse_stranger(state, context)) return *refused;
  if (!state.deleted_at) return std::vector<Event>{};
  return std::vector<Event>{events::project::Restored{}};
}

}  // namespace project
template const AggregateOps& aggregate_ops<Project>();

}  // namespace daybook::domain
