#pragma once
// What the daybook command does beside serving. Each returns the exit code.
#include <cstdint>
#include <string>

#include "compose/daybook/config.hpp"

namespace daybook::app {

int init_keys(const Config& config);
int print_key_fingerprint(const Config& config);
int migrate(const Config& config);
int print_config(const Config& config, bool reference);
struct RebuildOptions {
  bool beside = false;        // a new generation, while the one that is served goes on
  bool read_tables = false;   // those alone, from the state store
};
int rebuild(const Config& config, const RebuildOptions& how);
// Deletes every generation that is not served.
int drop_old(const Config& config);
int digest(const Config& config);
int print_parked(const Config& config);
// Of one workspace or user by id; empty: of all.
int redrive(const Config& config, const std::string& scope);
int audit_verify(const Config& config);
int print_tree_head(const Config& config);
int print_inclusion(const Config& config, std::int64_t position, std::int64_t size);
int print_consistency(const Config& config, std::int64_t first, std::int64_t second);
int after_restore(const Config& config);
// Of the whole installation, by the address they are registered with; also while it is served.
int grant_superuser(const Config& config, const std::string& email);
int revoke_superuser(const Config& config, const std::string& email);

struct RotateOptions {
  bool file_only = false;     // adds a key to the file, and wraps nothing
  bool rewrap_only = false;   // under the newest key that the file has
  std::string retire;         // the id of a key that is to go
};
// Of the key-encrypting key, while it is served.
int rotate_keys(const Config& config, const RotateOptions& how);

struct TailOptions {
  std::int64_t from = 0;
  std::string type;
  std::string workspace;
  std::string stream;
  std::int64_t limit = 0;   // 0: to the end
  bool json = false;
  bool follow = false;
};
int tail(const Config& config, const TailOptions& options);

struct SeedOptions {
  std::uint64_t seed = 1;
  std::string scale = "1";
  std::string until;       // a moment or a day; empty: the day that has just begun
  std::string password = "a lantern for every loom";
};
// Demo data: a club with everything in it, told by commands. Appends beside whatever serves.
int seed(const Config& config, const SeedOptions& options);

struct BeadsOptions {
  std::string file;
  std::string workspace;
  std::string url = "http://127.0.0.1:8000";
  std::string token;
  std::string run;
};
int import_beads(const BeadsOptions& options);

struct ModelOptions {
  std::string model;    // platform, workflow_manager, agent_factory, prism
  std::string from;     // postgresql://… or sqlite:FILE
  std::string owner;    // address of whoever owns the workspaces that nobody in them can own
  std::string report;   // a file for everything that was found
  bool dry_run = false;
};
// The whole database of another system. Appends beside whatever serves.
int import_model(const Config& config, const ModelOptions& options);

}  // namespace daybook::app
