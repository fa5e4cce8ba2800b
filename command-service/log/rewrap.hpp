#pragma once
// Rotation of the key-encrypting key: every data key in `log.subject_keys` is wrapped anew under the current key of the file. What is
// sealed under the data keys is not touched, and services go on meanwhile: each batch is a transaction of its own.
#include <functional>
#include <map>
#include <string>

#include "platform/crypto/key_file.hpp"
#include "platform/postgres/connection.hpp"

namespace daybook::log {

inline constexpr int rewrap_batch_rows = 500;

struct Rewrapped {
  std::int64_t keys = 0;      // that there are
  std::int64_t changed = 0;   // of them
};

// Throws events::KeysUnavailable where a key does not open; what was wrapped until then stays so, and the next run goes on from there.
Rewrapped rewrap_keys(pg::Connection& connection, const crypto::KeyFile& keys, const std::function<void(const Rewrapped&)>& progress = {});

// How many data keys are wrapped under each key-encrypting key.
std::map<std::string, std::int64_t> keys_by_wrapping(pg::Connection& connection);

// Said by every service while it runs: under which key-encrypting key it wraps the data keys of new subjects. It waits while
// `alone_under` holds for the same key.
void hold_wrapping_key(pg::Connection& connection, const std::string& id);
// Whether no service wraps under that key now; then none begins to while the connection lasts.
bool alone_under(pg::Connection& connection, const std::string& id);

}  // namespace daybook::log
