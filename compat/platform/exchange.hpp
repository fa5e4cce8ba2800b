#pragma once
// One call of the platform's API while it is under way: what was asked, the requests that are made of Daybook's own API for it, one
// after the other, and the one answer. Lives as long as a request of it does; its steps may run on any thread, one at a time.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compat/platform/body.hpp"
#include "compat/platform/gateway.hpp"
#include "compat/platform/refusals.hpp"

namespace daybook::compat {

class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  using Parameters = std::vector<std::pair<std::string, std::string>>;
  using Then = std::function<void(const json::value& reply)>;

  Exchange(std::shared_ptr<const Tools> tools, const Operation& operation, http::Request request, Parameters parameters, http::Respond respond);

  // Reads wait for everything that was written before they came: a client reads what it wrote without saying where.
  void begin();

  const Operation& operation() const { return operation_; }
  const http::Request& request() const { return request_; }
  const Tools& tools() const { return *tools_; }
  // An id of the path. Things have no other address here: what is no UUID is the id of nothing.
  std::string id(std::string_view parameter) const;
  // A path of Daybook's own API, with those ids in it.
  std::string filled(std::string_view path) const;
  // The body that was sent; answers where something is wrong with it.
  std::optional<json::object> read();

  // Makes a request in the caller's name. A refusal is the answer; `then` hears of success alone.
  void ask(std::string_view method, std::string target, const json::object& body, Then then);
  void ask(std::string target, Then then);   // GET
  // So many rows of a list, after the first ones.
  void collect(std::string target, std::size_t skip, std::size_t take, std::function<void(json::array)> then);

  void answer(int status, const json::value& body);
  void answer_nothing();
  void refuse(Refusal refusal);

 private:
  struct Walk;
  void send(http::Request request, Then then);
  void walk(const std::shared_ptr<Walk>& walk, std::string_view cursor);
  void guarded(const std::function<void()>& step);
  void respond(http::Response response);

  std::shared_ptr<const Tools> tools_;
  const Operation& operation_;
  http::Request request_;
  Parameters parameters_;
  http::Respond respond_;
  Body body_;
  std::vector<http::Header> told_;      // by Daybook's last reply, for the caller too
  events::Position read_at_least_{};
};

}  // namespace daybook::compat
