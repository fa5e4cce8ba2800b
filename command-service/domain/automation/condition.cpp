// Under which condition an automation is to run: a tree over the fields of what it is about.
#include <algorithm>

#include "command-service/domain/automation/shapes.hpp"
#include "events/comment/state.hpp"
#include "events/document/state.hpp"
#include "events/issue/state.hpp"
#include "events/project/state.hpp"
#include "events/sprint/state.hpp"
#include "events/time_entry/state.hpp"

namespace daybook::domain::automation {
namespace {

using events::Json;
using events::Shape;

// What happened, and by whom.
struct HappenedFields {
  std::string type;
  events::ActorType actor_type{};
  std::optional<events::PrincipalId> actor_id;
  text::Instant occurred_at{};
};
BOOST_DESCRIBE_STRUCT(HappenedFields, (), (type, actor_type, actor_id, occurred_at))

template <class Fields>
events::ReadResult read_fields(std::string_view json) {
  Fields fields{};
  return events::from_json(json, fields, events::Reading::strict);
}

// Things that a condition may look at: `issue.status`.
struct Kind {
  std::string_view word;
  const events::TypeInfo& (*type)();
  events::ReadResult (*read)(std::string_view json);
};
template <class Fields>
constexpr Kind kind(std::string_view word) { return {word, events::type_info<Fields>, read_fields<Fields>}; }
constexpr Kind kinds[] = {kind<events::issue::Fields>("issue"),       kind<events::project::Fields>("project"),
                          kind<events::comment::State>("comment"),    kind<events::sprint::State>("sprint"),
                          kind<events::document::State>("document"),  kind<events::time_entry::State>("time_entry"),
                          kind<HappenedFields>("event")};

struct Field {
  const Kind* kind{};
  const events::FieldInfo* info{};
  const events::TypeInfo& type() const { return info->type->shape == Shape::optional ? *info->type->inner : *info->type; }
};

bool can_be_compared(const events::FieldInfo& field) {
  const auto& type = field.type->shape == Shape::optional ? *field.type->inner : *field.type;
  const bool list_of_texts = type.shape == Shape::list && type.inner->shape == Shape::string;
  return list_of_texts || (type.shape != Shape::json && type.shape != Shape::list && type.shape != Shape::map &&
                           type.shape != Shape::record && type.shape != Shape::personal);
}

std::optional<Field> find_field(std::string_view words) {
  const auto dot = words.find('.');
  if (dot == words.npos) return std::nullopt;
  for (const auto& candidate : kinds) {
    if (candidate.word != words.substr(0, dot)) continue;
    for (const auto& field : candidate.type().fields)
      if (field.name == words.substr(dot + 1) && can_be_compared(field)) return Field{&candidate, &field};
  }
  return std::nullopt;
}

enum class Operand { one, several, text, flag };
struct Operator {
  std::string_view word;
  Operand takes;
  bool orders = false;
};
constexpr Operator operators[] = {{"eq", Operand::one},         {"ne", Operand::one},         {"in", Operand::several},
                                  {"not_in", Operand::several}, {"lt", Operand::one, true},   {"lte", Operand::one, true},
                                  {"gt", Operand::one, true},   {"gte", Operand::one, true},  {"contains", Operand::text},
                                  {"is_null", Operand::flag}};

bool has_order(Shape shape) {
  return shape == Shape::integer || shape == Shape::number || shape == Shape::decimal || shape == Shape::instant || shape == Shape::date ||
         shape == Shape::string;
}

bool fits(const Operator& op, const Field& field) {
  const auto shape = field.type().shape;
  if (shape == Shape::list) return op.takes == Operand::text || op.takes == Operand::flag;
  if (op.takes == Operand::text) return shape == Shape::string;
  return !op.orders || has_order(shape);
}

class Walk {
 public:
  Walk(std::size_t& nodes, FieldRefusals& refusals) : nodes_(nodes), refusals_(refusals) {}

  void node(const Json& value, const std::string& at) {
    if (nodes_ > condition_nodes_max) return;  // said already
    if (++nodes_ > condition_nodes_max) return refusals_.add(at, "too-many", "At most 256 conditions in all.");
    const auto members = members_of(value);
    if (!members) return refusals_.add(at, "wrong-type", "Expected an object: all, any or not, or field, op and value.");
    for (const auto* word : {"all", "any"})
      if (const auto parts = members->find(word); parts != members->end()) {
        if (alone(*members, at)) several(parts->second, at + "/" + word);
        return;
      }
    if (const auto part = members->find("not"); part != members->end()) {
      if (alone(*members, at)) node(part->second, at + "/not");
      return;
    }
    comparison(*members, at);
  }

