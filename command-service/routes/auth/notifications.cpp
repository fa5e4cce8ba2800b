// What one does with what one was told. The user's stream holds no list of that, so replies have no body: GET shows the rest.
#include "command-service/domain/user/notifications.hpp"

#include "command-service/routes/auth/oneself.hpp"

namespace daybook::routes {
namespace {

namespace user = domain::user;

template <class C>
api::Route about_one(const CommandTools& tools, std::string_view id, std::string_view method, std::string_view path, std::string_view summary) {
  auto route = without_body(id, method, path, summary, [&tools](api::CallPtr call, api::Respond respond) {
    const auto notification = events::NotificationId::parse(call->path_parameter("notification"));
    if (!notification) return respond(api::respond_problem(*call, api::not_found("notification")));
    change_self(tools, call, std::move(respond), C{*notification}, 204);
  });
  route.tag = "notification";
  return route;
}

}  // namespace

std::vector<api::Route> notification_routes(const CommandTools& tools) {
  constexpr std::string_view one = "/api/v1/me/notifications/{notification}", read = "/api/v1/me/notifications/{notification}/read",
                             restore = "/api/v1/me/notifications/{notification}/restore", all = "/api/v1/me/notifications/read-all";
  auto read_all = without_body("readMyNotifications", "POST", all, "Marks everything one was told of until now as read.",
                               [&tools](api::CallPtr call, api::Respond respond) {
                                 change_self(tools, call, std::move(respond), user::ReadNotifications{}, 204);
                               });
  read_all.tag = "notification";
  return {
      std::move(read_all),
      about_one<user::ReadNotification>(tools, "readMyNotification", "POST", read, "Marks one as read."),
      about_one<user::DismissNotification>(tools, "dismissMyNotification", "DELETE", one, "Dismisses one; it can be restored."),
      about_one<user::RestoreNotification>(tools, "restoreMyNotification", "POST", restore, "Brings back one that was dismissed."),
  };
}

}  // namespace daybook::routes
