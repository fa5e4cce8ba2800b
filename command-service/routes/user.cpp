// Commands about somebody's account, which lies in no workspace: a superuser's.
#include "command-service/domain/user/account.hpp"
#include "command-service/routes/auth/session.hpp"
#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {
namespace {

using domain::User;

// Their own version is compared and told, as in the replies to what they say of themselves.
Command of_profile(Command command) {
  command.ops.version = [](log::Settling& settling, StreamId stream, const void*) { return profile_stamp(settling.load<User>(stream)).version; };
  return command;
}

}  // namespace

std::vector<Command> user_commands() {
  using namespace domain::user;
  const auto somebody = by_id<events::UserId>("user");
  const View view{&events::type_info<UserReply>(), [](const void* state, text::Uuid) { return events::to_json_with_nulls(user_reply(state)); }};
  return {
      of_profile(changes<User, Change>(somebody, {"PATCH /users/{user}"}, view)),
      of_profile(changes<User, Activate>(somebody, {"POST /users/{user}/activate"}, view)),
      of_profile(changes<User, Deactivate>(somebody, {"POST /users/{user}/deactivate"}, view)),
      of_profile(changes<User, LinkGoogleAccount>(somebody, {"POST /users/{user}/external-accounts/google"}, view)),
      of_profile(removes<User, UnlinkGoogleAccount>(somebody, {"DELETE /users/{user}/external-accounts/google"}, view)),
  };
}

}  // namespace daybook::routes
