#include "tests/e2e/caller.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "platform/text/base64.hpp"
#include "tests/e2e/exchanges.hpp"

namespace daybook::test {
namespace {

constexpr int tries_max = 5;  // of a read that has to wait for what was written

std::string words(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  return value.is_null() ? "" : json::serialize(value);
}

}  // namespace

std::string Reply::header(std::string_view name) const {
  http::ClientResult result;
  result.headers = headers;
  return std::string(result.header(name));
}

std::int64_t Reply::position() const {
  const auto text = header("Daybook-Position");
  return text.empty() ? -1 : std::stoll(text);
}

const json::value& Reply::at(std::string_view pointer) const {
  static const json::value nothing;
  json::error_code missing;
  const auto* found = body.find_pointer(pointer, missing);
  return found == nullptr ? nothing : *found;
}

std::string Reply::text(std::string_view pointer) const { return words(at(pointer)); }

std::int64_t Reply::number(std::string_view pointer) const {
  const auto& value = at(pointer);
  return value.is_int64() ? value.get_int64() : -1;
}

json::array Reply::rows() const {
  const auto& data = at("/data");
  return data.is_array() ? data.get_array() : json::array();
}

std::ostream& operator<<(std::ostream& out, const Reply& reply) {
  return out << reply.status << " " << reply.raw;
}

Caller::Caller(const DaybookProcess& daybook, std::string token)
    : token(std::move(token)), daybook_(&daybook), url_(daybook.public_url()), client_(url_), position_(daybook.position()) {}

http::Client& Caller::client() {
  if (url_ == daybook_->public_url()) return client_;
  url_ = daybook_->public_url();
  client_ = http::Client(url_);
  return client_;
}

Reply Caller::send(std::string_view method, const std::string& path, const std::string& body,
                   std::vector<http::Header> headers) {
  if (!token.empty()) headers.push_back({"Authorization", "Bearer " + token});
  if (method == "GET") headers.push_back({"Daybook-Min-Position", std::to_string(*position_)});
  const bool at_root = path.rfind("//", 0) == 0;  // "//livez" is outside the API
  const auto target = at_root ? path.substr(1) : "/api/v1" + path;
  http::ClientResult result;
  for (int i = 0; i < tries_max; ++i) {
    result = client().send(method, target, headers, body);
    record_exchange(method, target, body, result);
    if (result.status != 504) break;
  }
  Reply reply{result.status, result.body, nullptr, result.headers};
  if (!result.ok()) reply.raw = result.error;
  json::error_code not_json;
  reply.body = json::parse(result.body, not_json);
  *position_ = std::max(*position_, reply.position());
  return reply;
}

json::array Caller::all(const std::string& path) {
  json::array rows;
  std::string cursor;
  do {
    const auto separator = path.find('?') == path.npos ? "?" : "&";
    const auto page = get(path + separator + "limit=200" + (cursor.empty() ? "" : "&cursor=" + cursor));
    EXPECT_EQ(page.status, 200) << path << ": " << page;
    for (auto& row : page.rows()) rows.push_back(row);
    cursor = page.text("/page/next");
  } while (!cursor.empty());
  return rows;
}

Caller newcomer(const DaybookProcess& daybook, const std::string& name) {
  Caller person(daybook);
  person.email = random_name(name) + "@example.org";
  const auto reply = person.post("/auth/register", object("email", person.email, "password", usual_password));
  EXPECT_EQ(reply.status, 201) << reply;
  person.token = reply.text("/access_token");
  person.refresh_token = reply.text("/refresh_token");
  person.user_id = reply.text("/user/id");
  return person;
}

Caller signed_in_again(const DaybookProcess& daybook, const Caller& person, const std::string& password) {
  Caller again(daybook);
  const auto reply = again.post("/auth/login", object("email", person.email, "password", password));
  EXPECT_EQ(reply.status, 200) << reply;
  again.token = reply.text("/access_token");
  again.refresh_token = reply.text("/refresh_token");
  again.user_id = person.user_id;
  again.email = person.email;
  return again;
}

std::string session_of(const Caller& person) {
  const auto first = person.token.find('.');
  const auto claims = text::base64url_decode(person.token.substr(first + 1, person.token.rfind('.') - first - 1));
  return std::string(json::parse(*claims).at("sid").as_string());
}

Team::Team(const DaybookProcess& daybook, const std::string& name) : owner(newcomer(daybook, "owner")) {
  const auto reply = owner.post("/workspaces", object("name", name));
  EXPECT_EQ(reply.status, 201) << reply;
  id = reply.id();
  path = "/workspaces/" + id;
}

Caller Team::joined_by(const DaybookProcess& daybook, const std::string& role) {
  auto person = newcomer(daybook, role);
  const auto reply = owner.post(in("/members"), object("user_id", person.user_id, "role", role));
  EXPECT_EQ(reply.status, 201) << reply;
  return person;
}

std::string Team::issue(const std::string& title) {
  const auto reply = owner.post(in("/issues"), object("title", title));
  EXPECT_EQ(reply.status, 201) << reply;
  return reply.id();
}

}  // namespace daybook::test
