// Commands about a blueprint, what people say of it, and the things made of it.
#include "command-service/domain/blueprint/taking.hpp"

#include "command-service/routes/registry.hpp"
#include "command-service/routes/where_it_lives.hpp"

namespace daybook::routes {
namespace {

using domain::Agent;
using domain::Blueprint;
using domain::Workflow;
using domain::blueprint::Install;
using events::blueprint::Kind;
using BlueprintState = events::blueprint::State;

constexpr std::size_t blueprint_body_bytes_max = 4 << 20;  // the definition may double where JSON escapes it

Command holding_a_blueprint(Command command) {
  command.body_bytes_max = blueprint_body_bytes_max;
  return command;
}

template <class C>
Command where_the_blueprint_lives(Command command) {
  return where_it_lives<Blueprint, C, domain::blueprint::is_known_in>(std::move(command));
}

// By the name that it has in contracts.
struct BlueprintShown : events::blueprint::Shown {};
BOOST_DESCRIBE_STRUCT(BlueprintShown, (events::blueprint::Shown), ())

// ---- installing --------------------------------------------------------------------------------------------------

// What was made, and of what.
struct BlueprintInstallation {
  events::EntityId id{};
  Kind kind = Kind::agent;
  events::BlueprintId blueprint_id{};
  std::string semantic_version;
  std::optional<events::AgentId> agent_id;
  std::optional<events::WorkflowId> workflow_id;
};
BOOST_DESCRIBE_STRUCT(BlueprintInstallation, (), (id, kind, blueprint_id, semantic_version, agent_id, workflow_id))

std::string installation_json(const void* state, text::Uuid made) {
  const auto& blueprint = *static_cast<const BlueprintState*>(state);
  BlueprintInstallation installation{events::EntityId{made}, blueprint.kind, blueprint.id, blueprint.semantic_version, {}, {}};
  if (blueprint.kind == Kind::agent) installation.agent_id = events::AgentId{made};
  else installation.workflow_id = events::WorkflowId{made};
  return events::to_json_with_nulls(installation);
}

std::string installation_address(const void* state, text::Uuid made) {
  const bool is_agent = static_cast<const BlueprintState*>(state)->kind == Kind::agent;
  return (is_agent ? "agents/" : "workflows/") + made.text();
}

Result<void> make(log::Settling& settling, StreamId stream, WorkspaceId workspace, const domain::agent::Register& made, const domain::CommandContext& context) {
  return declare::decide_and_append<Agent, domain::agent::Register>(settling, stream, workspace, &made, context);
}
Result<void> make(log::Settling& settling, StreamId stream, WorkspaceId workspace, const domain::workflow::Define& made, const domain::CommandContext& context) {
  return declare::decide_and_append<Workflow, domain::workflow::Define>(settling, stream, workspace, &made, context);
}

// The thing here, and the note of it in the stream of the blueprint.
Result<void> install_and_append(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent,
                                const domain::CommandContext& context) {
  const domain::SeenFacts seen(settling, context);
  const auto& blueprint = settling.load<Blueprint>(stream);
  const auto lives_in = blueprint.workspace_id;
  const auto installation = domain::blueprint::install(blueprint, *static_cast<const Install*>(sent), context, seen);
  if (!installation) return installation.error();
  const StreamId thing{installation->installed.installed_id.value};
  auto made = std::visit([&](const auto& command) { return make(settling, thing, workspace, command, context); }, installation->made);
  if (!made) return made;
  return settling.append<Blueprint>(stream, lives_in, {installation->installed});
}

// Whether a thing of this id was made of the blueprint, here and by the same words.
template <class A, class Birth>
bool was_made(log::Settling& settling, StreamId thing, StreamId blueprint, WorkspaceId workspace, const Install& again) {
  if (!declare::lies_in<A>(settling, thing, workspace)) return false;
  const auto birth = settling.birth<A, Birth>(thing, [](const Birth&) { return true; });
  return birth && repeats(birth->event.source, birth->event.name, events::BlueprintId{blueprint.value}, again);
}

// As it was answered at first, where the same was sent with the same id before. An id that stands for something else is refused when
// the thing is made.
std::optional<Result<log::Accepted>> installed_before(log::Settling& settling, StreamId stream, WorkspaceId workspace, const void* sent,
                                                      const domain::CommandContext&) {
  const auto& command = *static_cast<const Install*>(sent);
  if (!command.id) return std::nullopt;
  const StreamId thing{command.id->value};
  const bool made = was_made<Agent, events::agent::Registered>(settling, thing, stream, workspace, command) ||
                    was_made<Workflow, events::workflow::Defined>(settling, thing, stream, workspace, command);
  if (!made) return std::nullopt;
  const auto birth = settling.birth<Blueprint, events::blueprint::Installed>(stream, [&](const auto& event) { return event.installed_id == *command.id; });
  if (!birth) return std::nullopt;
  return log::Accepted{201, Blueprint::stream_type, stream, command.id->value, birth->state->version, birth->state};
}

Command installs(const Target& the_blueprint) {
  auto command = adds<Blueprint, Install>(the_blueprint, {"POST /blueprints/{blueprint}/install"},
                                          {&events::type_info<BlueprintInstallation>(), installation_json, installation_address, "/"}, install_and_append);
  command.ops.lies_in = [](log::Settling& settling, StreamId stream, WorkspaceId workspace) {
    return domain::blueprint::is_known_in(settling.load<Blueprint>(stream), workspace);
  };
  command.ops.repeated = installed_before;
  return command;
}

}  // namespace

std::vector<Command> blueprint_commands() {
  using namespace domain::blueprint;
  const auto the_blueprint = by_id<events::BlueprintId>("blueprint");
  const auto view = fields_of<BlueprintState, events::blueprint::Fields>();
  auto shown = fields_of<BlueprintState, events::blueprint::Shown>();  // to those who may not have the definition, too
  shown.type = &events::type_info<BlueprintShown>();
  const auto review_view = part_of<BlueprintState, events::BlueprintReviewId>();
  auto purchase_view = part_of<BlueprintState, events::BlueprintPurchaseId>();
  purchase_view.collection = "/blueprint-purchases";
  return {
      holding_a_blueprint(creates<Blueprint, Publish>({"POST /blueprints"}, view)),
      changes<Blueprint, Change>(the_blueprint, {"PATCH /blueprints/{blueprint}"}, view),
      holding_a_blueprint(changes<Blueprint, AddVersion>(the_blueprint, {"POST /blueprints/{blueprint}/versions"}, view)),
      removes<Blueprint, Withdraw>(the_blueprint, {"DELETE /blueprints/{blueprint}"}, view),
      changes<Blueprint, Restore>(the_blueprint, {"POST /blueprints/{blueprint}/restore"}, view),
      changes<Blueprint, List>(the_blueprint, {"POST /blueprints/{blueprint}/list"}, view),
      changes<Blueprint, Unlist>(the_blueprint, {"POST /blueprints/{blueprint}/unlist"}, view),
      where_the_blueprint_lives<Purchase>(adds<Blueprint, Purchase>(the_blueprint, {"POST /blueprints/{blueprint}/purchase"}, purchase_view)),
      where_the_blueprint_lives<Download>(changes<Blueprint, Download>(the_blueprint, {"POST /blueprints/{blueprint}/download"}, view)),
      installs(the_blueprint),
      where_the_blueprint_lives<Review>(adds<Blueprint, Review>(the_blueprint, {"POST /blueprints/{blueprint}/reviews"}, review_view)),
      where_the_blueprint_lives<ChangeReview>(
          changes<Blueprint, ChangeReview>(the_blueprint, {"PATCH /blueprints/{blueprint}/reviews/{blueprint_review}"}, shown)),
      where_the_blueprint_lives<WithdrawReview>(
          removes<Blueprint, WithdrawReview>(the_blueprint, {"DELETE /blueprints/{blueprint}/reviews/{blueprint_review}"}, shown)),
  };
}

}  // namespace daybook::routes
