#include "query-service/core/cursor.hpp"

#include <cstring>

#include "events/core/json.hpp"
#include "platform/crypto/aead.hpp"
#include "platform/text/base64.hpp"

namespace daybook::query {

// What a cursor holds once it is opened.
struct SealedPlace {
  std::string log;
  std::vector<std::optional<std::string>> values;
  bool backwards = false;
};
BOOST_DESCRIBE_STRUCT(SealedPlace, (), (log, values, backwards))

namespace {

// Everything that decides which rows a list has and in which order.
std::string identity_of(const ListRequest& request) {
  std::string out(request.resource->title);
  const auto add = [&](std::string_view part) {
    out += '\0';
    out += part;
  };
  for (const auto& scope : request.scope) {
    add(scope.column);
    add(scope.sql);
    add(scope.value);
  }
  for (const auto& term : request.order) add(std::string(term.descending ? "-" : "+") + std::string(term.field->name));
  for (const auto& [filter, value] : request.filters) {
    add(filter->parameter);
    add(value);
  }
  add(request.condition_text);
  add(word_of(request.deleted));
  return out;
}

}  // namespace

std::string Cursors::write(const Place& place, const ListRequest& of) const {
  const auto plain = events::to_json(SealedPlace{log_, place.values, place.backwards});
  const auto sealed = crypto::seal(key_, plain, identity_of(of));
  std::string bytes(reinterpret_cast<const char*>(sealed.nonce.data()), sealed.nonce.size());
  return text::base64url_encode(bytes + sealed.ciphertext);
}

std::variant<Place, InvalidCursor, ReplacedLog> Cursors::read(std::string_view cursor, const ListRequest& of) const {
  crypto::Sealed sealed;
  if (cursor.size() > cursor_bytes_max) return InvalidCursor{};
  const auto bytes = text::base64url_decode(cursor);
  if (!bytes || bytes->size() < sealed.nonce.size()) return InvalidCursor{};
  std::memcpy(sealed.nonce.data(), bytes->data(), sealed.nonce.size());
  sealed.ciphertext = bytes->substr(sealed.nonce.size());
  const auto plain = crypto::open(key_, sealed, identity_of(of));
  SealedPlace place;
  if (!plain || !events::from_json(*plain, place, events::Reading::lenient)) return InvalidCursor{};
  if (place.log != log_) return ReplacedLog{};
  if (place.values.size() != of.order.size() + 1) return InvalidCursor{};
  return Place{std::move(place.values), place.backwards};
}

}  // namespace daybook::query
