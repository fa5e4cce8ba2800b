#include "tests/e2e/receiver.hpp"

#include "tests/support/support.hpp"

namespace daybook::test {

Receiver::Receiver() {
  server_.start([this](http::Request request, const http::Respond& respond) {
    http::Response answer;
    {
      const std::lock_guard lock(mutex_);
      answer.status = status_for(request);
      received_.push_back(std::move(request));
    }
    respond(std::move(answer));
  });
}

int Receiver::status_for(const http::Request& request) const {
  const bool is_let_in = bearer_.empty() || request.header("authorization") == "Bearer " + bearer_;
  return is_let_in ? status_ : 401;
}

void Receiver::answer(int status) {
  const std::lock_guard lock(mutex_);
  status_ = status;
}

void Receiver::let_in(std::string bearer) {
  const std::lock_guard lock(mutex_);
  bearer_ = std::move(bearer);
}

std::vector<http::Request> Receiver::received() const {
  const std::lock_guard lock(mutex_);
  return received_;
}

bool Receiver::has(std::size_t many, std::chrono::seconds limit) const {
  return wait_until([&] { return received().size() >= many; }, limit);
}

std::string Receiver::url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/hooks"; }

}  // namespace daybook::test
