#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/client.hpp"
#include "tests/e2e/daybook_process.hpp"

namespace daybook::test {

namespace json = boost::json;

/// One answer; its JSON is read by JSON pointers.
struct Reply {
  int status = 0;
  std::string raw;
  json::value body;
  std::vector<http::Header> headers;

  [[nodiscard]] std::string header(std::string_view name) const;
  [[nodiscard]] std::int64_t position() const;
  /// Null when there is no such place. Lives as long as this reply.
  [[nodiscard]] const json::value& at(std::string_view pointer) const;
  [[nodiscard]] std::string text(std::string_view pointer) const;
  [[nodiscard]] std::int64_t number(std::string_view pointer) const;
  [[nodiscard]] json::array rows() const;
  [[nodiscard]] std::string id() const { return text("/id"); }
  [[nodiscard]] std::string code() const { return text("/code"); }
  [[nodiscard]] std::string pointer() const { return text("/errors/0/pointer"); }
};
std::ostream& operator<<(std::ostream& out, const Reply& reply);

/// `object("title", "First light", "story_points", 3)` as JSON text.
inline void add_members(json::object&) {}
template <class Value, class... Rest>
void add_members(json::object& members, std::string_view name, const Value& value, const Rest&... rest) {
  members[name] = json::value_from(value);
  add_members(members, rest...);
}
template <class... Members>
std::string object(const Members&... members) {
  json::object all;
  add_members(all, members...);
  return json::serialize(all);
}

/// Somebody at a client, signed in or not. Reads wait for whatever has been written; finds the deployment again when it was
/// started anew elsewhere, and lives no longer than it. One thread.
class Caller {
 public:
  explicit Caller(const DaybookProcess& daybook, std::string token = "");

  Reply send(std::string_view method, const std::string& path, const std::string& body = "",
             std::vector<http::Header> headers = {});
  /// Paths are below /api/v1.
  Reply get(const std::string& path, std::vector<http::Header> headers = {}) {
    return send("GET", path, "", headers);
  }
  Reply post(const std::string& path, const std::string& body = "{}",
             std::vector<http::Header> headers = {}) {
    return send("POST", path, body, headers);
  }
  Reply patch(const std::string& path, const std::string& body, std::vector<http::Header> headers = {}) {
    return send("PATCH", path, body, headers);
  }
  Reply remove(const std::string& path, std::vector<http::Header> headers = {}) {
    return send("DELETE", path, "", headers);
  }
  /// All rows of a list, page by page.
  json::array all(const std::string& path);

  std::string token, refresh_token, user_id, email;

 private:
  http::Client& client();

  const DaybookProcess* daybook_;
  std::string url_;
  http::Client client_;
  std::shared_ptr<std::int64_t> position_;
};

inline constexpr const char* usual_password = "correct horse battery";

/// Registers somebody new.
Caller newcomer(const DaybookProcess& daybook, const std::string& name = "ann");
/// Signs the same person in once more.
Caller signed_in_again(const DaybookProcess& daybook, const Caller& person,
                       const std::string& password = usual_password);

/// An access token is a JWT; its second part says which session it is of.
std::string session_of(const Caller& person);

/// A workspace and its owner.
struct Team {
  explicit Team(const DaybookProcess& daybook, const std::string& name = "Rocket Lab");
  /// Somebody new with that role.
  Caller joined_by(const DaybookProcess& daybook, const std::string& role);
  /// "/workspaces/{id}" and what follows.
  [[nodiscard]] std::string in(const std::string& rest = "") const { return path + rest; }
  std::string issue(const std::string& title = "First light");

  Caller owner;
  std::string id, path;
};

}  // namespace daybook::test
