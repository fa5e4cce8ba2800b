#include "platform/crypto/sodium_ready.hpp"

#include <sodium.h>

#include <stdexcept>

namespace daybook::crypto {

void sodium_ready() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error{"libsodium could not be initialised"};
}

}  // namespace daybook::crypto
