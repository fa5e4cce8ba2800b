// Buying a blueprint, taking its definition, and making something of it.
#include "command-service/domain/blueprint/taking.hpp"

#include <algorithm>

#include "command-service/domain/blueprint/definition.hpp"
#include "command-service/domain/blueprint/refusals.hpp"

namespace daybook::domain::blueprint {
namespace {

using events::blueprint::Downloaded;
using events::blueprint::Installed;
using events::blueprint::Purchased;

// Until when the workspace has paid: nothing where it never did, the end of time where it has the blueprint for good.
std::optional<text::Instant> paid_until(const State& state, events::WorkspaceId workspace) {
  std::optional<text::Instant> latest;
  for (const auto& purchase : state.purchases)
    if (purchase.workspace_id == workspace) latest = std::max(latest.value_or(text::Instant::min()), purchase.paid_until.value_or(text::Instant::max()));
  return latest;
}

Rejection purchase_required() {
  return {Rejection::Kind::quota_exceeded, "purchase-required", "This blueprint has to be bought first.", {}, std::nullopt};
}

std::optional<Rejection> refuse_other_price(const State& state, const Purchase& command) {
  FieldRefusals refusals;
  if (command.price && *command.price != state.price) refusals.add("/price", "price-changed", "It costs " + state.price.text() + " " + state.currency + ".");
  if (command.currency && command.currency->text != state.currency) refusals.add("/currency", "price-changed", "Its price is in " + state.currency + ".");
  if (refusals.any()) return refusals.rejection();
  return std::nullopt;
}

agent::Register agent_of(const State& state, const Install& command) {
  auto made = agent_in(state.definition);
  if (command.name) made.name = *command.name;
  else if (made.name.text.empty()) made.name = Name(state.name);
  made.source = events::blueprint::Source{state.id, state.semantic_version};
  return made;
}

workflow::Define workflow_of(const State& state, const Install& command) {
  workflow::Define made{};
  made.name = command.name.value_or(Name(state.name));
  if (state.description) made.description = Description(*state.description);
  made.definition = state.definition;
  made.source = events::blueprint::Source{state.id, state.semantic_version};
  return made;
}

}  // namespace

std::optional<Rejection> refuse_untaken(const State& state, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return refused;
  const auto workspace = workspace_of(context).id;
  if (state.workspace_id == workspace || state.pricing_model == PricingModel::free) return std::nullopt;
  const auto paid = paid_until(state, workspace);
  if (paid && *paid > context.now) return std::nullopt;
  return purchase_required();
}

Decision<Event> decide(const State& state, const Purchase& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_unknown(state, context, facts)) return *refused;
  const auto workspace = workspace_of(context).id;
  if (state.workspace_id == workspace) return invalid("", "nothing-to-buy", "It is this workspace's own.");
  if (state.pricing_model == PricingModel::free) return invalid("", "nothing-to-buy", "It is free.");
  if (auto refused = refuse_other_price(state, command)) return *refused;
  const auto paid = paid_until(state, workspace);
  if (paid == text::Instant::max()) return already_exists("", "This workspace has bought it.");
  if (state.purchases.size() >= purchases_max) return invalid("", "too-many", "A blueprint can be bought at most 10,000 times.");
  const auto id = command.id.value_or(events::BlueprintPurchaseId{context.fresh_id});
  if (events::blueprint::find_part(state, id) != nullptr) return id_taken();
  Purchased event{id, workspace, state.name, state.semantic_version, state.pricing_model, state.price, state.currency, {}};
  // What is paid while it still runs, is added to that.
  if (state.pricing_model == PricingModel::subscription) event.paid_until = std::max(paid.value_or(context.now), context.now) + subscription_days;
  return std::vector<Event>{std::move(event)};
}

bool repeats(const Purchased& first, const Purchase& again, const CommandContext& context, const Facts&) {
  return first.workspace_id == workspace_of(context).id && (!again.price || *again.price == first.price) &&
         (!again.currency || again.currency->text == first.currency);
}

Decision<Event> decide(const State& state, const Download&, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_untaken(state, context, facts)) return *refused;
  return std::vector<Event>{Downloaded{state.semantic_version}};
}

Result<Installation> install(const State& state, const Install& command, const CommandContext& context, const Facts& facts) {
  if (auto refused = refuse_untaken(state, context, facts)) return *refused;
  Installation installation{};
  installation.installed = Installed{command.id.value_or(events::EntityId{context.fresh_id}), state.semantic_version};
  switch (state.kind) {
    case Kind::agent:
      installation.made = agent_of(state, command);
      break;
    case Kind::workflow:
      installation.made = workflow_of(state, command);
      break;
  }
  return installation;
}

bool repeats(const std::optional<events::blueprint::Source>& source, const std::string& name, events::BlueprintId blueprint, const Install& again) {
  return source && source->blueprint_id == blueprint && (!again.name || again.name->text == name);
}

}  // namespace daybook::domain::blueprint
