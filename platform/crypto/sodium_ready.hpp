#pragma once

namespace daybook::crypto {

/// Initialises libsodium once; every function of this folder that uses it calls this first. Cheap after the
/// first call, safe on every thread; throws std::runtime_error when the machine has no source of randomness.
void sodium_ready();

}  // namespace daybook::crypto
