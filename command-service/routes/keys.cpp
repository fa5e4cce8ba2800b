#include "command-service/routes/keys.hpp"

#include <map>
#include <mutex>

#include "command-service/domain/agent/agent.hpp"
#include "command-service/domain/api_key/api_key.hpp"
#include "command-service/log/settling.hpp"
#include "schemas/api/known_holders.hpp"

namespace daybook::routes {
namespace {

using domain::Agent;
using domain::ApiKey;

constexpr std::size_t keys_noted_max = 16384;   // remembered to have been noted within the minute

// Both claims are asked at once, so that one trip fetches either.
std::optional<api::Principal> holder_of(log::Settling& settling, const std::string& digest) {
  const auto key = settling.claimed_personal(domain::scope::api_key, digest);
  const auto agent = settling.claimed(domain::scope::agent_token, digest);
  api::Principal holder{};
  if (key) {
    holder.user = settling.load<ApiKey>(*key).user_id;
    holder.api_key = events::ApiKeyId{key->value};
    return holder;
  }
  if (!agent) return std::nullopt;
  const auto& state = settling.load<Agent>(*agent);
  if (!state.token_id) return std::nullopt;
  holder.agent = events::AgentId{agent->value};
  holder.agent_token = *state.token_id;
  return holder;
}

// What the program notes of a key; each decides whether there is anything to note.
domain::Result<log::Accepted> note(log::Settling& settling, events::ApiKeyId id) {
  const auto stream = events::stream_of(id);
  domain::CommandContext context{};
  context.now = settling.now();
  const auto append = [&](domain::Decision<events::api_key::Event> decided) -> domain::Result<void> {
    if (!decided) return std::move(decided.error());
    return settling.append<ApiKey>(stream, settling.load<ApiKey>(stream).workspace_id, *decided);
  };
  if (auto done = append(decide(settling.load<ApiKey>(stream), domain::api_key::Expire{}, context, settling)); !done) return std::move(done.error());
  if (auto done = append(decide(settling.load<ApiKey>(stream), domain::api_key::Use{}, context, settling)); !done) return std::move(done.error());
  return log::Accepted{};
}

log::Request by_the_program(const CommandTools& tools, log::Execute execute) {
  log::Request request{};
  request.caller.correlation_id = events::CorrelationId{tools.ids->next()};
  request.items.push_back({std::move(execute), std::nullopt});
  return request;
}

// When each key was last noted by this process.
class Noted {
 public:
  bool is_time_for(events::ApiKeyId key, text::Instant now) {
    const std::lock_guard lock(mutex_);
    if (times_.size() >= keys_noted_max) times_.clear();
    const auto [known, is_new] = times_.try_emplace(key, now);
    if (!is_new && now - known->second < domain::api_key::use_noted_every) return false;
    known->second = now;
    return true;
  }

 private:
  std::mutex mutex_;
  std::map<events::ApiKeyId, text::Instant> times_;
};

}  // namespace

api::FindHolder holder_finder(const CommandTools& tools) {
  return [&tools, known = std::make_shared<api::KnownHolders>()](std::string digest, std::function<void(api::Holder)> then) {
    if (auto holder = known->find(digest)) return then(std::move(holder));
    const auto found = std::make_shared<std::optional<api::Principal>>();
    auto question = by_the_program(tools, [found, digest](log::Settling& settling) -> domain::Result<log::Accepted> {
      *found = holder_of(settling, digest);
      return log::Accepted{};
    });
    const auto after = [&tools, known, digest, found, then](log::Reply reply) {
      if (const auto* away = std::get_if<log::Unavailable>(&reply)) return then(api::unavailable(away->reason));
      if (!*found) return then(*found);
      known->keep(digest, **found);
      if (!tools.when_readable) return then(*found);
      tools.when_readable(std::get<log::Outcome>(reply).position, [found, then] { then(*found); });
    };
    if (!tools.appender->submit(std::move(question), after)) then(api::unavailable("Too many requests are waiting; come again in a moment."));
  };
}

std::function<void(const api::Call&)> use_noter(const CommandTools& tools) {
  return [&tools, noted = std::make_shared<Noted>()](const api::Call& call) {
    const auto key = *call.principal->api_key;
    if (!noted->is_time_for(key, tools.clock())) return;
    // Where the queue is full it goes unnoted, until the key is shown again a minute later.
    (void)tools.appender->submit(by_the_program(tools, [key](log::Settling& settling) { return note(settling, key); }), [](const log::Reply&) {});
  };
}

}  // namespace daybook::routes
