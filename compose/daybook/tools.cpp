#include "compose/daybook/tools.hpp"

#include <filesystem>
#include <iostream>

#include "command-service/domain/registry.hpp"
#include "command-service/log/epoch.hpp"
#include "command-service/log/pg_audit.hpp"
#include "command-service/log/proofs.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/settings.hpp"
#include "events/core/json.hpp"
#include "platform/text/base64.hpp"

namespace daybook::app {
namespace {

std::string hex(const crypto::Digest& digest) {
  return text::hex_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

log::AuditOptions audit_options(const Deployment& deployment) {
  log::AuditOptions options;
  options.fold = log::AuditFoldOptions{domain::aggregate_ops_of, deployment.ring.get(),
                                       [ring = deployment.ring](std::string_view scope, std::string_view words) { return ring->lookup_key(scope, words); }};
  options.keys = deployment.keys;
  options.progress = [](events::Position at, events::Position head) { std::cerr << "\r" << at.value << " of " << head.value << " events" << std::flush; };
  return options;
}

// Says what an audit found, and returns the program's exit code for it.
int tell(const log::AuditReport& report) {
  if (report.first_bad) {
    std::cout << "BAD at position " << report.first_bad->value << ": " << report.why << "\n";
    return exit_failed;
  }
  for (const auto& finding : report.side_findings) std::cout << "BAD: " << finding << "\n";
  if (!report.sound()) return exit_failed;
  std::cout << "Sound: " << report.events << " events in " << report.batches << " batches and " << report.streams << " streams, " << report.tree_heads << " signed; root " << hex(report.root) << ".\n";
  return 0;
}

}  // namespace

int init_keys(const Config& config) {
  if (std::filesystem::exists(config.keys)) throw Refusal("There is a key file already: " + config.keys + ".", exit_failed);
  if (const auto folder = std::filesystem::path(config.keys).parent_path(); !folder.empty()) std::filesystem::create_directories(folder);
  const auto made = crypto::KeyFile::create(config.keys, system_now());
  if (const auto* error = std::get_if<crypto::KeyFileError>(&made)) throw Refusal(error->text, exit_failed);
  std::cout << "Made " << config.keys << ". Back it up: without it, names, addresses and sign-ins of people are gone.\n";
  return 0;
}

int print_key_fingerprint(const Config& config) {
  std::cout << load_keys(config)->fingerprint() << "\n";
  return 0;
}

int print_config(const Config& config, bool reference) {
  std::cout << (reference ? settings_reference() : effective_settings(config));
  return 0;
}

int migrate(const Config& config) {
  const auto deployment = open_deployment(config);
  std::cout << "The log " << deployment.identity.log_id.text() << " is at this program's version.\n";
  return 0;
}

int after_restore(const Config& config) {
  const auto deployment = open_deployment(config);
  const auto opened = log::open_epoch(config.database_url, audit_options(deployment), system_now());
  std::cerr << "\n";
  if (const auto code = tell(opened.audit); code != 0) {
    std::cout << "Nothing was changed: restore a backup that is sound.\n";
    return code;
  }
  std::cout << "The log goes on under epoch " << opened.identity.epoch.value << " after position " << opened.audit.head.value << "; Kafka's topic is " << opened.topic
            << ". Now run `daybook rebuild`, then start the services.\n";
  return 0;
}

int audit_verify(const Config& config) {
  const auto deployment = open_deployment(config);
  log::PgAuditSnapshot snapshot(config.database_url);
  const auto report = log::verify(snapshot, snapshot, audit_options(deployment));
  std::cerr << "\n";
  return tell(report);
}

int print_tree_head(const Config& config) {
  const auto head = log::PgProofs(config.database_url, open_deployment(config).keys).signed_head();
  if (!head) throw Refusal("Nothing was signed yet: `daybook serve` does that while the log grows.", exit_failed);
  std::cout << events::to_json(*head) << "\n";
  return 0;
}

int print_inclusion(const Config& config, std::int64_t position, std::int64_t size) {
  log::PgProofs proofs(config.database_url, nullptr);
  std::cout << events::to_json(proofs.prove_inclusion(events::Position{position}, events::Position{size})) << "\n";
  return 0;
}

int print_consistency(const Config& config, std::int64_t first, std::int64_t second) {
  log::PgProofs proofs(config.database_url, nullptr);
  std::cout << events::to_json(proofs.prove_consistency(events::Position{first}, events::Position{second})) << "\n";
  return 0;
}

}  // namespace daybook::app
