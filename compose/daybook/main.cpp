// The daybook command: the single process and the tools around the log. A list of parts; the work is in the files beside it.
#include <CLI/CLI.hpp>
#include <iostream>

#include "compose/daybook/doctor.hpp"
#include "compose/daybook/service.hpp"
#include "compose/daybook/tools.hpp"

int main(int argc, char** argv) {
  using namespace daybook::app;
  CLI::App app{"Daybook: an event-sourced backend for people and agents working together."};
  app.require_subcommand(1);
  app.footer("Settings come from a TOML file, the environment (DATABASE_URL, KAFKA_BROKERS, DAYBOOK_...) and flags: `daybook config` prints them all.");
  CommandLine line;
  std::function<int()> run;
  // A command over the settings, and the flags of settings that it takes.
  const auto over_settings = [&](CLI::App* command, std::initializer_list<std::string_view> flags, std::function<int(const Config&)> work) {
    add_config_options(*command, line, flags);
    command->callback([&run, &line, work = std::move(work)] { run = [&line, work] { return work(load_config(line, process_environment())); }; });
  };

  auto* init = app.add_subcommand("init-keys", "Makes the key file of a new deployment; never replaces one.");
  over_settings(init, {"--keys"}, init_keys);

  auto* keys_command = app.add_subcommand("keys", "About the key file.");
  keys_command->require_subcommand(1);
  auto* fingerprint = keys_command->add_subcommand("fingerprint", "Prints what a log knows its key file by; reveals nothing of the keys.");
  over_settings(fingerprint, {"--keys"}, print_key_fingerprint);

  auto* migrate_command = app.add_subcommand("migrate", "Brings the database to this program's version.");
  over_settings(migrate_command, {}, migrate);

  bool reference = false;
  auto* config_command = app.add_subcommand("config", "Prints every setting with its value and where that comes from, as a TOML file; secrets are not shown.");
  config_command->add_flag("--reference", reference, "Prints the table of docs/configuration.md instead");
  over_settings(config_command, {"--listen", "--data", "--keys", "--allow-unsafe-database"}, [&](const Config& config) { return print_config(config, reference); });

  auto* serve_command = app.add_subcommand("serve", "Command service, projector and query service in one process.");
  over_settings(serve_command, {"--listen", "--data", "--allow-unsafe-database"}, [](const Config& config) { return serve(config, Role::all); });

  auto* rebuild_command = app.add_subcommand("rebuild", "Projects every read model again from the log.");
  RebuildOptions rebuild_options;
  auto* beside = rebuild_command->add_flag("--beside", rebuild_options.beside, "Builds a new generation while the one that is served goes on");
  rebuild_command->add_flag("--read-tables", rebuild_options.read_tables, "PostgreSQL's tables alone, as a copy of the state store")->excludes(beside);
  over_settings(rebuild_command, {"--data", "--allow-unsafe-database"}, [&](const Config& config) { return rebuild(config, rebuild_options); });

  auto* projector_command = app.add_subcommand("projector", "About the read models.");
  projector_command->require_subcommand(1);
  auto* parked = projector_command->add_subcommand("parked", "Lists what is held because an event could not be applied.");
  over_settings(parked, {}, print_parked);
  auto* drop_command = projector_command->add_subcommand("drop-old", "Deletes the read models of every generation that is not served.");
  over_settings(drop_command, {"--data"}, drop_old);
  std::string scope;
  auto* redrive_command = projector_command->add_subcommand("redrive", "Applies what was held, after the program was mended.");
  redrive_command->add_option("scope", scope, "Id of one workspace or user; without it all");
  over_settings(redrive_command, {"--data", "--allow-unsafe-database"}, [&](const Config& config) { return redrive(config, scope); });

  auto* audit = app.add_subcommand("audit", "Proves what happened.");
  audit->require_subcommand(1);
  auto* verify = audit->add_subcommand("verify", "Recomputes leaves, roots, positions, versions and side tables; names the first bad position.");
  over_settings(verify, {}, audit_verify);

  auto* tree_head = audit->add_subcommand("tree-head", "Prints the newest signed root, to be kept elsewhere.");
  over_settings(tree_head, {}, print_tree_head);
  std::int64_t proof_first = 0, proof_second = 0;
  auto* inclusion = audit->add_subcommand("inclusion", "Prints the proof that an event is in the log.");
  inclusion->add_option("--position", proof_first, "Of the event")->required();
  inclusion->add_option("--size", proof_second, "Of the log, as a tree head says it")->required();
  over_settings(inclusion, {}, [&](const Config& config) { return print_inclusion(config, proof_first, proof_second); });
  auto* consistency = audit->add_subcommand("consistency", "Prints the proof that a log begins with an older one.");
  consistency->add_option("--first", proof_first, "Size of the older")->required();
  consistency->add_option("--second", proof_second, "Size of the newer")->required();
  over_settings(consistency, {}, [&](const Config& config) { return print_consistency(config, proof_first, proof_second); });

  std::string email;
  auto* admin = app.add_subcommand("admin", "About superusers, who look after the whole installation, and about its keys; works while it is served.");
  admin->require_subcommand(1);
  auto* grant = admin->add_subcommand("grant", "Makes a registered person a superuser.");
  grant->add_option("email", email, "The address they are registered with")->required();
  over_settings(grant, {"--keys", "--allow-unsafe-database"}, [&](const Config& config) { return grant_superuser(config, email); });
  auto* revoke = admin->add_subcommand("revoke", "Takes that back.");
  revoke->add_option("email", email, "The address they are registered with")->required();
  over_settings(revoke, {"--keys", "--allow-unsafe-database"}, [&](const Config& config) { return revoke_superuser(config, email); });

  RotateOptions rotate_options;
  auto* rotate = admin->add_subcommand("rotate-keys", "Wraps every data key under a new key-encrypting key; works while it is served.");
  auto* file_only = rotate->add_flag("--file-only", rotate_options.file_only, "Adds the key to the file and stops, so that the file can be copied to other hosts first");
  auto* rewrap_only = rotate->add_flag("--rewrap-only", rotate_options.rewrap_only, "Adds none: wraps under the newest that the file has")->excludes(file_only);
  rotate->add_option("--retire", rotate_options.retire, "Takes this key out of the file, once nothing and nobody uses it")->excludes(file_only)->excludes(rewrap_only);
  over_settings(rotate, {"--keys", "--allow-unsafe-database"}, [&](const Config& config) { return rotate_keys(config, rotate_options); });

  bool after_restored = false, as_json = false;
  auto* doctor_command = app.add_subcommand("doctor", "Looks at a deployment and says what is wrong and what to do; changes nothing.");
  doctor_command->add_flag("--json", as_json, "One JSON object");
  doctor_command->add_flag("--after-restore", after_restored, "The database was restored or lost its end: audits it and opens a new epoch instead");
  over_settings(doctor_command, {"--listen", "--data", "--keys", "--allow-unsafe-database"},
                [&](const Config& config) { return after_restored ? after_restore(config) : doctor(config, as_json); });

  TailOptions tail_options;
  auto* tail_command = app.add_subcommand("tail", "Prints the log.");
  tail_command->add_option("--from", tail_options.from, "Starts after this position");
  tail_command->add_option("--type", tail_options.type, "Only this event type; a trailing * matches any ending");
  tail_command->add_option("--workspace", tail_options.workspace, "Only this workspace");
  tail_command->add_option("--stream", tail_options.stream, "Only this stream");
  tail_command->add_option("--limit", tail_options.limit, "At most so many events");
  tail_command->add_flag("--json", tail_options.json, "JSON Lines");
  tail_command->add_flag("-f,--follow", tail_options.follow, "Goes on as the log grows");
  over_settings(tail_command, {}, [&](const Config& config) { return tail(config, tail_options); });

  auto* digest_command = app.add_subcommand("digest", "Prints a digest over every row of the state store; the same log gives the same digest anywhere.");
  over_settings(digest_command, {"--data", "--allow-unsafe-database"}, digest);

  SeedOptions seed_options;
  auto* seed_command = app.add_subcommand("seed", "Fills a workspace with demo data, the same for the same seed; works while it is served and adds nothing a second time.");
  seed_command->add_option("--seed", seed_options.seed, "Another number makes another club")->capture_default_str();
  seed_command->add_option("--scale", seed_options.scale, "How large: 1 is eight people, three projects and three sprints; 0.1 to 1000")->capture_default_str();
  seed_command->add_option("--until", seed_options.until, "The story ends then, seven weeks after it began: a day or a moment; today at 00:00 UTC unless said");
  seed_command->add_option("--password", seed_options.password, "With which everybody in it signs in")->envname("DAYBOOK_SEED_PASSWORD")->capture_default_str();
  over_settings(seed_command, {"--keys", "--allow-unsafe-database"}, [&](const Config& config) { return seed(config, seed_options); });

  BeadsOptions beads_options;
  auto* import_command = app.add_subcommand("import", "Brings data in.");
  import_command->require_subcommand(1);
  auto* beads = import_command->add_subcommand("beads", "A change log of a tracker in the beads form: plain or .zst, - for standard input.");
  beads->add_option("file", beads_options.file, "The change log")->required();
  beads->add_option("--workspace", beads_options.workspace, "Id or slug")->required();
  beads->add_option("--url", beads_options.url, "Where Daybook serves")->envname("DAYBOOK_URL");
  beads->add_option("--token", beads_options.token, "Access token of an owner")->envname("DAYBOOK_TOKEN")->required();
  beads->add_option("--run", beads_options.run, "A name of one's own, to import the same log once more");
  beads->callback([&] { run = [&] { return import_beads(beads_options); }; });
  ModelOptions model_options;
  for (const auto* name : {"platform", "workflow_manager", "agent_factory", "prism"}) {
    auto* command = import_command->add_subcommand(name, "The whole database of a system with this model; works while it is served and adds nothing a second time.");
    command->add_option("--from", model_options.from, "postgresql://… or sqlite:FILE, which is only read")->required();
    command->add_flag("--dry-run", model_options.dry_run, "Reads everything, tries it against the log, and writes nothing");
    command->add_option("--report", model_options.report, "A file for what was read, brought and left out, and why: JSON");
    command->add_option("--owner", model_options.owner, "Address of somebody registered here, who owns what nobody there can own");
    over_settings(command, {"--keys", "--allow-unsafe-database"}, [&model_options, name](const Config& config) {
      model_options.model = name;
      return import_model(config, model_options);
    });
  }

  return report_failure("daybook", [&] {
    CLI11_PARSE(app, argc, argv);
    return run();
  });
}
