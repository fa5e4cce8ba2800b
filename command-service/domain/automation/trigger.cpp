// When an automation is to run.
#include <algorithm>
#include <charconv>
#include <span>

#include "command-service/domain/automation/shapes.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/registry.hpp"

namespace daybook::domain::automation {
namespace {

// One of the five fields of a cron line.
struct CronField {
  int least, most;
  std::span<const std::string_view> names;  // for the numbers from `least` on
};

constexpr std::string_view months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::string_view days[] = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};
constexpr CronField cron_fields[] = {{0, 59, {}}, {0, 23, {}}, {1, 31, {}}, {1, 12, months}, {0, 7, days}};

std::optional<int> cron_number(std::string_view word, const CronField& field) {
  for (std::size_t i = 0; i < field.names.size(); ++i)
    if (std::equal(word.begin(), word.end(), field.names[i].begin(), field.names[i].end(),
                   [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 'a' + 'A' : a) == b; }))
      return field.least + static_cast<int>(i);
  int number = 0;
  const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
  if (read.ec != std::errc() || read.ptr != word.data() + word.size() || number < field.least || number > field.most) return std::nullopt;
  return number;
}

// *, 5, 1-5, and either range with a step behind it: */15
bool is_cron_part(std::string_view part, const CronField& field) {
  const auto slash = part.find('/');
  if (slash != part.npos) {
    const auto step = cron_number(part.substr(slash + 1), {1, field.most, {}});
    if (!step) return false;
    part = part.substr(0, slash);
  }
  if (part == "*") return true;
  const auto hyphen = part.find('-');
  const auto from = cron_number(part.substr(0, hyphen), field);
  if (hyphen == part.npos) return from && slash == part.npos;
  const auto to = cron_number(part.substr(hyphen + 1), field);
  return from && to && *from <= *to;
}

bool is_cron_field(std::string_view list, const CronField& field) {
  for (;;) {
    const auto comma = list.find(',');
    if (!is_cron_part(list.substr(0, comma), field)) return false;
    if (comma == list.npos) return true;
    list.remove_prefix(comma + 1);
  }
}

bool is_cron(std::string_view line) {
  for (const auto& field : cron_fields) {
    const auto space = std::min(line.find(' '), line.size());
    if (!is_cron_field(line.substr(0, space), field)) return false;
    const auto next = line.find_first_not_of(' ', space);
    line.remove_prefix(std::min(next, line.size()));
    if (line.empty()) return &field == std::end(cron_fields) - 1;
  }
  return false;
}

void check_cron(const std::optional<std::string>& line, const std::string& at, FieldRefusals& refusals) {
  if (line && !is_cron(*line))
    refusals.add(at, "invalid", "Expected minute, hour, day, month and weekday as in a crontab, such as 0 9 * * 1-5.");
}

// ---- today's words -----------------------------------------------------------------------------------------------

struct OnEvent {
  TriggerType type{};
  std::vector<std::string> events;
};
BOOST_DESCRIBE_STRUCT(OnEvent, (), (type, events))

struct OnSchedule {
  TriggerType type{};
  std::optional<std::string> cron;
  std::optional<text::Instant> at;
  std::optional<Timezone> timezone;
};
BOOST_DESCRIBE_STRUCT(OnSchedule, (), (type, cron, at, timezone))

struct OnDemand {
  TriggerType type{};
};
BOOST_DESCRIBE_STRUCT(OnDemand, (), (type))

// What happens in a workspace; accounts are nobody's business.
bool can_be_waited_for(std::string_view word) {
  const auto* known = events::find_event_type(word);
  return known != nullptr && known->stream != events::StreamType::user;
}

template <class Shape>
std::optional<Shape> read_strictly(const events::Json& trigger, const std::string& at, FieldRefusals& refusals) {
  Shape shape{};
  const auto read = events::from_json(trigger.text, shape, events::Reading::strict);
  add_errors(read, at, refusals);
  if (!read) return std::nullopt;
  return shape;
}

void check_on_event(const events::Json& trigger, const std::string& at, FieldRefusals& refusals) {
  const auto shape = read_strictly<OnEvent>(trigger, at, refusals);
  if (!shape) return;
  if (shape->events.empty()) refusals.add(at + "/events", "required", "Name the events that it waits for.");
  if (shape->events.size() > trigger_events_max) refusals.add(at + "/events", "too-many", "At most 100 events.");
  for (std::size_t i = 0; i < shape->events.size(); ++i)
    if (!can_be_waited_for(shape->events[i]))
      refusals.add(at + "/events/" + std::to_string(i), "unknown-value", "There is no such event in a workspace.");
}

