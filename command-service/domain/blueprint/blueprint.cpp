#include "command-service/domain/blueprint/blueprint.hpp"

#include "command-service/domain/blueprint/definition.hpp"
#include "command-service/domain/blueprint/refusals.hpp"
#include "command-service/domain/blueprint/version.hpp"
#include "command-service/domain/core/published.hpp"

namespace daybook::domain {
namespace blueprint {
namespace {

using events::blueprint::Described;
using events::blueprint::Priced;
using events::blueprint::Published;
using events::blueprint::Versioned;
using published::container_of;
using published::only_if;

constexpr std::string_view what = "blueprint";

// What is asked of an author elsewhere is asked of the publisher here.
struct Authored {
  events::WorkspaceId workspace_id{};
  events::ActorType author_type{};
  std::optional<events::PrincipalId> author_id;
};
Authored authored(const State& state) { return {state.workspace_id, state.publisher_type, state.publisher_id}; }

std::optional<Rejection> refuse_stranger(const State& state, const CommandContext& context) {
  return published::refuse_stranger(authored(state), what, Permission::blueprints_manage, context);
}

std::optional<Rejection> refuse_change(const State& state, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), what, context, facts)) return refused;
  return refuse_stranger(state, context);
}

// What is brought in keeps the names its versions had where it comes from.
void check_version(const std::string& name, const std::optional<std::string>& before, const CommandContext& context, FieldRefusals& refusals) {
  const auto version = SemanticVersion::parse(name);
  if (!version) {
    if (context.origin != events::Origin::import)
      refusals.add("/semantic_version", "invalid", "Expected a semantic version such as 1.4.0 or 2.0.0-beta.1.");
    return;
  }
  const auto newest = before ? SemanticVersion::parse(*before) : std::nullopt;
  if (newest && *version <= *newest) refusals.add("/semantic_version", "not-greater", "A version is greater than the one before: " + *before + ".");
}

// What is free costs nothing; what is not costs something.
void check_price(const Priced& priced, FieldRefusals& refusals) {
  if (priced.price.nanos < 0) return refusals.add("/price", "out-of-range", "Expected a number from 0.");
  const bool costs = priced.price.nanos > 0;
  if (priced.pricing_model == PricingModel::free && costs) refusals.add("/price", "out-of-range", "What is free has no price.");
  if (priced.pricing_model != PricingModel::free && !costs) refusals.add("/price", "required", "Say what it costs.");
}

Published published_by(const Publish& command, const std::string& usual_currency) {
  auto event = told<Published>(command);
  if (!command.semantic_version) event.semantic_version = first_version;
  if (!command.currency) event.currency = usual_currency;
  return event;
}

}  // namespace

bool is_known_in(const State& state, events::WorkspaceId workspace) {
  if (published::is_known_in(state, workspace)) return true;
  return std::any_of(state.purchases.begin(), state.purchases.end(), [&](const auto& purchase) { return purchase.workspace_id == workspace; });
}

std::optional<Rejection> refuse_unknown(const State& state, const CommandContext& context, const Facts& facts) {
  if (is_known_in(state, workspace_of(context).id) && facts.open(events::stream_of(state.id))) return std::nullopt;
  return not_found(std::string(what));
}

bool is_admin_of(const State& state, const CommandContext& context) {
  return published::is_manager_of(state, Permission::blueprints_manage, context);
}

Decision<Event> decide(const State& state, const Publish& command, const CommandContext& context, const Facts&) {
  if (state.version.value > 0) return id_taken();
  auto event = published_by(command, workspace_of(context).currency);
  FieldRefusals refusals;
  event.kind = check_definition(event.definition, refusals).value_or(event.kind);
  check_version(event.semantic_version, std::nullopt, context, refusals);
  check_price(events::fields_as<Priced>(event), refusals);
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{std::move(event)};
}

// A currency that was left out was made up at first.
bool repeats(const Published& first, const Publish& again, const CommandContext&, const Facts&) {
  auto event = published_by(again, first.currency);
  event.kind = first.kind;
  return event == first;
}

Decision<Event> decide(const State& state, const Change& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  FieldRefusals refusals;
  events::blueprint::Fields after = state;
  put_all(command, after, refusals);
  if (after.pricing_model == PricingModel::free && !command.price.sent) after.price = {};
  check_price(events::fields_as<Priced>(after), refusals);
  if (refusals.any()) return refusals.rejection();
  std::vector<Event> changes;
  add_changes<Described, Priced>(static_cast<const events::blueprint::Fields&>(state), after, changes);
  return changes;
}

Decision<Event> decide(const State& state, const AddVersion& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  auto event = told<Versioned>(command);
  // Sent again, it is the version that is there.
  if (event == events::fields_as<Versioned>(state)) return std::vector<Event>{};
  FieldRefusals refusals;
  check_version(event.semantic_version, state.semantic_version, context, refusals);
  const auto kind = check_definition(event.definition, refusals);
  if (kind && *kind != state.kind) refusals.add("/definition/kind", "other-kind", "A blueprint goes on making what it made at first.");
  if (refusals.any()) return refusals.rejection();
  return std::vector<Event>{std::move(event)};
}

Decision<Event> decide(const State& state, const List&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return only_if<Event>(!state.is_public, events::blueprint::Listed{});
}

Decision<Event> decide(const State& state, const Unlist&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return only_if<Event>(state.is_public, events::blueprint::Unlisted{});
}

Decision<Event> decide(const State& state, const Withdraw&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_change(state, context, facts)) return *refused;
  return std::vector<Event>{events::blueprint::Withdrawn{}};
}

Decision<Event> decide(const State& state, const Restore&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_hidden(state, container_of(state), what, context, facts)) return *refused;
  if (auto refused = refuse_stranger(state, context)) return *refused;
  return only_if<Event>(state.deleted_at.has_value(), events::blueprint::Restored{});
}

}  // namespace blueprint

void effects(const blueprint::State&, const events::blueprint::Published&, const events::Envelope& event, Effects& effects) {
  effects.born(events::stream_of(event.workspace_id.value()));
  owned_by_maker(event, effects);
}
void effects(const blueprint::State&, const events::blueprint::Withdrawn&, const events::Envelope&, Effects& effects) { effects.died(); }
void effects(const blueprint::State&, const events::blueprint::Restored&, const events::Envelope&, Effects& effects) { effects.revived(); }

template const AggregateOps& aggregate_ops<Blueprint>();

}  // namespace daybook::domain
