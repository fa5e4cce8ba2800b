#include "tests/e2e/views/translated.hpp"

#include <cmath>
#include <map>

namespace daybook::test {

namespace json = boost::json;

namespace {

struct Told {
  const Column& column;
  const Witness& witness;
  const Numbers& numbers;
  const json::object& own;

  [[nodiscard]] json::value number_of(const json::value& id) const {
    if (!id.is_string()) return nullptr;
    const auto number = numbers.of(std::string(id.get_string()));
    return number ? json::value(*number) : json::value("the number of " + std::string(id.get_string()));
  }
  [[nodiscard]] json::array numbers_of(const json::value& ids) const {
    json::array out;
    for (const auto& id : ids.as_array()) out.push_back(number_of(id));
    return out;
  }
  [[nodiscard]] const json::array& rows(const std::string& list) const { return witness.documents.at(list).at("data").as_array(); }
};

using Rule = std::optional<json::value> (*)(const Told&);

// Other names for keys, at every depth.
json::value renamed(const json::value& value, const std::map<std::string, std::string>& names) {
  if (value.is_array()) {
    json::array out;
    for (const auto& each : value.get_array()) out.push_back(renamed(each, names));
    return out;
  }
  if (!value.is_object()) return value;
  json::object out;
  for (const auto& [key, each] : value.get_object()) {
    const auto name = names.find(std::string(key));
    out[name == names.end() ? std::string(key) : name->second] = renamed(each, names);
  }
  return out;
}

std::optional<json::value> preferences(const Told& told) {
  if (told.own.at("preferences").is_null()) return json::object{};
  return renamed(told.own.at("preferences"),
                 {{"default_ai", "defaultAI"}, {"auto_save", "autoSave"}, {"font_size", "fontSize"}, {"key_bindings", "keyBindings"}});
}

std::optional<json::value> project_structure(const Told& told) {
  auto structure = renamed(told.own.at("project_structure"), {{"estimated_minutes", "estimatedMinutes"}, {"parent_order", "parentOrder"}}).as_object();
  for (auto& task : structure.at("tasks").as_array()) task.at("skills") = told.numbers_of(task.at("skills"));
  structure["skills"] = told.numbers_of(structure.at("skills"));
  return structure;
}

// Sums of kinds that do not overlap.
std::optional<json::value> tokens(const Told& told) {
  const auto& used = told.own.at("token_usage");
  if (used.is_null()) return nullptr;
  const auto sum = [&](std::initializer_list<const char*> kinds) {
    std::int64_t sum = 0;
    for (const auto* kind : kinds)
      if (const auto* count = used.as_object().if_contains(kind); count != nullptr && count->is_int64()) sum += count->get_int64();
    return sum;
  };
  return json::object{{"promptTokens", sum({"input", "cache_read", "cache_write"})},
                      {"completionTokens", sum({"output", "reasoning"})},
                      {"totalTokens", sum({"input", "cache_read", "cache_write", "output", "reasoning", "unsplit"})}};
}

std::optional<json::value> watchers(const Told& told) {
  json::array ids;
  for (const auto& watcher : told.rows("watchers")) ids.push_back(told.number_of(watcher.at("user_id")));
  return ids;
}

std::optional<json::value> commits(const Told& told) {
  json::array out;
  for (const auto& commit : told.rows("commits"))
    out.push_back(json::object{{"sha", commit.at("sha")},
                               {"message", commit.at("message")},
                               {"author", commit.at("author").at("full_name")},
                               {"timestamp", commit.at("committed_at")},
                               {"url", commit.at("url")}});
  return out;
}

std::optional<json::value> reviews(const Told& told) {
  json::array out;
  for (const auto& review : told.rows("reviews"))
    out.push_back(json::object{{"user_id", told.number_of(review.at("user_id"))},
                               {"rating", review.at("rating")},
                               {"comment", review.at("comment")},
                               {"created_at", review.at("created_at")}});
  return out;
}

std::optional<json::value> mentions(const Told& told) { return told.numbers_of(told.own.at("mentions")); }

std::optional<json::value> reactions(const Told& told) {
  json::object out;
  for (const auto& [emoji, people] : told.own.at("reactions").as_object()) out[emoji] = told.numbers_of(people);
  return out;
}

// {field: [before, after]} is there {before: {field}, after: {field}}.
std::optional<json::value> changes(const Told& told) {
  json::object before, after;
  for (const auto& [field, values] : told.own.at("changes").as_object()) {
    before[field] = values.at(0);
    after[field] = values.at(1);
  }
  return json::object{{"before", before}, {"after", after}};
}

// What happened does not change.
std::optional<json::value> when_it_happened(const Told& told) { return told.own.at("created_at"); }

// There are no such columns in the API: a status and a revision say as much.
std::optional<json::value> is_active(const Told& told) { return told.own.at("status") == "active"; }
std::optional<json::value> revision(const Told& told) { return told.own.at("revision"); }
std::optional<json::value> semantic_version(const Told& told) { return told.own.at("semantic_version"); }

// There what counts in a month is named as its limit is.
std::optional<json::value> usage(const Told& told) {
  const auto& used = told.own.at("usage");
  return json::object{
      {"agents", used.at("agents")}, {"workflows", used.at("workflows")}, {"executions_per_month", used.at("executions_this_month")}};
}

// Those of the list; without one, what the one role comes to.
std::optional<json::value> roles(const Told& told) {
  if (!told.own.at("roles").as_array().empty()) return told.own.at("roles");
  const auto role = told.own.at("role").as_string();
  return json::array{role == "owner" || role == "admin" ? "admin" : "user"};
}

std::optional<json::value> permissions(const Told& told) {
  json::array granted;
  for (const auto& [name, is_granted] : told.own.at("permissions").as_object())
    if (is_granted == true) granted.emplace_back(name);
  return granted;
}

std::optional<json::value> whole_seconds(const Told& told) {
  const auto& seconds = told.own.at("execution_time");
  if (seconds.is_null()) return nullptr;
  return static_cast<std::int64_t>(std::nearbyint(seconds.to_number<double>()));
}

// Archiving, which stands beside the status here, is a status there.
std::optional<json::value> status_of_project(const Told& told) {
  if (told.own.at("is_archived") == true) return "archived";
  return told.own.at("status");
}

// The story's only one is an issue's.
constexpr std::int64_t rows_of_one_number = 1024, code_of_tasks = 4;
std::optional<json::value> search_index(const Told& told) {
  return told.number_of(told.own.at("entity_id")).as_int64() * rows_of_one_number + code_of_tasks;
}

// Of columns that are made otherwise than by taking over the field.
const std::map<std::string, Rule>& rules() {
  static const std::map<std::string, Rule> rules{{"workflow_manager.users.preferences", preferences},
                                                 {"workflow_manager.templates.projectStructure", project_structure},
                                                 {"workflow_manager.tasks.tokenUsage", tokens},
                                                 {"workflow_manager.task_executions.tokensUsed", tokens},
                                                 {"workflow_manager.task_executions.duration", whole_seconds},
                                                 {"workflow_manager.tasks.watcherIds", watchers},
                                                 {"workflow_manager.tasks.gitCommits", commits},
                                                 {"workflow_manager.skills.reviews", reviews},
                                                 {"workflow_manager.skills.version", revision},
                                                 {"workflow_manager.comments.mentions", mentions},
                                                 {"workflow_manager.comments.reactions", reactions},
                                                 {"workflow_manager.activities.changes", changes},
                                                 {"workflow_manager.activities.updatedAt", when_it_happened},
                                                 {"workflow_manager.projects.status", status_of_project},
                                                 {"prism.projects.status", status_of_project},
                                                 {"workflow_manager.search_indexes.id", search_index},
                                                 {"agent_factory.users.is_active", is_active},
                                                 {"agent_factory.users.roles", roles},
                                                 {"agent_factory.users.permissions", permissions},
                                                 {"agent_factory.tenants.usage", usage},
                                                 {"agent_factory.blueprints.version", semantic_version}};
  return rules;
}

// Our word, and theirs where they have another one.
struct Word {
  const char *column, *ours, *theirs;
};
constexpr Word words[] = {{"platform.issues.status", "in_progress", "in-progress"},
                          {"platform.activity_logs.action", "edited", "issue.updated"},
                          {"workflow_manager.tasks.status", "backlog", "todo"},
                          {"workflow_manager.task_executions.status", "completed", "success"},
                          {"workflow_manager.activities.type", "issue.edited", "task_updated"},
                          {"workflow_manager.search_indexes.entityType", "issue", "task"},
                          {"prism.organization_members.role", "owner", "admin"},
                          {"prism.stories.priority", "urgent", "critical"}};

json::value in_their_words(const Column& column, const json::value& ours) {
  if (!ours.is_string()) return ours;
  for (const auto& word : words)
    if (column.text() == word.column && ours.get_string() == word.ours) return word.theirs;
  return ours;
}

// Free JSON that nobody has sent is null here; there it may be an empty object.
json::value unsaid(const Column& column) {
  const auto words = column.default_value();
  return words == "{}" || words == "[]" ? json::parse(words) : json::value(nullptr);
}

json::value number(const Told& told) {
  if (told.column.field != "id") return told.number_of(told.own.at(told.column.field));
  const auto number = Numbers::of_document(told.own);
  return number ? json::value(*number) : told.number_of(told.own.at("id"));
}

}  // namespace

std::optional<json::value> translated(const Column& column, const Witness& witness, const Numbers& numbers) {
  const auto* own = witness.document(column.entity);
  if (own == nullptr) return std::nullopt;
  const Told told{column, witness, numbers, *own};
  if (const auto rule = rules().find(column.text()); rule != rules().end()) return rule->second(told);
  const auto* value = own->if_contains(column.field);
  if (value == nullptr) return std::nullopt;
  if (column.how == "int-id") return number(told);
  if (value->is_null()) return unsaid(column);
  return in_their_words(column, *value);
}

}  // namespace daybook::test
