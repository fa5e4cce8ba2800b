// What an operator does with the read models while no projector runs on them, and what is asked of them at any time.
#include <malloc.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "compose/daybook/deployment.hpp"
#include "compose/daybook/tools.hpp"
#include "projector/core/read_table.hpp"
#include "projector/projector.hpp"

namespace daybook::app {
namespace {

projector::Options projector_options(const Config& config) {
  pg::Connection connection(config.database_url);
  projector::Options options;
  options.database_url = config.database_url;
  options.folder = config.data;
  options.generation = projector::served_generation(connection);
  return options;
}

// A load asks for the same memory again with every batch: what is given back to the system between has to be cleared anew.
void keep_memory() {
  constexpr int kept_bytes_max = 1 << 30, top_bytes = 64 << 20, mapped_bytes_min = 32 << 20;
  mallopt(M_TRIM_THRESHOLD, kept_bytes_max);
  mallopt(M_TOP_PAD, top_bytes);
  mallopt(M_MMAP_THRESHOLD, mapped_bytes_min);
}

projector::Projector open_projector(const Deployment& deployment, const projector::Options& options) {
  return {options, std::make_unique<projector::LogSource>(deployment.open_log()), deployment.open_log(), deployment.ring, std::make_shared<projector::Progress>()};
}

void print(const projector::ParkedRow& row) {
  std::cout << events::word_of(row.scope) << " " << row.id.text() << " at position " << row.position.value << ", since " << text::format_instant(row.since) << ": "
            << row.event_type << ": " << row.reason << "\n";
}

void print(const std::vector<projector::ParkedRow>& parked) {
  for (const auto& row : parked) print(row);
}

std::vector<projector::ParkedRow> parked_in_read_tables(const Config& config) {
  pg::Connection connection(config.database_url);
  const int generation = projector::served_generation(connection);
  projector::create_generation(connection, generation);
  return projector::parked_in(connection, generation);
}

// Says how far it is, and at the end what came of it; the exit code says whether anything is parked.
int project_everything(const Deployment& deployment, const projector::Options& options) {
  keep_memory();
  const auto log = deployment.open_log();
  auto projector = open_projector(deployment, options);
  // What came meanwhile is projected too, so that whoever goes on from there has little to catch up with.
  do {
    const auto head = log->head();
    projector.project_to(head, [&](events::Position at) { std::cerr << "\r" << at.value << " of " << head.value << " events" << std::flush; });
  } while (projector.position() < log->head());
  std::cerr << "\n";
  if (const auto digest = projector.digest()) {
    std::cout << "Projected " << projector.position().value << " events; digest " << *digest << ".\n";
    return 0;
  }
  std::cout << "Projected " << projector.position().value << " events, but for what is parked:\n";
  print(projector.parked());
  return exit_failed;
}

}  // namespace

int rebuild(const Config& config, const RebuildOptions& how) {
  const auto deployment = open_deployment(config);
  auto options = projector_options(config);
  if (how.read_tables) {
    open_projector(deployment, options).rebuild_read_tables();
    std::cout << "The read tables are as the state store.\n";
    return 0;
  }
  options.logged = false;   // a rebuild that is cut short is started again
  pg::Connection connection(config.database_url);
  if (how.beside)
    options.generation = projector::begin_generation(connection);
  else if (!projector::Projector::drop(options))
    throw Refusal("A projector writes these read models: stop it first, or build others with --beside.", exit_failed);
  const int code = project_everything(deployment, options);
  if (how.beside) {
    projector::serve_generation(connection, options.generation);
    std::cout << "Generation " << options.generation << " is served by whatever starts from now on; restart the services, then `daybook projector drop-old`.\n";
  }
  return code;
}

int drop_old(const Config& config) {
  const auto deployment = open_deployment(config);
  auto options = projector_options(config);
  pg::Connection connection(config.database_url);
  int code = 0;
  for (const int generation : projector::other_generations(connection)) {
    options.generation = generation;
    if (projector::Projector::drop(options)) {
      projector::forget_generation(connection, generation);
      std::cout << "Dropped generation " << generation << ".\n";
    } else {
      std::cout << "Generation " << generation << " is being written by a projector; it stays.\n";
      code = exit_failed;
    }
  }
  return code;
}

int digest(const Config& config) {
  const auto deployment = open_deployment(config);
  const auto projector = open_projector(deployment, projector_options(config));
  if (const auto digest = projector.digest()) {
    std::cout << projector.position().value << " " << *digest << "\n";
    return 0;
  }
  std::cout << "There is no digest while something is parked:\n";
  print(projector.parked());
  return exit_failed;
}

int print_parked(const Config& config) {
  const auto deployment = open_deployment(config);
  const auto parked = parked_in_read_tables(config);
  if (parked.empty()) std::cout << "Nothing is parked.\n";
  print(parked);
  return 0;
}

int redrive(const Config& config, const std::string& scope) {
  const auto deployment = open_deployment(config);
  const auto id = text::Uuid::parse(scope);
  const auto before = parked_in_read_tables(config);
  const bool known = std::any_of(before.begin(), before.end(), [&](const auto& row) { return row.id.value == id; });
  if (!scope.empty() && !known) throw Refusal("No workspace or user " + scope + " is parked; `daybook projector parked` lists those that are.", exit_failed);
  auto projector = open_projector(deployment, projector_options(config));
  projector.redrive(id);
  const auto parked = projector.parked();
  std::cout << (parked.empty() ? "Nothing is parked any more.\n" : "Still parked:\n");
  print(parked);
  return parked.empty() ? 0 : exit_failed;
}

}  // namespace daybook::app
