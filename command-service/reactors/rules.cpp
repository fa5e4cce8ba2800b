// Every rule, one line each: a function of a file of its own beside this one.
#include "command-service/reactors/rules.hpp"

#include "platform/crypto/hash.hpp"

namespace daybook::reactors {

std::vector<Rule> domain_rules() {
  return {
      unassign_who_left(),
  };
}

text::Uuid id_for(std::string_view rule, const events::Envelope& cause, std::string_view what) {
  const auto digest = crypto::sha256(std::string(rule) + "\n" + cause.event_id.text() + "\n" + std::string(what));
  text::Uuid id{};
  std::copy_n(digest.begin(), id.bytes.size(), id.bytes.begin());
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | 0x80);
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
  return id;
}

domain::CommandContext system_context(const log::Settling& settling) {
  domain::CommandContext context{};
  context.now = settling.now();
  context.origin = settling.caller().origin;
  return context;
}

}  // namespace daybook::reactors
