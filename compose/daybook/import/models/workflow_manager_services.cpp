// Integrations and configs of AI providers: a team's, or a person's own, which are parts of their stream.
#include <algorithm>

#include "command-service/domain/ai_provider/ai_provider.hpp"
#include "command-service/domain/integration/integration.hpp"
#include "command-service/domain/user/user.hpp"
#include "compose/daybook/import/models/workflow_manager.hpp"

namespace daybook::importer::models::workflow_manager {
namespace {

using domain::AiProvider;
using domain::Integration;
using domain::User;
namespace ai = events::ai_provider;
namespace in = events::integration;
namespace us = events::user;

std::string lower(std::string words) {
  std::transform(words.begin(), words.end(), words.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return words;
}

// Whose it is. A row that names both is the team's.
struct Whose {
  std::optional<WorkspaceId> team;
  events::UserId user{};
};
Whose whose(Course& course, Values& values, std::string_view team_column, std::string_view user_column) {
  Whose found{};
  if (const auto team = number_ref(values, Table::workflow_manager_teams, team_column)) {
    found.team = place_of(course.sink, values, team, team_column);
    if (!values.is_null(user_column)) values.changed(user_column, "it is the team's");
  } else {
    found.user = needed_person(course, values, user_column);
  }
  return found;
}

// A column whose value never stands in the log in the clear: an object of credentials, or one that has no names.
struct Credentials {
  std::vector<std::string> names;
  events::Personal sealed;
};
Credentials credentials_in(Values& values) {
  const auto object = object_in(values, "credentials");
  Credentials found{};
  for (const auto& [name, value] : members_of(object).value_or(Members{})) found.names.push_back(name);
  found.sealed = events::Personal(object.text);
  return found;
}

void bring_integration(Course& course, Values& values) {
  const events::IntegrationId id{own_number(values, Table::workflow_manager_integrations)};
  const auto [team, user] = whose(course, values, "teamId", "userId");
  const auto type = lower(values.required_text("type"));
  auto credentials = credentials_in(values);
  const auto settings = object_in(values, "settings");
  const bool is_enabled = values.boolean("isEnabled").value_or(true);
  const auto synced_at = values.time("lastSyncAt");
  const auto created_at = values.required_time("createdAt");
  const auto updated_at = last_change(values, "updatedAt", created_at);
  Row row(values);
  if (team) {
    const auto stream = events::stream_of(id);
    row.stream(stream)
        .needs(*team, "teamId")
        .say<Integration>(stream, team, created_at, nobody(), {in::Connected{type, settings, is_enabled, std::move(credentials.names), std::move(credentials.sealed)}})
        .say<Integration>(stream, team, updated_at, nobody(), {in::BroughtForward{synced_at}});
  } else {
    const auto stream = events::stream_of(user);
    const auto self = user_actor(user);
    row.needs(stream, "userId").there_when([id](log::Settling& settling) { return settling.claimed(domain::scope::own_integration, id.text()).has_value(); });
    row.say<User>(stream, std::nullopt, created_at, self,
                  {us::IntegrationConnected{id, type, settings, is_enabled, std::move(credentials.names), std::move(credentials.sealed)}});
    if (synced_at) row.say<User>(stream, std::nullopt, updated_at, self, {us::IntegrationSynced{id, *synced_at}});
    else if (updated_at != created_at) row.say<User>(stream, std::nullopt, updated_at, self, {us::IntegrationReconfigured{id, settings}});
  }
  course.sink.bring(std::move(row));
}

struct Config {
  std::string provider;
  std::optional<std::string> endpoint;
  events::Json settings;
  bool is_enabled = true, has_api_key = false;
  std::optional<events::Decimal> monthly_budget;
  events::Personal api_key;
};
Config config_in(Values& values) {
  Config config{};
  config.provider = lower(values.required_text("provider"));
  config.endpoint = values.filled("endpoint");
  config.settings = object_in(values, "settings");
  config.is_enabled = values.boolean(either(values, "is_enabled", "isEnabled")).value_or(true);
  config.monthly_budget = values.decimal(either(values, "monthly_budget", "monthlyBudget"));
  const auto key = values.filled(either(values, "api_key", "apiKey"));
  config.has_api_key = key.has_value();
  config.api_key = events::Personal(key.value_or(""));
  return config;
}

void bring_ai_provider(Course& course, Values& values) {
  const events::AiProviderId id{own_number(values, Table::workflow_manager_ai_provider_configs)};
  const auto [team, user] = whose(course, values, either(values, "team_id", "teamId"), either(values, "user_id", "userId"));
  auto config = config_in(values);
  const auto spent = values.decimal(either(values, "current_spend", "currentSpend")).value_or(events::Decimal{});
  const auto tested_at = values.time(either(values, "last_tested_at", "lastTestedAt"));
  const auto error = values.filled(either(values, "last_error", "lastError"));
  const auto created_at = values.required_time(either(values, "created_at", "createdAt"));
  const auto updated_at = last_change(values, either(values, "updated_at", "updatedAt"), created_at);
  if (!team && spent.nanos != 0) values.changed("current_spend", "of a person's own config it is not kept");
  Row row(values);
  if (team) {
    const auto stream = events::stream_of(id);
    ai::BroughtForward forward{std::nullopt, tested_at, error};
    if (spent.nanos != 0) forward.current_spend = spent;
    row.stream(stream)
        .needs(*team, "team_id")
        .say<AiProvider>(stream, team, created_at, nobody(),
                         {ai::Added{config.provider, config.endpoint, config.settings, config.is_enabled, config.monthly_budget, usual_currency,
                                    config.has_api_key, std::move(config.api_key)}})
        .say<AiProvider>(stream, team, updated_at, nobody(), {forward});
  } else {
    const auto stream = events::stream_of(user);
    const auto self = user_actor(user);
    row.needs(stream, "user_id").there_when([id](log::Settling& settling) { return settling.claimed(domain::scope::own_ai_provider, id.text()).has_value(); });
    row.say<User>(stream, std::nullopt, created_at, self,
                  {us::AiProviderAdded{id, config.provider, config.endpoint, config.settings, config.is_enabled, config.monthly_budget, usual_currency,
                                       config.has_api_key, std::move(config.api_key)}});
    if (tested_at) row.say<User>(stream, std::nullopt, *tested_at, self, {us::AiProviderTested{id, !error, error}});
    if (updated_at != tested_at.value_or(created_at))
      row.say<User>(stream, std::nullopt, updated_at, self, {us::AiProviderReconfigured{id, config.endpoint, config.settings}});
  }
  course.sink.bring(std::move(row));
}

}  // namespace

void bring_integrations(Course& course) {
  read_all(course.source, "integrations", [&](Values& values) { bring_integration(course, values); });
}
void bring_ai_providers(Course& course) {
  read_all(course.source, "ai_provider_configs", [&](Values& values) { bring_ai_provider(course, values); });
}

}  // namespace daybook::importer::models::workflow_manager
