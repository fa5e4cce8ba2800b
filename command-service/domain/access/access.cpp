#include "command-service/domain/access/access.hpp"

#include <algorithm>

#include "platform/crypto/hash.hpp"

namespace daybook::domain {
namespace access {

events::AccessId stream_of_day(Kind kind, std::optional<events::WorkspaceId> workspace, text::Date day) {
  const auto where = workspace ? workspace->text() : std::string();
  constexpr std::string_view words[] = {"refusals\n", "exports\n", "clock\n", "noted\n", "noted addresses\n"};
  const auto hash = crypto::sha256({"access\n", words[static_cast<std::size_t>(kind)], where, "\n", day.text()});
  text::Uuid id{};
  std::copy_n(hash.begin(), id.bytes.size(), id.bytes.begin());
  // Version 8 (RFC 9562 §5.8): made by a rule of one's own.
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x80);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
  return events::AccessId{id};
}

}  // namespace access

template const AggregateOps& aggregate_ops<Access>();

}  // namespace daybook::domain
