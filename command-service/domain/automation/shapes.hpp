#pragma once
// What trigger, condition and actions look like. They are kept as they were sent; everything that is wrong with them is named
// by pointer before. Beside today's words stand older ones that are brought in from elsewhere: of those the named fields are
// checked and others kept.
//
//   trigger    {"type":"event","events":["issue.status_changed"]} · {"type":"schedule","cron":"0 9 * * 1","timezone":"UTC"}
//              {"type":"schedule","at":"2026-12-01T09:00:00Z"} · {"type":"webhook"} · {"type":"manual"}
//   condition  {"all":[…]} · {"any":[…]} · {"not":…} · {"field":"issue.status","op":"eq","value":"done"}
//   actions    [{"type":"add_label","config":{"label_id":"…"}}]
#include <map>

#include "command-service/domain/core/rules.hpp"

namespace daybook::domain::automation {

inline constexpr std::size_t condition_nodes_max = 256;  // of the tree and of a trigger's own conditions, together
inline constexpr std::size_t condition_values_max = 100; // of one `in`
inline constexpr std::size_t trigger_events_max = 100;
inline constexpr std::size_t actions_max = 50;

BOOST_DEFINE_ENUM_CLASS(TriggerType, event, schedule, webhook, manual,
                        // older words
                        task_status_changed, task_created, task_assigned, due_date_approaching, project_completed, comment_created,
                        time_scheduled, webhook_received, cost_exceeded)
BOOST_DEFINE_ENUM_CLASS(ActionType, set_field, assign, add_label, comment, notify, create_issue, call_webhook, start_execution,
                        // older words
                        send_notification, assign_task, update_status, create_task, webhook, ai_generate)

// At /trigger and /condition.
void check_when(const events::Json& trigger, const std::optional<events::Json>& condition, FieldRefusals& refusals);

// Each is told at its place; `nodes` grows by what stands there.
void check_trigger(const events::Json& trigger, const std::string& at, std::size_t& nodes, FieldRefusals& refusals);
void check_condition(const events::Json& condition, const std::string& at, std::size_t& nodes, FieldRefusals& refusals);

// What actions point at has to be there: a label, a member, an agent or a webhook of the workspace.
void check_actions(const events::Json& actions, const std::string& at, const CommandContext& context, const Facts& facts,
                   FieldRefusals& refusals);

// ---- of free JSON that is known to be well-formed ----------------------------------------------------------------

using Members = std::map<std::string, events::Json>;
// Nothing where it is something else.
std::optional<Members> members_of(const events::Json& value);
std::optional<std::vector<events::Json>> items_of(const events::Json& value);
std::optional<std::string> text_of(const events::Json& value);

// Adds what a reader has found, at its place.
void add_errors(const events::ReadResult& read, const std::string& at, FieldRefusals& refusals);

}  // namespace daybook::domain::automation
