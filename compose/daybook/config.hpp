#pragma once
// What a deployment can set, as the program uses it. The names, limits and sentences of the settings are in settings.hpp; where
// values come from and which one wins is decided in load_config and nowhere else.
#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "platform/crypto/key_file.hpp"

namespace daybook::app {

// The defaults are these initial values.
struct Config {
  std::string database_url;
  bool allow_unsafe = false;
  std::string kafka_brokers;               // empty: the projector reads the log itself
  int kafka_replication_factor = 1;
  std::string keys = ".daybook/keys";
  std::string keys_inline;                 // the text of a key file, in place of one
  std::string data = ".daybook/state";     // folder of the state store

  std::string listen = "127.0.0.1:8000";
  int connections_max = 4096;
  int idle_timeout_s = 60;
  int header_timeout_s = 10;
  int body_timeout_s = 30;
  int header_bytes_max = 16 << 10;
  int body_bytes_max = 8 << 20;
  int drain_timeout_s = 10;
  std::vector<std::string> trusted_proxies;
  bool require_if_match = false;

  std::string smtp_url;                    // empty: mails are files in the outbox
  std::string smtp_user;
  std::string smtp_password;
  std::string mail_from = "daybook@localhost";
  std::string mail_outbox = ".daybook/outbox";
  std::string mail_links;
  bool require_verified_email = false;
  int lock_failures = 5;
  int lock_duration_s = 3600;
  int remind_before_s = 24 * 3600;
  std::vector<std::string> webhook_networks;   // not public, and delivered to all the same
  bool test_clock = false;

  int principal_requests = 1200;
  int address_requests = 2400;
  int rate_window_s = 60;
  bool limit_loopback = false;
  std::vector<std::string> cors_origins;
  int cors_preflight_age_s = 600;

  int command_cache_bytes = 256 << 20;
  int hashing_threads = 1;
  int query_connections = 4;
  int query_threads = 2;
  int heartbeat_s = 15;

  std::string log_level = "info";

  // Where each setting's value came from, by its name; one that is absent has its default.
  std::map<std::string_view, std::string> sources;
};

// A sentence for the operator, and the exit code that goes with it.
struct Refusal : std::runtime_error {
  Refusal(const std::string& sentence, int code) : std::runtime_error(sentence), exit_code(code) {}
  int exit_code;
};
inline constexpr int exit_failed = 1;
inline constexpr int exit_port_taken = 2;
inline constexpr int exit_newer_data = 3;

// What flags say, as text, by the setting's name.
struct CommandLine {
  std::string file;                             // --config
  std::map<std::string, std::string> values;
};
using Environment = std::map<std::string, std::string>;
Environment process_environment();
// Of our prefix: a setting's, or one that scripts and tests use.
bool is_known_variable(std::string_view variable);

// Files that are looked for, in this order, when none is named.
inline constexpr std::string_view usual_files[] = {"daybook.toml", "/etc/daybook/daybook.toml"};

// The file, the environment over it, the flags over both. Throws Refusal for whatever is not known or cannot be.
Config load_config(const CommandLine& line, const Environment& environment, Config defaults = {});

struct Listen {
  std::string address;
  std::uint16_t port = 0;
};
// "127.0.0.1:8000", "[::1]:8000" or "8000".
Listen listen_of(const Config& config);

// As they are now, of the file or of the setting that holds its text.
crypto::KeyFile::Result read_keys(const Config& config);
std::shared_ptr<const crypto::KeyFile> load_keys(const Config& config);

}  // namespace daybook::app
