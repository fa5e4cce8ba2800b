#pragma once
// A token that comes by mail: whoever sends it back reads the mail of the address it went to. Its secret is an HMAC of what it is
// for under a key of the key file, so that whoever has the keys can make it again from the event, and nobody else.
#include "events/core/id.hpp"
#include "platform/crypto/key_file.hpp"
#include "platform/crypto/opaque_token.hpp"

namespace daybook::mailing {

// `owner` is whose stream holds the hash.
crypto::OpaqueToken mailed_token(const crypto::KeyFile& keys, events::StreamId owner, events::MailedTokenId id);

}  // namespace daybook::mailing