 private:
  bool alone(const Members& members, const std::string& at) {
    if (members.size() == 1) return true;
    refusals_.add(at, "unknown-field", "Of all, any and not one stands alone.");
    return false;
  }

  void several(const Json& parts, const std::string& at) {
    const auto list = items_of(parts);
    if (!list || list->empty()) return refusals_.add(at, "wrong-type", "Expected a list of one or more conditions.");
    for (std::size_t i = 0; i < list->size(); ++i) node((*list)[i], at + "/" + std::to_string(i));
  }

  void comparison(const Members& members, const std::string& at) {
    for (const auto& [name, value] : members)
      if (name != "field" && name != "op" && name != "value") refusals_.add(at + "/" + name, "unknown-field", "There is no such field.");
    for (const auto* name : {"field", "op", "value"})
      if (!members.contains(name)) return refusals_.add(at + "/" + name, "required", "A condition has field, op and value.");
    const auto words = text_of(members.at("field"));
    const auto field = words ? find_field(*words) : std::nullopt;
    if (!field)
      return refusals_.add(at + "/field", "unknown-value",
                           "Expected a field of an issue, project, comment, sprint, document, time_entry or event, such as issue.status.");
    const auto op = operator_of(members.at("op"), *field, at + "/op");
    if (op) operand(*op, *field, members.at("value"), at + "/value");
  }

  std::optional<Operator> operator_of(const Json& value, const Field& field, const std::string& at) {
    const auto word = text_of(value);
    std::string known;
    for (const auto& candidate : operators) {
      if (!fits(candidate, field)) continue;
      if (word && candidate.word == *word) return candidate;
      known += (known.empty() ? "" : ", ") + std::string(candidate.word);
    }
    refusals_.add(at, "unknown-value", "For '" + std::string(field.info->name) + "' expected one of: " + known + ".");
    return std::nullopt;
  }

  void operand(const Operator& op, const Field& field, const Json& value, const std::string& at) {
    switch (op.takes) {
      case Operand::one:
        return one(field, value, at);
      case Operand::text:
        if (!text_of(value)) refusals_.add(at, "wrong-type", "Expected a text.");
        return;
      case Operand::flag:
        if (value.text != "true" && value.text != "false") refusals_.add(at, "wrong-type", "Expected true or false.");
        return;
      case Operand::several:
        break;
    }
    const auto list = items_of(value);
    if (!list || list->empty()) return refusals_.add(at, "wrong-type", "Expected a list of one or more values.");
    if (list->size() > condition_values_max) return refusals_.add(at, "too-many", "At most 100 values.");
    for (std::size_t i = 0; i < list->size(); ++i) one(field, (*list)[i], at + "/" + std::to_string(i));
  }

  // Read as the field itself would be: {"status":"done"}. That the others are missing comes behind.
  void one(const Field& field, const Json& value, const std::string& at) {
    if (value.text == "null") return refusals_.add(at, "wrong-type", "Ask with is_null.");
    const auto name = std::string(field.info->name);
    const auto read = field.kind->read("{\"" + name + "\":" + value.text + "}");
    if (read) return;
    const auto& first = read.errors.front();
    const auto place = "/" + name;
    if (first.pointer == place || first.pointer.starts_with(place + "/"))
      refusals_.add(at + first.pointer.substr(place.size()), first.code, first.detail);
  }

  std::size_t& nodes_;
  FieldRefusals& refusals_;
};

}  // namespace

void check_condition(const Json& condition, const std::string& at, std::size_t& nodes, FieldRefusals& refusals) {
  Walk(nodes, refusals).node(condition, at);
}

void check_when(const Json& trigger, const std::optional<Json>& condition, FieldRefusals& refusals) {
  std::size_t nodes = 0;
  check_trigger(trigger, "/trigger", nodes, refusals);
  if (condition) check_condition(*condition, "/condition", nodes, refusals);
}

std::optional<Members> members_of(const Json& value) {
  Members members;
  if (!value.text.starts_with('{') || !events::from_json(value.text, members, events::Reading::lenient)) return std::nullopt;
  return members;
}

std::optional<std::vector<Json>> items_of(const Json& value) {
  std::vector<Json> items;
  if (!value.text.starts_with('[') || !events::from_json(value.text, items, events::Reading::lenient)) return std::nullopt;
  return items;
}

// A text alone is no document to the reader, a list of one is.
std::optional<std::string> text_of(const Json& value) {
  std::vector<std::string> alone;
  if (!value.text.starts_with('"') || !events::from_json("[" + value.text + "]", alone, events::Reading::lenient)) return std::nullopt;
  return std::move(alone.front());
}

void add_errors(const events::ReadResult& read, const std::string& at, FieldRefusals& refusals) {
  for (const auto& error : read.errors) refusals.add(at + error.pointer, error.code, error.detail);
}

}  // namespace daybook::domain::automation
