#pragma once
// What a workflow's definition looks like. It is kept as it was sent; what is wrong with what is known of it is named by pointer before,
// and what is not known is left alone.
//
//   nodes    [{"id":"read","agent_id":"…","input_mapping":{…},"output_mapping":{…},"condition":{"expression":"…"},
//              "timeout":30,"retry_attempts":3}]
//   edges    [{"source":"read","target":"write","condition":{"expression":"…"}}]; "from" and "to" say the same
//   steps    the older word: nodes that follow each other as they are listed
//   trigger  {"type":"webhook"} · schedule · event · manual
//
// A node is a loop where it says `"loop": true` or `"type": "loop"`: edges may lead back through it, and through no other.
#include "command-service/domain/core/rules.hpp"
#include "events/workflow/definition.hpp"

namespace daybook::domain::workflow {

inline constexpr std::size_t nodes_max = 2'000;           // of one definition, steps included
inline constexpr std::size_t edges_max = 10'000;
inline constexpr std::size_t node_id_bytes_max = 255;
inline constexpr std::int64_t step_timeout_s_max = 86'400;
inline constexpr std::int64_t retry_attempts_max = 100;

BOOST_DEFINE_ENUM_CLASS(TriggerType, webhook, schedule, event, manual)

// An agent that a node names, and where.
struct NamedAgent {
  events::AgentId id{};
  std::string pointer;
};

// Adds what is wrong with it to the refusals, at its place below `at`. Whether the agents are there is for the caller to ask.
std::vector<NamedAgent> check_definition(const events::workflow::Definition& definition, const std::string& at, FieldRefusals& refusals);

}  // namespace daybook::domain::workflow
