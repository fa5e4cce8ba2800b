#include "tests/e2e/views/story.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "platform/http/client.hpp"
#include "platform/outbound/signature.hpp"
#include "platform/text/number.hpp"
#include "tests/e2e/outbox.hpp"

namespace daybook::test {

namespace {

constexpr std::chrono::seconds wait_limit{60};  // for what comes a moment after what caused it

json::array steps_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file.string() + " cannot be read.");
  std::ostringstream text;
  text << in.rdbuf();
  return json::parse(text.str()).as_array();
}

std::string printed(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

}  // namespace

Story::Story(DaybookProcess& daybook) : daybook_(daybook), log_(daybook) {
  people_.emplace("nobody", Caller(daybook));
  kept_["receiver"] = receiver_.url();
}

void Story::tell(const std::filesystem::path& file) {
  for (const auto& step : steps_of(file)) {
    SCOPED_TRACE(file.string() + ": " + json::serialize(step));
    try {
      take(step.as_object());
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
  }
}

void Story::take(const json::object& step) {
  if (step.contains("register")) return enrol(step);
  if (step.contains("verify")) return verify(step);
  if (step.contains("do")) return send(step);
  if (step.contains("until")) return wait(step);
  if (step.contains("happened")) return happen(step);
  if (step.contains("opened")) return open(step);
  if (step.contains("delivered")) return check_signature(step);
  const auto granted = daybook_.run({"admin", "grant", text(step, "email"), "--allow-unsafe-database"});
  EXPECT_EQ(granted.exit_code, 0) << granted.output;
}

void Story::enrol(const json::object& step) {
  const auto name = text(step, "register");
  Caller person(daybook_);
  const auto reply = person.post("/auth/register", json::serialize(filled(step.at("body"))));
  ASSERT_EQ(reply.status, 201) << reply;
  person.token = reply.text("/access_token");
  person.user_id = reply.text("/user/id");
  kept_[name] = person.user_id;
  numbers_.learn(person.get("/me").body);
  people_.emplace(name, std::move(person));
}

void Story::verify(const json::object& step) {
  const auto asked = people_.at(text(step, "verify")).post("/me/verification");
  EXPECT_EQ(asked.status, 202) << asked;
  const auto token = token_in(mail_to(daybook_, text(step, "email"), "Confirm your e-mail address"));
  const auto verified = people_.at("nobody").post("/auth/verify-email", object("token", token));
  EXPECT_EQ(verified.status, 204) << verified;
}

void Story::send(const json::object& step) {
  const auto line = text(step, "do");
  const auto space = line.find(' ');
  const auto body = step.contains("body") ? json::serialize(filled(step.at("body"))) : "{}";
  const auto method = line.substr(0, space);
  const auto has_body = method == "POST" || method == "PATCH";
  const auto reply = step.contains("with") ? Caller(daybook_, text(step, "with")).send(method, line.substr(space + 1), has_body ? body : "")
                                           : who(step).send(method, line.substr(space + 1), has_body ? body : "");
  if (const auto* status = step.if_contains("status")) {
    EXPECT_EQ(reply.status, status->as_int64()) << reply;
    return;
  }
  ASSERT_TRUE(reply.status >= 200 && reply.status < 300) << reply;
  keep(step, reply);
  prove(step);
}

void Story::wait(const json::object& step) {
  const auto path = text(step, "until");
  Reply reply;
  ASSERT_TRUE(wait_until(
      [&] {
        reply = who(step).get(path);
        return !reply.at(text(step, "at")).is_null();
      },
      wait_limit))
      << reply;
  kept_[text(step, "as")] = reply.at(text(step, "at"));
}

void Story::happen(const json::object& step) {
  for (std::int64_t time = 0; time < step.at("times").as_int64(); ++time) log_.happened(text(step, "happened"), text(step, "to"), id("w"));
}

void Story::open(const json::object& step) {
  ASSERT_EQ(log_.opened(text(step, "opened"), text(step, "of")), text(step, "is"));
  const auto token = text(step, "secret");
  receiver_.let_in(token);
  const auto status_with = [&](const std::string& bearer) {
    return http::Client(receiver_.url()).get("", {{"Authorization", "Bearer " + bearer}}).status;
  };
  EXPECT_EQ(status_with("another"), 401);
  ASSERT_EQ(status_with(token), 204);
  prove(step);
}

void Story::check_signature(const json::object& step) {
  ASSERT_TRUE(receiver_.has(1, wait_limit));
  const auto told = receiver_.received().front();
  EXPECT_NE(told.body.find(text(step, "delivered")), std::string::npos) << told.body;
  const auto sent_at = text::read_number<std::int64_t>(told.header(outbound::timestamp_header)).value_or(0);
  ASSERT_EQ(told.header(outbound::signature_header),
            outbound::standard_signature(text(step, "signed_with"), told.header(outbound::id_header), sent_at, told.body));
  prove(step);
}

void Story::keep(const json::object& step, const Reply& reply) {
  numbers_.learn(reply.body);
  if (step.contains("as")) kept_[text(step, "as")] = reply.at("/id");
  const auto* names = step.if_contains("keep");
  if (names == nullptr) return;
  for (const auto& [name, pointer] : names->as_object()) {
    kept_[std::string(name)] = reply.at(printed(pointer));
    EXPECT_FALSE(kept_[std::string(name)].is_null()) << pointer << " of " << reply;
  }
}

void Story::prove(const json::object& step) {
  if (step.contains("proves")) proved_[text(step, "proves")] = text(step, "secret");
}

Caller& Story::who(const json::object& step) { return people_.at(std::string(step.at("by").as_string())); }

Reply Story::read(const json::object& witness, const std::string& path, Witness& seen) {
  auto reply = who(witness).get(path);
  EXPECT_EQ(reply.status, 200) << path << ": " << reply;
  seen.raw += reply.raw;
  numbers_.learn(reply.body);
  return reply;
}

std::vector<Witness> Story::witnesses(const std::filesystem::path& file) {
  std::vector<Witness> all;
  for (const auto& each : steps_of(file)) {
    const auto& asked = each.as_object();
    const auto path = text(asked, "read");
    Witness seen{.name = path, .entity = text(asked, "entity"), .only = {}, .documents = {}, .raw = {}};
    if (const auto* only = asked.if_contains("only"))
      for (const auto& view : only->as_array()) seen.only.insert(printed(view));
    const auto reply = read(asked, path, seen);
    if (!asked.contains("pick")) seen.documents[seen.entity] = reply.body;
    for (const auto& row : reply.rows())
      if (asked.contains("pick") && row.at("id") == filled(asked.at("pick"))) seen.documents[seen.entity] = row;
    EXPECT_TRUE(seen.documents.contains(seen.entity)) << path << " has no such row: " << reply;
    if (const auto* more = asked.if_contains("with"))
      for (const auto& [name, at] : more->as_object()) seen.documents[std::string(name)] = read(asked, printed(filled(at)), seen).body;
    all.push_back(std::move(seen));
  }
  return all;
}

std::string Story::id(const std::string& name) const { return printed(kept_.at(name)); }

json::value Story::filled(const json::value& value) const {
  if (value.is_array()) {
    json::array out;
    for (const auto& each : value.get_array()) out.push_back(filled(each));
    return out;
  }
  if (value.is_object()) {
    json::object out;
    for (const auto& [key, each] : value.get_object()) out[key] = filled(each);
    return out;
  }
  if (!value.is_string()) return value;
  const std::string words(value.get_string());
  const bool is_name = words.size() > 2 && words.front() == '{' && words.find('}') == words.size() - 1;
  const auto found = is_name ? kept_.find(words.substr(1, words.size() - 2)) : kept_.end();
  if (found != kept_.end()) return found->second;  // a number stays one
  return json::value(filled(std::string_view(words)));
}

std::string Story::filled(std::string_view text) const {
  std::string out;
  while (!text.empty()) {
    const auto from = text.find('{');
    const auto to = from == text.npos ? text.npos : text.find('}', from);
    if (to == text.npos) break;
    const auto name = text.substr(from + 1, to - from - 1);
    const auto found = kept_.find(std::string(name));
    out += text.substr(0, from);
    out += found == kept_.end() ? std::string(text.substr(from, to + 1 - from)) : printed(found->second);
    text.remove_prefix(to + 1);
  }
  return out + std::string(text);
}

std::string Story::text(const json::object& step, std::string_view member) const { return printed(filled(step.at(member))); }

}  // namespace daybook::test
