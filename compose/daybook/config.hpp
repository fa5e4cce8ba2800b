#pragma once
// Where this process finds its database, broker, keys and data: environment first, flags over it.
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "platform/crypto/key_file.hpp"

namespace daybook::app {

struct Config {
  std::string database_url;               // DATABASE_URL
  std::string kafka_brokers;              // KAFKA_BROKERS, empty: the projector reads the log itself
  std::string keys = ".daybook/keys";     // DAYBOOK_KEYS
  std::string data = ".daybook/state";    // DAYBOOK_DATA, the folder of the state store
  std::string address = "127.0.0.1";
  std::uint16_t port = 8000;
  bool allow_unsafe = false;              // a server with fsync=off, for tests
};

// A sentence for the operator, and the exit code that goes with it.
struct Refusal : std::runtime_error {
  Refusal(const std::string& sentence, int code) : std::runtime_error(sentence), exit_code(code) {}
  int exit_code;
};
inline constexpr int exit_failed = 1;
inline constexpr int exit_port_taken = 2;
inline constexpr int exit_newer_data = 3;

Config config_from_environment();
// "127.0.0.1:8000", "[::1]:8000" or "8000".
void set_listen(Config& config, const std::string& listen);
std::shared_ptr<const crypto::KeyFile> load_keys(const Config& config);

}  // namespace daybook::app
