#include "tests/command-service/routes/desk.hpp"

#include <map>
#include <mutex>

#include "command-service/routes/keys.hpp"
#include "tests/command-service/log/appender/commands.hpp"

namespace daybook::routes::test {
namespace {

// A hash takes tens of milliseconds, and every test registers somebody: one of each password serves all of them.
std::string hash_once(std::string_view password) {
  static std::mutex mutex;
  static std::map<std::string, std::string, std::less<>> hashes;
  const std::lock_guard lock(mutex);
  if (const auto known = hashes.find(password); known != hashes.end()) return known->second;
  return hashes.emplace(password, crypto::hash_password(password)).first->second;
}

}  // namespace

std::string Reply::header(std::string_view name) const {
  for (const auto& header : headers)
    if (http::same_name(header.name, name)) return header.value;
  return {};
}

bool Reply::has(std::string_view name) const {
  return std::any_of(headers.begin(), headers.end(), [&](const auto& header) { return http::same_name(header.name, name); });
}

const json::value& Reply::at(std::string_view pointer) const {
  static const json::value none;
  boost::system::error_code error;
  const auto* found = body.find_pointer(pointer, error);
  return found == nullptr ? none : *found;
}

std::string Reply::text(std::string_view pointer) const {
  const auto& value = at(pointer);
  return value.is_string() ? std::string(value.as_string()) : std::string();
}

std::int64_t Reply::number(std::string_view pointer) const {
  const auto& value = at(pointer);
  return value.is_int64() ? value.as_int64() : 0;
}

std::ostream& operator<<(std::ostream& out, const Reply& reply) { return out << reply.status << " " << reply.raw; }

Desk::Desk()
    : log(std::make_shared<log::MemoryLog>(log::LogIdentity{log::test::new_id<events::LogId>(), events::Epoch{1}, "fingerprint"})),
      seconds_ahead(std::make_shared<std::atomic<std::int64_t>>(0)) {
  const auto clock = [real = log::test::appender_options().clock, ahead = seconds_ahead] { return real() + std::chrono::seconds(*ahead); };
  tools.keys = log::test::test_keys();
  tools.ring = log::test::key_ring(log->identity(), [log = log](auto subjects) { return log->data_keys(subjects); });
  tools.tokens = std::make_shared<api::AccessTokens>(tools.keys, clock);
  tools.hashing = std::make_shared<runtime::WorkerPool>(1, hash_queue_max);
  tools.hash_password = hash_once;
  tools.ids = std::make_shared<crypto::UuidV7Source>();
  tools.clock = clock;
  start_again();
  tools.identity = log->identity();
  api = std::make_unique<api::Api>("Daybook", [tokens = tools.tokens](std::string_view token) { return tokens->verify(token); });
  api->find_holder = holder_finder(tools);
  api->on_key_shown = use_noter(tools);
  api->add(auth_routes(tools));
  api->add(command_routes(tools));
  api->add(bulk_routes(tools));
  ann = sign_up("ann");
  crew = send(ann, "POST", "/workspaces", R"({"name":"Crew"})").id();
}

void Desk::start_again() {
  if (tools.appender) tools.appender->drain();
  auto options = log::test::appender_options();
  options.clock = tools.clock;
  tools.appender = std::make_shared<log::Appender>(std::make_unique<log::MemoryStore>(log), tools.ring, std::move(options));
}

Desk::~Desk() { tools.appender->drain(); }

std::future<Reply> Desk::submit(const Person& who, std::string method, const std::string& path, std::string body, Headers headers) {
  if (!who.token.empty()) headers.push_back({"Authorization", "Bearer " + who.token});
  auto promise = std::make_shared<std::promise<Reply>>();
  auto future = promise->get_future();
  api->handle(http::make_request(std::move(method), "/api/v1" + path, std::move(headers), std::move(body)), [promise](http::Response response) {
    Reply reply{response.status, std::move(response.headers), std::move(response.body), nullptr};
    if (!reply.raw.empty()) reply.body = json::parse(reply.raw);
    promise->set_value(std::move(reply));
  });
  return future;
}

Reply Desk::send(const Person& who, std::string method, const std::string& path, std::string body, Headers headers) {
  auto future = submit(who, std::move(method), path, std::move(body), std::move(headers));
  if (future.wait_for(std::chrono::seconds(30)) != std::future_status::ready) throw std::runtime_error("no reply: " + path);
  return future.get();
}

Person Desk::sign_up(const std::string& name) {
  const auto reply = send({}, "POST", "/auth/register", R"({"email":")" + name + R"(@example.org","password":"correct horse"})");
  EXPECT_EQ(reply.status, 201) << reply;
  return {reply.text("/user/id"), reply.text("/access_token"), reply.text("/refresh_token")};
}

}  // namespace daybook::routes::test
