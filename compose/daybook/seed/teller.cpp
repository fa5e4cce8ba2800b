#include "compose/daybook/seed/teller.hpp"

#include <stdexcept>

#include "command-service/domain/access/access.hpp"
#include "command-service/domain/user/notifications.hpp"
#include "command-service/domain/user/user.hpp"
#include "command-service/domain/workspace/workspace.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::seed {

// What the routes make of more than a body.
struct NewPerson {
  domain::Email email{};
  std::optional<domain::Name> full_name;
  std::optional<domain::Timezone> timezone;
  std::optional<domain::Locale> locale;
};
BOOST_DESCRIBE_STRUCT(NewPerson, (), (email, full_name, timezone, locale))

struct NotificationRead {
  events::NotificationId notification_id{};
};
BOOST_DESCRIBE_STRUCT(NotificationRead, (), (notification_id))

namespace {

using domain::Result;
using domain::User;
using domain::Workspace;
using events::StreamId;
using events::WorkspaceId;

constexpr std::string_view spare_characters = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::size_t spare_length = 6, personal_slug_length = 8;

std::string letters(Chance chance, std::size_t count) {
  std::string out;
  while (out.size() < count)
    out += spare_characters[static_cast<std::size_t>(chance.from(0, static_cast<std::int64_t>(spare_characters.size()) - 1))];
  return out;
}

// A step as the appender's thread looks at it.
struct Told {
  Step step;
  text::Uuid drawn{};  // for what a command makes without naming an id
  std::string spare;
};

domain::CommandContext context_of(const log::Settling& settling, const Told& told) {
  domain::CommandContext context{};
  const auto& by = told.step.by;
  switch (by.kind) {
    case Actor::Kind::program: context.is_superuser = true; break;
    case Actor::Kind::person:
      context.actor_type = events::ActorType::user;
      context.user = events::UserId{by.id};
      break;
    case Actor::Kind::agent:
      context.actor_type = events::ActorType::agent;
      context.agent = events::AgentId{by.id};
      break;
  }
  if (by.kind != Actor::Kind::program) context.actor_id = events::PrincipalId{by.id};
  context.now = settling.now();
  if (settling.occurred_at() != settling.now()) context.occurred_at = settling.occurred_at();
  context.origin = settling.caller().origin;
  context.fresh_id = told.drawn;
  context.spare = told.spare;
  return context;
}

template <class T>
T read(const Step& step) {
  T out{};
  if (const auto read = events::read_json(events::type_info<T>(), step.data, &out, events::Reading::strict); !read)
    throw std::logic_error(step.type + " is not understood: " + step.data);
  return out;
}

template <class A>
log::Accepted done(log::Settling& settling, StreamId stream) {
  return {200, A::stream_type, stream, stream.value, settling.load<A>(stream).version, nullptr};
}

template <class A, class C>
Result<void> append(log::Settling& settling, StreamId stream, std::optional<WorkspaceId> workspace, const C& command,
                    const domain::CommandContext& context) {
  auto decided = decide(settling.load<A>(stream), command, context, settling);
  if (!decided) return std::move(decided.error());
  return settling.append<A>(stream, workspace, *decided);
}

// Somebody new and the workspace that everybody is born with, in one append as at registration.
log::Execute registration(Told told, std::string password_hash, std::uint64_t seed) {
  auto person = read<NewPerson>(told.step);
  domain::user::Register command{};
  command.id = events::UserId{told.step.id};
  command.email = std::move(person.email);
  command.full_name = std::move(person.full_name);
  command.timezone = std::move(person.timezone);
  command.locale = std::move(person.locale);
  command.password_hash = std::move(password_hash);
  const auto home = "home of " + told.step.id.text();
  command.home_workspace_id = WorkspaceId{id_of(seed, home)};
  domain::workspace::Create personal{};
  personal.name = domain::Name("Personal");
  personal.slug = domain::Slug("p-" + letters(Chance(seed, home), personal_slug_length));
  personal.is_personal = true;
  return [told = std::move(told), command = std::move(command),
          personal = std::move(personal)](log::Settling& settling) -> Result<log::Accepted> {
    const auto context = context_of(settling, told);
    const auto user = StreamId{told.step.id};
    const auto place = command.home_workspace_id;
    if (auto appended = append<User>(settling, user, std::nullopt, command, context); !appended) return std::move(appended.error());
    if (auto appended = append<Workspace>(settling, events::stream_of(place), place, personal, context); !appended)
      return std::move(appended.error());
    return done<User>(settling, user);
  };
}

// Something that happens to a person because of what happens in a workspace.
template <class C>
log::Execute of_person(Told told, C command) {
  return [told = std::move(told), command = std::move(command)](log::Settling& settling) -> Result<log::Accepted> {
    auto context = context_of(settling, told);
    context.workspace = &settling.load<Workspace>(StreamId{told.step.workspace});
    const StreamId user{told.step.id};
    if (auto appended = append<User>(settling, user, std::nullopt, command, context); !appended) return std::move(appended.error());
    return done<User>(settling, user);
  };
}

log::Execute export_taken(Told told) {
  const auto event = read<events::access::Exported>(told.step);
  return [told = std::move(told), event](log::Settling& settling) -> Result<log::Accepted> {
    const WorkspaceId workspace{told.step.workspace};
    const auto day = text::date_of(settling.occurred_at());
    const auto stream = events::stream_of(domain::access::stream_of_day(domain::access::Kind::exports, workspace, day));
    if (auto appended = settling.append<domain::Access>(stream, workspace, {event}); !appended) return std::move(appended.error());
    return done<domain::Access>(settling, stream);
  };
}

// Every command that the API has.
class AsTheApi {
 public:
  AsTheApi(Told told, const routes::Command& kind) : told_(std::move(told)), kind_(&kind) {
    auto body = told_.step.data;
    if (kind.id_is_new() && !told_.step.id.is_nil()) body = routes::with_member(std::move(body), "id", told_.step.id.text());
    auto command = kind.ops.make();
    if (const auto read = events::read_json(*kind.ops.body, body, command.get(), events::Reading::strict); !read)
      throw std::logic_error(told_.step.type + " is not understood: " + body);
    command_ = std::move(command);
  }

