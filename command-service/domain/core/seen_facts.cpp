#include "command-service/domain/core/seen_facts.hpp"

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/core/permission.hpp"

namespace daybook::domain {

std::string key_of_person(StreamId project, events::UserId user) { return project.text() + ":" + user.text(); }

std::optional<Reference> SeenFacts::reference(StreamId stream) const {
  auto found = all_.reference(stream);
  if (!found) return found;
  const bool is_hidden = (found->restricted && !is_let_in(stream)) || (found->owner && is_gone(*found->owner));
  return is_hidden ? std::nullopt : found;
}

bool SeenFacts::is_gone(StreamId owner) const {
  const auto found = all_.reference(owner);
  return found && found->deleted;
}

// Both claims are asked at once: one that is not known yet is fetched together with the other.
bool SeenFacts::is_let_in(StreamId project) const {
  if (context_.agent) return false;  // what is private is for people
  if (!context_.user) return true;   // the program itself
  if (is_at_least(context_, MemberRole::admin)) return true;
  const auto key = key_of_person(project, *context_.user);
  const bool member = claimed(scope::project_member, key).has_value();
  const bool owner = claimed(scope::project_owner, key).has_value();
  return member || owner;
}

}  // namespace daybook::domain
