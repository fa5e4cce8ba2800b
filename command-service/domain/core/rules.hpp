#pragma once
// What the rules of several aggregates have in common: collecting refused fields, laying a merge patch over a
// state, and asking whether a thing is there at all.
#include <concepts>

#include "command-service/domain/core/context.hpp"

namespace daybook::domain {

// Every refused field of one command, so that its sender learns them all at once.
class FieldRefusals {
 public:
  void add(std::string pointer, std::string code, std::string detail);
  bool any() const { return !errors_.empty(); }
  Rejection rejection() const;

 private:
  std::vector<events::FieldError> errors_;
};

// A command's value as an event holds it: a ruled text becomes plain, all else stays.
template <class T>
auto plain(const T& value) {
  if constexpr (std::is_base_of_v<events::Text<T>, T>)
    return value.text;
  else
    return value;
}
template <class T>
auto plain(const std::optional<T>& value) -> std::optional<decltype(plain(*value))> {
  if (!value) return std::nullopt;
  return plain(*value);
}

// Lays a patch over a field that can be unset.
template <class T, class Field>
void put(const events::Patch<T>& patch, std::optional<Field>& field) {
  if (patch.sent) field = plain(patch.value);
}
// Over one that cannot.
template <class T, class Field>
void put(const events::Patch<T>& patch, Field& field, std::string pointer, FieldRefusals& refusals) {
  if (!patch.sent) return;
  if (patch.value)
    field = plain(*patch.value);
  else
    refusals.add(std::move(pointer), "required", "This field cannot be cleared.");
}

// Free JSON that must be an object. `value` is known to be well-formed.
void check_object(const std::optional<events::Json>& value, std::string pointer, FieldRefusals& refusals);
void check_range(std::optional<std::int64_t> value, std::int64_t least, std::int64_t most, std::string pointer, FieldRefusals& refusals);

// The workspace the command was admitted to.
const events::workspace::State& workspace_of(const CommandContext& context);

// The user in the context, where a person is needed.
Result<events::UserId> person_of(const CommandContext& context);

// A stream of this id exists already, here or where the caller cannot see it.
Rejection id_taken();

// Whether the thing was never there, lies in another workspace, or lies in something deleted: to the caller
// all the same.
template <class State>
std::optional<Rejection> refuse_hidden(const State& state, StreamId container, std::string_view what,
                                       const CommandContext& context, const Facts& facts) {
  const bool there =
      state.version.value > 0 && state.workspace_id == workspace_of(context).id && facts.open(container);
  if (there) return std::nullopt;
  return not_found(std::string(what));
}
// The same, and whether it is deleted itself: only a restoration may touch what is.
template <class State>
std::optional<Rejection> refuse_gone(const State& state, StreamId container, std::string_view what,
                                     const CommandContext& context, const Facts& facts) {
  if (state.deleted_at) return not_found(std::string(what));
  return refuse_hidden(state, container, what, context, facts);
}

bool is_member(const CommandContext& context, events::UserId user);

// The owner of a new thing: not sent means the caller, null means nobody, anyone else must be a member.
std::optional<events::UserId> chosen_owner(const events::Patch<events::UserId>& owner, const CommandContext& context, FieldRefusals& refusals);

// Claims a key that stays claimed for ever, even by a stream that already holds it from earlier: one's own
// old slug may be taken up again. That nobody else holds it, decide has checked over the same facts.
void claim_again(Effects& effects, std::string_view scope, std::string_view key, std::string_view pointer);

}  // namespace daybook::domain