  Result<log::Accepted> operator()(log::Settling& settling) const {
    auto context = context_of(settling, told_);
    // A command without a permission lies in no workspace: what it makes may be one.
    const WorkspaceId workspace{kind_->ops.permission ? told_.step.workspace : told_.step.id};
    if (kind_->ops.permission) {
      auto admitted = domain::admit(std::move(context), settling.load<Workspace>(events::stream_of(workspace)), *kind_->ops.permission);
      if (!admitted) return std::move(admitted.error());
      context = std::move(*admitted);
    }
    const auto found = stream(settling, context);
    if (!found) return found.error();
    if (!*found) return domain::not_found(std::string(kind_->type()));
    const auto& ops = kind_->ops;
    if (context.agent)
      if (auto refused = ops.refuse_agent(settling, **found, command_.get(), context)) return std::move(*refused);
    if (auto decided = ops.decide(settling, **found, workspace, command_.get(), context); !decided) return std::move(decided.error());
    return log::Accepted{200, ops.stream_type, **found, (*found)->value, ops.stamp(settling, **found).version, nullptr};
  }

 private:
  Result<std::optional<StreamId>> stream(log::Settling& settling, const domain::CommandContext& context) const {
    if (kind_->ops.choose) return kind_->ops.choose(settling, command_.get(), context);
    if (kind_->target.find == nullptr) return std::optional(StreamId{told_.step.id});
    return kind_->target.find(told_.step.id.text(), context, settling);
  }

  Told told_;
  const routes::Command* kind_;
  std::shared_ptr<const void> command_;
};

}  // namespace

Teller::Teller(std::uint64_t seed, std::string password_hash) : seed_(seed), password_hash_(std::move(password_hash)) {}

log::Caller Teller::importer() const {
  log::Caller caller{};
  caller.via_type = events::ViaType::import_run;
  caller.via_id = id_of(seed_, "run");
  caller.origin = events::Origin::import;
  caller.correlation_id = events::CorrelationId{id_of(seed_, "correlation")};
  return caller;
}

log::Caller Teller::caller(const Step& step) const {
  auto caller = importer();
  if (step.by.kind == Actor::Kind::program) return caller;
  caller.actor_type = step.by.kind == Actor::Kind::agent ? events::ActorType::agent : events::ActorType::user;
  caller.actor_id = events::PrincipalId{step.by.id};
  return caller;
}

log::Execute Teller::execution(const Step& step, std::int64_t number) {
  const auto name = "step " + std::to_string(number);
  Told told{step, id_of(seed_, name), letters(Chance(seed_, name), spare_length)};
  if (step.type == domain::user::Register::verb) return registration(std::move(told), password_hash_, seed_);
  if (step.type == domain::user::Notify::verb) {
    domain::user::Notify command{read<events::user::NotificationRaised>(step)};
    return of_person(std::move(told), std::move(command));
  }
  if (step.type == domain::user::ReadNotification::verb) {
    const domain::user::ReadNotification command{read<NotificationRead>(step).notification_id};
    return of_person(std::move(told), command);
  }
  if (step.type == events::access::Exported::type) return export_taken(std::move(told));
  const auto kind = routes::commands().find(step.type);
  if (kind == routes::commands().end()) throw std::logic_error("there is no command " + step.type);
  return AsTheApi(std::move(told), kind->second);
}

log::Item Teller::item(const Step& step, std::int64_t number) {
  auto execute = [this, number, inner = execution(step, number)](log::Settling& settling) {
    running_ = number;
    events_ = 0;
    return inner(settling);
  };
  return {std::move(execute), step.at, caller(step)};
}

events::EventId Teller::next_event_id() {
  return events::EventId{id_of(seed_, "event " + std::to_string(++events_) + " of step " + std::to_string(running_))};
}

}  // namespace daybook::seed
