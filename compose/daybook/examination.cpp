// The checks of `daybook doctor`, in the order in which one depends on another.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <optional>

#include "command-service/log/migrations.hpp"
#include "command-service/log/pg_rows.hpp"
#include "command-service/relay/leadership.hpp"
#include "command-service/relay/topic.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/doctor.hpp"
#include "platform/http/client.hpp"
#include "platform/http/server.hpp"
#include "platform/kafka/admin.hpp"
#include "platform/text/base64.hpp"
#include "projector/core/read_table.hpp"
#include "projector/projector.hpp"

namespace daybook::app {
namespace {

namespace fs = std::filesystem;

constexpr int server_version_min = 150000;                        // as server_version_num counts
constexpr std::int64_t lag_events_max = 10000;                    // of read models or relay, before it is worth a word
constexpr std::chrono::milliseconds clock_skew_max{2000};
constexpr std::uintmax_t disk_bytes_min = std::uintmax_t{1} << 30;
constexpr std::uintmax_t disk_bytes_plenty = std::uintmax_t{20} << 30;
constexpr double disk_share_min = 0.1;                            // unless that is plenty
constexpr std::uintmax_t memory_beside_cache_bytes = 256 << 20;   // what a process wants beside command.cache_bytes
constexpr int kafka_timeout_ms = 5000;
constexpr std::chrono::milliseconds port_timeout{2000};

std::string mebibytes(std::uintmax_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

class Examination {
 public:
  Examination(const Config& config, const Host& host) : config_(config), host_(host) {}

  std::vector<Finding> run() {
    guarded("key file", [this] { keys(); });
    guarded("state folder", [this] { state_folder(); });
    guarded("disk", [this] { disk(); });
    guarded("memory", [this] { memory(); });
    guarded("port", [this] { port(); });
    if (!connect()) return std::move(findings_);
    guarded("server version", [this] { version(); });
    guarded("durability", [this] { durability(); });
    guarded("encoding", [this] { encoding(); });
    guarded("clock", [this] { clock(); });
    if (!schema()) return std::move(findings_);
    guarded("keys of the log", [this] { keys_of_the_log(); });
    guarded("log head", [this] { log_head(); });
    guarded("read models", [this] { read_models(); });
    guarded("kafka", [this] { kafka(); });
    return std::move(findings_);
  }

 private:
  void fine(std::string check, std::string detail) { findings_.push_back({std::move(check), true, std::move(detail), ""}); }
  void wrong(std::string check, std::string detail, std::string remedy) {
    findings_.push_back({std::move(check), false, std::move(detail), std::move(remedy)});
  }

  // A check that cannot be made is a finding too, and does not keep the others from being made.
  template <class Check>
  void guarded(const std::string& name, Check check) {
    try {
      check();
    } catch (const std::exception& failed) {
      wrong(name, std::string("This could not be looked at: ") + failed.what(), "Mend what the sentence names, and ask again.");
    }
  }

  bool connect() {
    if (config_.database_url.empty()) {
      wrong("database", "No database is named.", "Set DATABASE_URL.");
      return false;
    }
    try {
      connection_.emplace(config_.database_url);
    } catch (const std::exception& away) {
      wrong("database", std::string("It does not answer: ") + away.what(), "Start PostgreSQL, or correct DATABASE_URL.");
      return false;
    }
    fine("database", "It answers.");
    return true;
  }

  void keys() {
    auto loaded = read_keys(config_);
    if (const auto* error = std::get_if<crypto::KeyFileError>(&loaded))
      return wrong("key file", error->text, "Name the right file with DAYBOOK_KEYS, mode 0600. Never make a new one for a log that has one.");
    fingerprint_ = std::get<crypto::KeyFile>(loaded).fingerprint();
    fine("key file", (config_.keys_inline.empty() ? config_.keys : "DAYBOOK_KEYS_INLINE") + " is complete and nobody else can read it.");
  }

  // The folder itself, or the nearest one above it that is there.
  fs::path existing_folder() const {
    auto folder = fs::absolute(config_.data);
    while (!fs::exists(folder)) folder = folder.parent_path();
    return folder;
  }

  void state_folder() {
    const auto folder = existing_folder();
    struct stat owner {};
    if (!fs::is_directory(folder)) return wrong("state folder", folder.string() + " is no folder.", "Name another with DAYBOOK_DATA.");
    if (stat(folder.c_str(), &owner) != 0 || access(folder.c_str(), R_OK | W_OK | X_OK) != 0)
      return wrong("state folder", "This user (" + std::to_string(geteuid()) + ") may not write to " + folder.string() + ", which is user " + std::to_string(owner.st_uid) + "'s.",
                   "Run as the user that the services run as, or give the folder to it.");
    const auto holder = process_that_projects();
    fine("state folder", folder.string() + (holder ? " is open in process " + std::to_string(*holder) + "." : " is open in no process."));
  }

  // Of the read models that are served, or that would be begun.
  int generation() {
    return connection_ ? projector::find_served_generation(*connection_).value_or(projector::current_generation) : projector::current_generation;
  }

  // RocksDB holds a lock on this file while it is open.
  std::optional<pid_t> process_that_projects() {
    const auto file = projector::state_store_of(config_.data, generation()) / "LOCK";
    const int descriptor = open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return std::nullopt;
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const bool asked = fcntl(descriptor, F_GETLK, &lock) == 0;
    close(descriptor);
    if (!asked || lock.l_type == F_UNLCK) return std::nullopt;
    return lock.l_pid;
  }

  void disk() {
    const auto folder = existing_folder();
    const auto space = fs::space(folder);
    const auto words = mebibytes(space.available) + " are free where " + folder.string() + " lies.";
    const bool low = static_cast<double>(space.available) < disk_share_min * static_cast<double>(space.capacity);
    const bool little = space.available < disk_bytes_min || (low && space.available < disk_bytes_plenty);
    if (little) wrong("disk", words, "Make room: neither the state store nor a database beside it can write to a full disk.");
    else fine("disk", words);
  }

  void memory() {
    std::ifstream file(host_.cgroup / "memory.max");
    std::string word;
    if (!(file >> word) || word == "max") return fine("memory", "No container limits it.");
    const auto limit = std::stoull(word);
    const auto wanted = static_cast<std::uintmax_t>(config_.command_cache_bytes) + memory_beside_cache_bytes;
    const auto words = "The container may use " + mebibytes(limit) + ", and the cache of streams may grow to " + mebibytes(static_cast<std::uintmax_t>(config_.command_cache_bytes)) + ".";
    if (limit < wanted) wrong("memory", words, "Give it " + mebibytes(wanted) + ", or make command.cache_bytes smaller.");
    else fine("memory", words);
  }

  void port() {
    const auto listen = listen_of(config_);
    if (listen.port == 0) return fine("port", "Any free one will do.");
    const auto host = listen.address.find(':') == std::string::npos ? listen.address : "[" + listen.address + "]";
    const auto url = "http://" + host + ":" + std::to_string(listen.port);
    if (http::Client(url).send("GET", "/livez", {}, {}, port_timeout).status == 200) return fine("port", "Daybook serves " + url + ".");
    http::ServerOptions options;
    options.address = listen.address;
    options.port = listen.port;
    try {
      const http::Server free(options);
      fine("port", url + " is free.");
    } catch (const http::AddressInUse&) {
      wrong("port", "Another program listens on " + url + ".", "Stop it, or choose another port with --listen.");
    }
  }

  void version() {
    const auto row = connection_->exec("SELECT current_setting('server_version_num')::int, current_setting('server_version')");
    if (row.int64(0, 0) < server_version_min) wrong("server version", "PostgreSQL " + row.text(0, 1) + " is too old.", "Use PostgreSQL 15 or newer.");
    else fine("server version", "PostgreSQL " + row.text(0, 1) + ".");
  }

  void durability() {
    const auto unsafe = pg::check_durability(*connection_);
    if (unsafe.empty()) return fine("durability", "An acknowledged commit outlives a power cut.");
    if (config_.allow_unsafe) return fine("durability", "An acknowledged commit may be lost, which database.allow_unsafe accepts.");
    for (const auto& sentence : unsafe) wrong("durability", sentence, "Turn fsync, full_page_writes and synchronous_commit on, and restart PostgreSQL.");
  }

  void encoding() {
    const auto name = connection_->exec("SHOW server_encoding").text(0, 0);
    if (name == "UTF8") fine("encoding", "UTF8.");
    else wrong("encoding", "The database is in " + name + ".", "Make it anew with ENCODING 'UTF8', and restore into it.");
  }

  void clock() {
    const auto row = connection_->exec("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
    const text::Instant there{std::chrono::microseconds(row.int64(0, 0))};
    const auto here = host_.now + (std::chrono::steady_clock::now() - started_);
    const auto skew = std::chrono::abs(std::chrono::duration_cast<std::chrono::milliseconds>(there - here));
    if (skew > clock_skew_max) wrong("clock", "The database's clock and this machine's are " + std::to_string(skew.count()) + " ms apart.", "Keep the clocks of both machines with NTP.");
    else fine("clock", "The database's clock and this machine's agree.");
  }

  bool schema() {
    try {
      const auto newest = log::migrations().back().number;
      const auto stands = connection_->exec("SELECT coalesce(max(number), 0) FROM log.migrations").int64(0, 0);
      const auto words = "The database is at step " + std::to_string(stands) + ", this program at " + std::to_string(newest) + ".";
      if (stands < newest) wrong("schema", words, "Run `daybook migrate`; a service does it at its start.");
      else if (stands > newest) wrong("schema", words, "Run the newer program; schemas only go forward.");
      else fine("schema", words);
      identity_ = log::select_identity(*connection_);
      return true;
    } catch (const std::exception& missing) {
      wrong("schema", missing.what(), "Run `daybook migrate` with the right key file.");
      return false;
    }
  }

  void keys_of_the_log() {
    if (fingerprint_.empty()) return;
    if (fingerprint_ == identity_.key_fingerprint) return fine("keys of the log", "The key file is this log's.");
    wrong("keys of the log", "The key file is another deployment's: who signs in and what is personal could not be read.", "Name the right one with DAYBOOK_KEYS.");
  }

  void log_head() {
    head_ = log::select_head_position(*connection_);
    // The full proof is the audit; this is the index alone.
    const auto last = connection_->exec("SELECT coalesce(max(position), 0) FROM log.events").int64(0, 0);
    if (last == head_.value) return fine("log head", std::to_string(last) + " events, epoch " + std::to_string(identity_.epoch.value) + ".");
    wrong("log head", "The head says " + std::to_string(head_.value) + ", the last event is " + std::to_string(last) + ".",
          "Stop the services, keep the database as it is, and run `daybook audit verify`.");
  }

  void read_models() {
    const auto schema = projector::schema_of(generation());
    const auto words = "Generation " + std::to_string(generation());
    if (connection_->exec("SELECT to_regclass('" + schema + ".checkpoint') IS NULL").boolean(0, 0))
      return wrong("read models", words + ", which this program serves, was never made.", "Start the projector.");
    const auto row = connection_->exec("SELECT position, epoch, log_id, encode(leaf, 'hex') FROM " + schema + ".checkpoint");
    const events::Position at{row.int64(0, 0)};
    if (at.value > 0 && !of_this_log(at, row))
      return wrong("read models", words + " was made from another log, or the log was restored to an older point.",
                   "If the database was restored: `daybook doctor --after-restore`. Then `daybook rebuild`.");
    lag("read models", words, at, "See whether the projector runs and what its log says.");
    if (const auto parked = projector::parked_in(*connection_, generation()); !parked.empty())
      wrong("parked", std::to_string(parked.size()) + " workspaces or users are held because an event could not be applied.", "`daybook projector parked` lists them.");
  }

  bool of_this_log(events::Position at, const pg::Result& row) {
    const auto leaf = log::select_leaf(*connection_, at);
    return leaf && text::hex_encode({reinterpret_cast<const char*>(leaf->data()), leaf->size()}) == row.optional_text(0, 3).value_or("") &&
           row.int64(0, 1) == identity_.epoch.value && row.optional_text(0, 2) == identity_.log_id.text();
  }

  void lag(const std::string& check, const std::string& who, events::Position at, const std::string& remedy) {
    const auto missing = std::max<std::int64_t>(0, head_.value - at.value);
    const auto words = who + " stands at " + std::to_string(at.value) + ", " + std::to_string(missing) + " events behind the log.";
    if (missing > lag_events_max) wrong(check, words, remedy);
    else fine(check, words);
  }

  void kafka() {
    if (config_.kafka_brokers.empty()) return fine("kafka", "None is named: the projector reads the log itself.");
    const auto topic = log::select_current_topic(*connection_);
    const auto checkpoint = relay::stored_checkpoint(*connection_, topic);
    const auto found = kafka::describe_topic(config_.kafka_brokers, topic, kafka_timeout_ms);
    if (!found) return wrong("kafka", "It answers, and has no topic " + topic + ".", "Start the command service: its relay makes the topic.");
    if (found->partitions != checkpoint.partitions)
      return wrong("kafka", topic + " has " + std::to_string(found->partitions) + " partitions instead of " + std::to_string(checkpoint.partitions) + ".",
                   "Delete the topic and restart the command service, or name a new topic in log.topics.");
    const auto settings = topic_settings(found->configs);
    if (!settings.empty()) wrong("kafka topic", topic + " is not kept as it has to be: " + settings + ".", "Set its configuration as docs/kafka.md says.");
    guarded("kafka", [&] {
      static_cast<void>(relay::compare_topic(config_.kafka_brokers, checkpoint, identity_, *log_reader()));
      fine("kafka", topic + " has its " + std::to_string(found->partitions) + " partitions, and what they hold is this log's.");
    });
    if (relay::is_led(*connection_, topic)) fine("relay", "One process brings the log to Kafka.");
    else wrong("relay", "No process brings the log to Kafka.", "Start a command service with KAFKA_BROKERS set.");
    lag("relay lag", "What Kafka has acknowledged", checkpoint.position, "See what the log of the command service says.");
  }

  // What differs from what the relay sets; a cluster that does not tell is believed.
  static std::string topic_settings(const std::map<std::string, std::string>& configs) {
    std::string wrong;
    const auto differs = [&](const char* name, const std::string& wanted, bool right) {
      const auto found = configs.find(name);
      if (found != configs.end() && !right) wrong += (wrong.empty() ? "" : ", ") + std::string(name) + " is " + found->second + " instead of " + wanted;
    };
    const auto value = [&](const char* name) { return configs.contains(name) ? configs.at(name) : std::string(); };
    differs("cleanup.policy", "delete", value("cleanup.policy") == "delete");
    differs("retention.ms", "-1", value("retention.ms") == "-1");
    differs("retention.bytes", "-1", value("retention.bytes") == "-1");
    const auto bytes = value("max.message.bytes");
    differs("max.message.bytes", std::to_string(kafka::message_bytes_max), bytes.empty() || std::stoull(bytes) >= kafka::message_bytes_max);
    return wrong;
  }

  std::unique_ptr<events::LogReader> log_reader() const { return std::make_unique<log::PgReader>(config_.database_url); }

  const Config& config_;
  const Host& host_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::optional<pg::Connection> connection_;
  std::string fingerprint_;
  events::LogIdentity identity_;
  events::Position head_{};
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> examine(const Config& config, const Host& host) { return Examination(config, host).run(); }

}  // namespace daybook::app
