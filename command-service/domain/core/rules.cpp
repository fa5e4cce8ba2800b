#include "command-service/domain/core/rules.hpp"

#include <stdexcept>

namespace daybook::domain {

void FieldRefusals::add(std::string pointer, std::string code, std::string detail) {
  errors_.push_back({std::move(pointer), std::move(code), std::move(detail)});
}

Rejection FieldRefusals::rejection() const {
  return {Rejection::Kind::invalid, errors_.front().code, errors_.front().detail, errors_, std::nullopt};
}

void check_object(const std::optional<events::Json>& value, std::string pointer, FieldRefusals& refusals) {
  if (!value) return;
  const auto first = value->text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && value->text[first] == '{') return;
  refusals.add(std::move(pointer), "wrong-type", "Expected an object.");
}

void check_range(std::optional<std::int64_t> value, std::int64_t least, std::int64_t most, std::string pointer, FieldRefusals& refusals) {
  if (!value || (*value >= least && *value <= most)) return;
  refusals.add(std::move(pointer), "out-of-range",
               "Expected a number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
}

const events::workspace::State& workspace_of(const CommandContext& context) {
  if (context.workspace == nullptr) throw std::logic_error("a command within a workspace was not admitted to one");
  return *context.workspace;
}

Result<events::UserId> person_of(const CommandContext& context) {
  if (context.user) return *context.user;
  return forbidden("Only a person can do this.");
}

Rejection id_taken() { return already_exists("/id", "This id is taken."); }

bool is_member(const CommandContext& context, events::UserId user) {
  return events::workspace::find_member(workspace_of(context), user) != nullptr;
}

std::optional<events::UserId> chosen_owner(const events::Patch<events::UserId>& owner, const CommandContext& context, FieldRefusals& refusals) {
  if (!owner.sent) return context.user;
  if (owner.value && !is_member(context, *owner.value))
    refusals.add("/owner_id", "unknown-reference", "The owner is not a member of this workspace.");
  return owner.value;
}

void claim_again(Effects& effects, std::string_view scope, std::string_view key, std::string_view pointer) {
  effects.release(scope, key);
  effects.claim(scope, key, pointer);
}

}  // namespace daybook::domain
