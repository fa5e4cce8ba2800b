#include "compat/platform/shapes.hpp"

#include <string_view>

#include "compat/platform/words.hpp"

namespace daybook::compat {
namespace {

// An unset field may be left out.
json::value of(const json::object& ours, std::string_view name) {
  const auto* value = ours.if_contains(name);
  return value ? *value : json::value();
}

json::value word_of(Words words, const json::value& ours) {
  return ours.is_string() ? json::value(theirs_of(words, std::string_view(ours.as_string()))) : json::value();
}
json::value word_of(Words words, const json::object& ours, std::string_view name) { return word_of(words, of(ours, name)); }

json::value or_empty(json::value object) { return object.is_null() ? json::value(json::object()) : object; }

// Whoever acts is a member there, though the creator of an issue is a user.
json::value actor_of(const json::object& ours, std::string_view name) { return word_of(assignee_types, ours, name); }

// How an issue's fields are named and worded in what is told of a change to it.
struct Told {
  std::string_view theirs, ours;
  Words words = {};
};
constexpr Told told_of_issues[] = {{"title", "title"},
                                   {"description", "description"},
                                   {"status", "status", issue_statuses},
                                   {"priority", "priority", priorities},
                                   {"assignee_type", "assignee_type", assignee_types},
                                   {"assignee_id", "assignee_id"},
                                   {"project_id", "project_id"},
                                   {"parent_issue_id", "parent_id"}};

// {field: value after} of `changes`, which has {field: [before, after]}.
json::object fields_after(const json::object& changes) {
  json::object fields;
  for (const auto& told : told_of_issues) {
    const auto* change = changes.if_contains(told.ours);
    if (!change) continue;
    const auto& after = change->as_array().at(1);
    fields[told.theirs] = told.words.empty() ? after : word_of(told.words, after);
  }
  return fields;
}

}  // namespace

json::object user_shape(const json::object& ours) {
  return {{"id", of(ours, "id")}, {"name", of(ours, "username")}, {"email", of(ours, "email")}, {"avatar_url", of(ours, "avatar")},
          {"created_at", of(ours, "created_at")}};
}

json::object workspace_shape(const json::object& ours) {
  return {{"id", of(ours, "id")},
          {"name", of(ours, "name")},
          {"slug", of(ours, "slug")},
          {"description", of(ours, "description")},
          {"settings", or_empty(of(ours, "settings"))},
          {"created_at", of(ours, "created_at")}};
}

json::object member_shape(const json::object& ours) {
  return {{"id", of(ours, "id")},
          {"workspace_id", of(ours, "workspace_id")},
          {"user_id", of(ours, "user_id")},
          {"role", word_of(roles, ours, "role")},
          {"created_at", of(ours, "created_at")}};
}

json::object project_shape(const json::object& ours) {
  const auto lead = of(ours, "owner_id");
  return {{"id", of(ours, "id")},
          {"workspace_id", of(ours, "workspace_id")},
          {"title", of(ours, "name")},
          {"description", of(ours, "description")},
          {"icon", of(ours, "emoji")},
          {"status", word_of(project_statuses, ours, "status")},
          {"lead_type", lead.is_null() ? json::value() : json::value("member")},
          {"lead_id", lead},
          {"created_at", of(ours, "created_at")}};
}

json::object issue_shape(const json::object& ours) {
  return {{"id", of(ours, "id")},
          {"workspace_id", of(ours, "workspace_id")},
          {"project_id", of(ours, "project_id")},
          {"title", of(ours, "title")},
          {"description", of(ours, "description")},
          {"status", word_of(issue_statuses, ours, "status")},
          {"priority", word_of(priorities, ours, "priority")},
          {"assignee_type", word_of(assignee_types, ours, "assignee_type")},
          {"assignee_id", of(ours, "assignee_id")},
          {"creator_type", of(ours, "created_by_type")},
          {"creator_id", of(ours, "created_by_id")},
          {"number", of(ours, "number")},
          {"identifier", of(ours, "identifier")},
          {"parent_issue_id", of(ours, "parent_id")},
          {"created_at", of(ours, "created_at")}};
}

json::object comment_shape(const json::object& ours) {
  return {{"id", of(ours, "id")},
          {"issue_id", of(ours, "issue_id")},
          {"author_type", actor_of(ours, "author_type")},
          {"author_id", of(ours, "author_id")},
          {"parent_id", of(ours, "parent_id")},
          {"content", of(ours, "content")},
          {"type", "comment"},
          {"created_at", of(ours, "created_at")}};
}

json::object agent_shape(const json::object& ours) {
  return {{"id", of(ours, "id")},
          {"workspace_id", of(ours, "workspace_id")},
          {"name", of(ours, "name")},
          {"avatar_url", nullptr},
          {"runtime_mode", word_of(runtime_modes, ours, "runtime_mode")},
          {"instructions", of(ours, "instructions")},
          {"status", word_of(agent_statuses, ours, "status")},
          {"max_concurrent_tasks", of(ours, "max_concurrent_tasks")},
          {"owner_type", nullptr},
          {"owner_id", of(ours, "owner_id")},
          {"created_at", of(ours, "created_at")}};
}

json::object label_shape(const json::object& ours) {
  return {{"id", of(ours, "id")}, {"workspace_id", of(ours, "workspace_id")}, {"name", of(ours, "name")}, {"color", of(ours, "color")}};
}

json::object dependency_shape(const json::object& ours) {
  return {{"id", of(ours, "id")},
          {"issue_id", of(ours, "issue_id")},
          {"depends_on_issue_id", of(ours, "depends_on_id")},
          {"type", word_of(dependency_types, ours, "dependency_type")}};
}

// The platform has two words, for an issue that was created or updated; everything else that happens is told in ours.
json::object activity_shape(const json::object& ours) {
  json::value action = of(ours, "type"), details = or_empty(of(ours, "details"));
  if (action == "issue.opened") {
    const json::object opened = details.as_object();
    action = "issue.created";
    details = json::object{{"title", of(opened, "title")}, {"identifier", of(opened, "identifier")}};
  } else if (of(ours, "entity_type") == "issue") {
    const auto fields = fields_after(or_empty(of(ours, "changes")).as_object());
    if (!fields.empty()) {
      action = "issue.updated";
      details = json::object{{"fields", fields}};
    }
  }
  return {{"id", of(ours, "id")},
          {"workspace_id", of(ours, "workspace_id")},
          {"entity_type", of(ours, "entity_type")},
          {"entity_id", of(ours, "entity_id")},
          {"issue_id", of(ours, "issue_id")},
          {"actor_type", actor_of(ours, "actor_type")},
          {"actor_id", of(ours, "actor_id")},
          {"action", action},
          {"details", details},
          {"created_at", of(ours, "created_at")}};
}

}  // namespace daybook::compat
