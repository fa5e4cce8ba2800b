#pragma once
// The command routes over a log in memory, with Ann and her workspace Crew on it.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <future>

#include "command-service/log/memory_store.hpp"
#include "command-service/routes/routes.hpp"

namespace daybook::routes::test {

namespace json = boost::json;

struct Reply {
  int status = 0;
  std::vector<http::Header> headers;
  std::string raw;
  json::value body;

  std::string header(std::string_view name) const;
  bool has(std::string_view name) const;
  // By JSON pointer; null, empty or 0 where there is no such place.
  const json::value& at(std::string_view pointer) const;
  std::string text(std::string_view pointer) const;
  std::int64_t number(std::string_view pointer) const;
  std::string id() const { return text("/id"); }
  std::string code() const { return text("/code"); }
};
std::ostream& operator<<(std::ostream& out, const Reply& reply);

using Headers = std::vector<http::Header>;

// Somebody with an access token.
struct Person {
  std::string id, token, refresh_token;
};

class Desk : public testing::Test {
 protected:
  Desk();
  ~Desk() override;

  // Answers may come from the appender's thread; this one waits for the future.
  std::future<Reply> submit(const Person& who, std::string method, const std::string& path, std::string body = "", Headers headers = {});
  // Paths are below /api/v1.
  Reply send(const Person& who, std::string method, const std::string& path, std::string body = "", Headers headers = {});
  Reply post(const std::string& path, std::string body = "", Headers headers = {}) { return send(ann, "POST", path, std::move(body), std::move(headers)); }
  Reply patch(const std::string& path, std::string body, Headers headers = {}) { return send(ann, "PATCH", path, std::move(body), std::move(headers)); }
  Reply remove(const std::string& path, Headers headers = {}) { return send(ann, "DELETE", path, "", std::move(headers)); }
  // As another process would begin: with nothing cached.
  void start_again();
  Person sign_up(const std::string& name);
  // Below the workspace Crew.
  std::string in(const std::string& path) const { return "/workspaces/" + crew + path; }
  std::int64_t head() const { return log->head().position.value; }

  std::shared_ptr<log::MemoryLog> log;
  std::shared_ptr<std::atomic<std::int64_t>> seconds_ahead;   // of the clock of tokens and log
  CommandTools tools;
  std::unique_ptr<api::Api> api;
  Person ann;
  std::string crew;
};

}  // namespace daybook::routes::test
