#include "command-service/mailing/token.hpp"

#include "platform/crypto/hash.hpp"

namespace daybook::mailing {

// The label keeps it apart from what else the key is used for: idempotency keys and bodies, which have labels of their own.
crypto::OpaqueToken mailed_token(const crypto::KeyFile& keys, events::StreamId owner, events::MailedTokenId id) {
  const auto& key = keys.current(crypto::KeyPurpose::request_hmac).key;
  const auto secret = crypto::hmac_sha256({reinterpret_cast<const char*>(key.data()), key.size()}, "mailed token\n" + owner.text() + "\n" + id.text());
  return crypto::OpaqueToken::make(owner.value, id.value, {reinterpret_cast<const char*>(secret.data()), secret.size()});
}

}  // namespace daybook::mailing