void check_on_schedule(const events::Json& trigger, const std::string& at, FieldRefusals& refusals) {
  const auto shape = read_strictly<OnSchedule>(trigger, at, refusals);
  if (!shape) return;
  if (shape->cron.has_value() == shape->at.has_value()) refusals.add(at + "/cron", "required", "Say either cron or at.");
  check_cron(shape->cron, at + "/cron", refusals);
}

// ---- older words -------------------------------------------------------------------------------------------------

struct OlderTrigger {
  TriggerType type{};
  std::optional<text::Instant> datetime;
  std::optional<std::string> cron;
  std::optional<events::Decimal> threshold;
  std::optional<std::vector<Members>> conditions;
};
BOOST_DESCRIBE_STRUCT(OlderTrigger, (), (type, datetime, cron, threshold, conditions))

constexpr std::string_view older_operators[] = {"equals", "not_equals", "contains", "not_contains", "starts_with", "ends_with",
                                                "greater_than", "greater_than_or_equal", "less_than", "less_than_or_equal",
                                                "in", "not_in", "is_empty", "is_not_empty"};

// {"field":"priority","operator":"equals","value":"high"}
void check_older_condition(const Members& condition, const std::string& at, FieldRefusals& refusals) {
  const auto member = [&](const std::string& name) -> std::optional<std::string> {
    const auto found = condition.find(name);
    if (found == condition.end()) {
      refusals.add(at + "/" + name, "required", "This field is required.");
      return std::nullopt;
    }
    auto text = text_of(found->second);
    if (!text) refusals.add(at + "/" + name, "wrong-type", "Expected a text.");
    return text;
  };
  if (const auto field = member("field"); field && field->empty()) refusals.add(at + "/field", "blank", "This must not be blank.");
  const auto op = member("operator");
  if (!op) return;
  if (std::find(std::begin(older_operators), std::end(older_operators), *op) == std::end(older_operators)) {
    std::string words;
    for (const auto word : older_operators) words += (words.empty() ? "" : ", ") + std::string(word);
    return refusals.add(at + "/operator", "unknown-value", "Expected one of: " + words + ".");
  }
  const bool takes_none = *op == "is_empty" || *op == "is_not_empty";
  if (!takes_none && !condition.contains("value")) refusals.add(at + "/value", "required", "This field is required.");
}

void check_older(const events::Json& trigger, const std::string& at, std::size_t& nodes, FieldRefusals& refusals) {
  OlderTrigger shape{};
  const auto read = events::from_json(trigger.text, shape, events::Reading::lenient);
  add_errors(read, at, refusals);
  if (!read) return;
  check_cron(shape.cron, at + "/cron", refusals);
  if (shape.type == TriggerType::time_scheduled && !shape.datetime && !shape.cron)
    refusals.add(at + "/datetime", "required", "Say datetime or cron.");
  if (shape.type == TriggerType::cost_exceeded) {
    if (!shape.threshold) refusals.add(at + "/threshold", "required", "This field is required.");
    else if (shape.threshold->nanos < 0) refusals.add(at + "/threshold", "out-of-range", "Expected a number from 0.");
  }
  if (!shape.conditions) return;
  nodes += shape.conditions->size();
  if (nodes > condition_nodes_max) return refusals.add(at + "/conditions", "too-many", "At most 256 conditions in all.");
  for (std::size_t i = 0; i < shape.conditions->size(); ++i)
    check_older_condition((*shape.conditions)[i], at + "/conditions/" + std::to_string(i), refusals);
}

}  // namespace

void check_trigger(const events::Json& trigger, const std::string& at, std::size_t& nodes, FieldRefusals& refusals) {
  OnDemand any{};
  if (const auto read = events::from_json(trigger.text, any, events::Reading::lenient); !read) return add_errors(read, at, refusals);
  switch (any.type) {
    case TriggerType::event:
      return check_on_event(trigger, at, refusals);
    case TriggerType::schedule:
      return check_on_schedule(trigger, at, refusals);
    case TriggerType::webhook:
      read_strictly<OnDemand>(trigger, at, refusals);
      return;
    case TriggerType::manual:  // both of today and older
    case TriggerType::task_status_changed:
    case TriggerType::task_created:
    case TriggerType::task_assigned:
    case TriggerType::due_date_approaching:
    case TriggerType::project_completed:
    case TriggerType::comment_created:
    case TriggerType::time_scheduled:
    case TriggerType::webhook_received:
    case TriggerType::cost_exceeded:
      return check_older(trigger, at, nodes, refusals);
  }
}

}  // namespace daybook::domain::automation
