#pragma once
// A subject's data key as it lies in `log.subject_keys`: wrapped under a dated key-encrypting key, whose id stands beside it. Each
// throws KeysUnavailable for what is damaged, or wrapped under a key that the file does not have.
#include <string>

#include "events/core/key_ring.hpp"

namespace daybook::events {

std::string wrap_key(const crypto::Key& key, text::Uuid subject, const crypto::KeyFile& keys);
crypto::Key unwrap_key(const std::string& wrapped, text::Uuid subject, const crypto::KeyFile& keys);

// Under which key-encrypting key it is wrapped.
std::string wrapping_key_of(const std::string& wrapped, text::Uuid subject);

// The same data key, wrapped under the current key of `to`; what is sealed under it is not touched.
std::string rewrapped(const std::string& wrapped, text::Uuid subject, const crypto::KeyFile& from, const crypto::KeyFile& to);

}  // namespace daybook::events
