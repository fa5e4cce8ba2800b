#include "command-service/domain/blueprint/definition.hpp"

#include <map>

#include "command-service/domain/automation/shapes.hpp"
#include "command-service/domain/workflow/definition.hpp"

namespace daybook::domain::blueprint {
namespace {

constexpr const char* place = "/definition";

struct Kinded {
  Kind kind{};
};
BOOST_DESCRIBE_STRUCT(Kinded, (), (kind))

struct AgentToBe {
  std::optional<Name> name;
  std::optional<Description> description;
  std::optional<Prompt> instructions;
  std::optional<Model> model;
  std::optional<agent::RuntimeMode> runtime_mode;
  std::optional<events::Json> runtime_config;
  std::optional<std::int64_t> max_concurrent_tasks;
  std::optional<events::Json> config;
};
BOOST_DESCRIBE_STRUCT(AgentToBe, (), (name, description, instructions, model, runtime_mode, runtime_config, max_concurrent_tasks, config))

// The definition less what an agent does not have, so that the rest is read as strictly as any body.
std::string known_part(const Definition& definition) {
  std::map<std::string, events::LargeJson> members;
  if (!events::from_json(definition.text, members, events::Reading::lenient)) return "{}";
  std::string known;
  for (const auto& field : events::type_info<AgentToBe>().fields) {
    const auto found = members.find(std::string(field.name));
    if (found == members.end()) continue;
    known += known.empty() ? "{" : ",";
    events::write_json_string(field.name, known);
    known += ":" + found->second.text;
  }
  return known.empty() ? "{}" : known + "}";
}

AgentToBe read_agent(const Definition& definition, FieldRefusals& refusals) {
  AgentToBe told{};
  const auto read = events::from_json(known_part(definition), told, events::Reading::strict);
  automation::add_errors(read, place, refusals);
  return told;
}

void check_agent(const Definition& definition, FieldRefusals& refusals) {
  const std::string at = place;
  const auto told = read_agent(definition, refusals);
  check_range(told.max_concurrent_tasks, 1, agent::concurrent_tasks_max, at + "/max_concurrent_tasks", refusals);
  check_object(told.runtime_config, at + "/runtime_config", refusals);
  check_object(told.config, at + "/config", refusals);
}

}  // namespace

std::optional<Kind> check_definition(const Definition& definition, FieldRefusals& refusals) {
  Kinded kinded{};
  const auto read = events::from_json(definition.text, kinded, events::Reading::lenient);
  automation::add_errors(read, place, refusals);
  if (!read) return std::nullopt;
  switch (kinded.kind) {
    case Kind::agent:
      check_agent(definition, refusals);
      break;
    case Kind::workflow:
      workflow::check_definition(definition, place, refusals);
      break;
  }
  return kinded.kind;
}

agent::Register agent_in(const Definition& definition) {
  FieldRefusals none;
  const auto told = read_agent(definition, none);
  agent::Register made{};
  if (told.name) made.name = *told.name;
  made.description = told.description;
  made.instructions = told.instructions;
  made.model = told.model;
  made.runtime_mode = told.runtime_mode;
  made.runtime_config = told.runtime_config;
  made.max_concurrent_tasks = told.max_concurrent_tasks;
  made.config = told.config;
  return made;
}

}  // namespace daybook::domain::blueprint
