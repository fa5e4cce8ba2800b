#pragma once
// Which web pages may call the API from a browser (Fetch standard, CORS protocol). Off while no origin is listed. Calls carry
// bearer tokens and no cookies, so credentials are never allowed.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "platform/http/message.hpp"

namespace daybook::api {

struct CorsOptions {
  std::vector<std::string> origins = {};        // "https://app.example.org", as browsers send it; "*" is any
  std::chrono::seconds preflight_age{600};      // how long a browser keeps the answer to a preflight
};

class Cors {
 public:
  explicit Cors(CorsOptions options) : options_(std::move(options)) {}

  // The answer to a preflight of a listed origin; nothing for any other request.
  std::optional<http::Response> preflight(const http::Request& request) const;
  // Lets the page read the reply, where its origin is listed.
  void allow(const http::Request& request, http::Response& response) const;

 private:
  bool listed(std::string_view origin) const;

  CorsOptions options_;
};

}  // namespace daybook::api
