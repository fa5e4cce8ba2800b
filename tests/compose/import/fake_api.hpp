#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "platform/http/server.hpp"
#include "tests/compose/import/api_model.hpp"

namespace daybook::importer::testing {

/// The API of one workspace as an import sees it, on 127.0.0.1: an ApiModel behind a real HTTP server. Its
/// handler runs on the server's one thread; tests look at it while no request is under way.
class FakeApi {
 public:
  FakeApi();
  ~FakeApi();

  [[nodiscard]] std::string url() const;
  [[nodiscard]] IssueViews views() const { return model_.views(); }
  [[nodiscard]] std::int64_t last_seq() const { return last_seq_; }

  /// Called before each bulk with its number; an answer other than nullopt is given instead.
  std::function<std::optional<http::Response>(std::int64_t)> before_bulk;
  int bulks = 0;

 private:
  http::Response answer(const http::Request& request);
  http::Response bulk(const http::Request& request);
  [[nodiscard]] http::Response list(const http::Request& request, const std::string& name) const;

  ApiModel model_;
  std::string run_;
  std::int64_t last_seq_ = 0;
  std::unique_ptr<http::Server> server_;
};

}  // namespace daybook::importer::testing
