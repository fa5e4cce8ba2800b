#pragma once
// What is published in a workspace and may be listed for all others: skills, templates. Who knows of it, who changes it. Its state
// has workspace_id, is_public, author and deleted_at.
#include <algorithm>

#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/core/texts.hpp"

namespace daybook::domain::published {

template <class State>
StreamId container_of(const State& state) {
  return events::stream_of(state.workspace_id);
}

// Whether callers in that workspace know of it at all: it is theirs, or listed.
template <class State>
bool is_known_in(const State& state, events::WorkspaceId workspace) {
  return state.version.value > 0 && (state.workspace_id == workspace || state.is_public);
}
// The same, and it is there to be used.
template <class State>
bool is_usable_in(const State& state, events::WorkspaceId workspace, const Facts& facts) {
  return is_known_in(state, workspace) && facts.open(events::stream_of(state.id));
}

// Of a thing that was withdrawn, whose workspace or author is gone, or of which the caller cannot know.
template <class State>
std::optional<Rejection> refuse_unknown(const State& state, std::string_view what, const CommandContext& context, const Facts& facts) {
  if (is_usable_in(state, workspace_of(context).id, facts)) return std::nullopt;
  return not_found(std::string(what));
}

// Whether the caller may do that in the workspace where it lives.
template <class State>
bool is_manager_of(const State& state, Permission manage, const CommandContext& context) {
  return state.workspace_id == workspace_of(context).id && context.role && allowed(manage, *context.role);
}

// Its author, or who manages all of its kind where it lives.
template <class State>
std::optional<Rejection> refuse_stranger(const State& state, std::string_view what, Permission manage, const CommandContext& context) {
  const bool is_author = context.user && state.author_type == events::ActorType::user && state.author_id &&
                         state.author_id->value == context.user->value;
  if (is_author || is_manager_of(state, manage, context)) return std::nullopt;
  return forbidden("Only its author or an admin may change this " + std::string(what) + ".");
}

inline std::optional<Rejection> refuse_unless_superuser(std::string_view what, const CommandContext& context) {
  if (context.is_superuser) return std::nullopt;
  return forbidden("Only a superuser makes a " + std::string(what) + " official.");
}

// Free JSON that must be a list. `value` is known to be well-formed.
inline void check_list(const events::Json& value, std::string pointer, FieldRefusals& refusals) {
  const auto first = value.text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || value.text[first] != '[') refusals.add(std::move(pointer), "wrong-type", "Expected a list.");
}

inline constexpr std::size_t tags_max = 20;  // of one thing

// Each once, in the order they were named.
inline std::vector<std::string> distinct(const std::vector<Tag>& named) {
  std::vector<std::string> tags;
  for (const auto& tag : named)
    if (std::find(tags.begin(), tags.end(), tag.text) == tags.end()) tags.push_back(tag.text);
  return tags;
}
inline void check_tags(const std::vector<std::string>& tags, std::string_view what, FieldRefusals& refusals) {
  if (tags.size() > tags_max) refusals.add("/tags", "too-many", "A " + std::string(what) + " can have at most 20 tags.");
}

template <class Event, class Happened>
std::vector<Event> only_if(bool changes, Happened event) {
  if (!changes) return {};
  return {std::move(event)};
}

}  // namespace daybook::domain::published
