#include <algorithm>
#include <stdexcept>

#include "platform/postgres/connection.hpp"

namespace daybook::pg {

std::string normalise_url(const std::string& url) {
  const auto scheme_end = url.find("://");
  const auto head = url.substr(0, scheme_end == std::string::npos ? url.find(':') : scheme_end);
  std::string scheme = head.substr(0, head.find('+'));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (scheme == "sqlite" || scheme == "sqlite3") {
    throw std::invalid_argument(
        "Daybook does not use SQLite: it brings its own PostgreSQL. Leave DATABASE_URL unset, or set it to a "
        "postgresql:// URL.");
  }
  if (scheme_end == std::string::npos) return url;
  if (scheme != "postgres" && scheme != "postgresql") return url;
  return scheme + url.substr(scheme_end);
}

std::string quote_identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  return out + "\"";
}

}  // namespace daybook::pg
