#pragma once
// Cursors: opaque, encrypted, bound to the list they came from (table, scope, sort, filters) and to the log's epoch. One of
// another list is refused, one of a replaced log says so.
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "platform/crypto/random.hpp"
#include "query-service/core/list_request.hpp"

namespace daybook::query {

struct InvalidCursor {};
struct ReplacedLog {};

class Cursors {
 public:
  // `log` is the log's id and epoch as text.
  Cursors(crypto::Key key, std::string log) : key_(key), log_(std::move(log)) {}

  std::string write(const Place& place, const ListRequest& of) const;
  std::variant<Place, InvalidCursor, ReplacedLog> read(std::string_view cursor, const ListRequest& of) const;

 private:
  crypto::Key key_;
  std::string log_;
};

inline constexpr std::size_t cursor_bytes_max = 4096;

}  // namespace daybook::query
