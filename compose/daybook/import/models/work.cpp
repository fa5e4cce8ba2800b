// Projects and issues: keys and numbers, which depend on what the log holds when they are written.
#include <algorithm>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/issue/issue.hpp"
#include "command-service/domain/issue/ranks.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "compose/daybook/import/models/things.hpp"
#include "platform/text/slug.hpp"

namespace daybook::importer::models {
namespace {

constexpr std::size_t key_suffix_characters_max = 6;

std::string capitals_of(const text::Uuid& id) {
  return text::with_capitals(spare_of(id, key_suffix_characters_max));
}

}  // namespace

Actor actor_in(Sink& sink, Values& values, std::string_view column) {
  const auto id = uuid_in(sink, values, column, "users");
  if (!id) return nobody();
  const events::UserId theirs{*id};
  if (sink.people().is_known(theirs)) return user_actor(sink.people().here(theirs));
  return {sink.places().has(*id) ? events::ActorType::agent : events::ActorType::system, events::PrincipalId{*id}};
}

std::string free_project_key(events::WorkspaceId workspace, events::ProjectId project, const std::optional<std::string>& wanted,
                             const std::string& name, log::Settling& settling, Told& told) {
  const auto taken = [&](const std::string& key) { return settling.claimed(domain::scope::project_key, domain::key_in(workspace, key)).has_value(); };
  const auto capitals = wanted ? text::with_capitals(*wanted) : std::string();
  if (text::valid_project_key(capitals) && !taken(capitals)) {
    if (capitals != *wanted) told.changed("key", "'" + *wanted + "' is written '" + capitals + "' here");
    return capitals;
  }
  auto base = text::valid_project_key(capitals) ? capitals : text::project_key_from(wanted.value_or(name));
  base.resize(std::min(base.size(), text::project_key_characters_max - key_suffix_characters_max));
  const auto key = domain::first_free(base, "", capitals_of(project.value), taken);
  if (wanted) told.changed("key", "'" + *wanted + "' is taken or no key: '" + key + "' stands for it");
  return key;
}

void number_issue(events::WorkspaceId workspace, const std::optional<std::int64_t>& wanted, events::issue::Opened& opened, log::Settling& settling,
                  Told& told) {
  const auto given = settling.counter(domain::scope::issue_number, events::stream_of(workspace));
  opened.number = wanted && *wanted > given ? *wanted : given + 1;
  if (wanted && *wanted <= given)
    told.changed("issue_number", std::to_string(*wanted) + " is given to another issue: " + std::to_string(opened.number) + " stands for it");
  if (const auto skipped = opened.number - given - 1; skipped > 0) opened.numbers_skipped = skipped;
  opened.identifier = settling.load<domain::Workspace>(events::stream_of(workspace)).issue_prefix + "-" + std::to_string(opened.number);
  if (opened.position == 0) opened.position = domain::issue::own_position(opened.number);
}

void open_issue(Row& row, events::IssueId id, events::WorkspaceId workspace, events::issue::Opened opened,
                const std::optional<std::int64_t>& number, text::Instant at, Actor by) {
  row.stream(events::stream_of(id)).in(workspace).needs(workspace, "workspace_id");
  if (opened.project_id) row.needs(*opened.project_id, "project_id");
  row.say(at, by, [id, workspace, opened = std::move(opened), number](log::Settling& settling, Told& told) -> domain::Result<void> {
    auto numbered = opened;
    number_issue(workspace, number, numbered, settling, told);
    return settling.append<domain::Issue>(events::stream_of(id), workspace, {numbered});
  });
}

}  // namespace daybook::importer::models
