// daybook admin: what nobody may do over HTTP before the first superuser is there. It appends beside whatever serves: several
// appenders share one log, each batch under the log's lock.
#include <iostream>

#include "command-service/domain/core/address.hpp"
#include "command-service/domain/registry.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/log/appender.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/tools.hpp"
#include "platform/crypto/uuid_source.hpp"

namespace daybook::app {
namespace {

using domain::User;

// One command about the user with that address; `changed` says afterwards whether it wrote anything.
template <class Command>
log::Item about(const domain::Email& email, const Command& command, bool& changed) {
  return {[email, command, &changed](log::Settling& settling) -> domain::Result<log::Accepted> {
            const auto user = settling.claimed_personal(domain::scope::email, email.text);
            if (!user) return domain::not_found("user");
            domain::CommandContext context{};
            context.now = settling.now();
            auto events = decide(settling.load<User>(*user), command, context, settling);
            if (!events) return std::move(events.error());
            changed = !events->empty();
            if (auto appended = settling.append<User>(*user, std::nullopt, *events); !appended) return std::move(appended.error());
            return log::Accepted{200, events::StreamType::user, *user, user->value, settling.load<User>(*user).version, nullptr};
          },
          std::nullopt};
}

void carry_out(const Config& config, log::Item item, const std::string& email) {
  const auto deployment = open_deployment(config);
  crypto::UuidV7Source ids;
  log::Appender::Options options;
  options.clock = system_now;
  options.aggregates = domain::aggregate_ops_of;
  options.new_event_id = [&ids] { return events::EventId{ids.next()}; };
  log::Appender appender(std::make_unique<log::PgStore>(config.database_url, log::PgStoreOptions{config.allow_unsafe}), deployment.ring,
                         std::move(options));
  log::Request request{};
  request.caller.correlation_id = events::CorrelationId{ids.next()};
  request.items.push_back(std::move(item));
  const auto reply = appender.submit_and_wait(std::move(request));
  if (const auto* away = std::get_if<log::Unavailable>(&reply)) throw Refusal("Nothing was changed: " + away->reason, exit_failed);
  const auto& outcome = std::get<log::Outcome>(reply);
  if (const auto& done = outcome.items.front(); !done)
    throw Refusal(done.error().code == "not-found" ? "Nobody is registered as " + email + "." : done.error().detail, exit_failed);
}

domain::Email address(const std::string& email) {
  if (const auto refused = domain::Email::rule(email)) throw Refusal("'" + email + "' is no e-mail address. " + std::string(refused->detail), exit_failed);
  return domain::Email(email);
}

}  // namespace

int grant_superuser(const Config& config, const std::string& email) {
  bool changed = false;
  carry_out(config, about(address(email), domain::user::GrantSuperuser{}, changed), email);
  std::cout << email << (changed ? " is a superuser from now on.\n" : " was a superuser already.\n");
  return 0;
}

int revoke_superuser(const Config& config, const std::string& email) {
  bool changed = false;
  carry_out(config, about(address(email), domain::user::RevokeSuperuser{}, changed), email);
  std::cout << email << (changed ? " is no superuser any more.\n" : " was no superuser.\n");
  return 0;
}

}  // namespace daybook::app
