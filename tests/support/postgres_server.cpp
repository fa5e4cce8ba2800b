#include "tests/support/postgres_server.hpp"

#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "platform/postgres/connection.hpp"

namespace daybook::test {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds initdb_limit{60};
constexpr std::chrono::seconds start_limit{30};
constexpr std::chrono::seconds stop_limit{20};
constexpr const char* port = "5432";
constexpr const char* superuser = "daybook";

/// The newest installed server.
fs::path find_binaries() {
  fs::path found;
  int newest = 0;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", missing)) {
    const int version = std::atoi(entry.path().filename().c_str());
    if (version <= newest || !fs::exists(entry.path() / "bin" / "postgres")) continue;
    newest = version;
    found = entry.path() / "bin";
  }
  if (found.empty()) throw std::runtime_error("no PostgreSQL server under /usr/lib/postgresql");
  return found;
}

/// PostgreSQL refuses to run as root.
std::string server_user() {
  if (geteuid() != 0) return "";
  return getpwnam("postgres") != nullptr ? "postgres" : "nobody";
}

void give_to(const std::string& user, const fs::path& folder) {
  if (user.empty()) return;
  const passwd* entry = getpwnam(user.c_str());
  if (entry == nullptr || chown(folder.c_str(), entry->pw_uid, entry->pw_gid) != 0) {
    throw std::runtime_error("cannot give " + folder.string() + " to " + user);
  }
}

/// The same server and login, another database; for URIs and keyword strings.
std::string with_database(const std::string& url, const std::string& database) {
  const auto scheme_end = url.find("://");
  if (scheme_end == std::string::npos) return url + " dbname=" + database;
  const auto query = url.find('?', scheme_end);
  const auto path = url.find('/', scheme_end + 3);
  const auto authority_end = std::min({path, query, url.size()});
  return url.substr(0, authority_end) + "/" + database +
         (query == std::string::npos ? "" : url.substr(query));
}

}  // namespace

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

PostgresServer& PostgresServer::own() {
  if (shared().is_private()) return shared();
  static PostgresServer server({.of_its_own = true});
  return server;
}

PostgresServer::PostgresServer(const PostgresServerOptions& options) : options_(options) {
  const char* external = options.of_its_own ? nullptr : std::getenv("DAYBOOK_TEST_DATABASE_URL");
  if (external != nullptr && *external != '\0') {
    external_url_ = pg::normalise_url(external);
  } else {
    make_cluster();
    start();
  }
  url_ = fresh_database();
}

PostgresServer::~PostgresServer() {
  if (process_) {
    // Nothing is kept, so the server need not finish its work.
    process_->send(SIGQUIT);
    (void)process_->wait(stop_limit);
    return;
  }
  try {
    pg::Connection admin(admin_url());
    for (const auto& database : databases_) {
      admin.exec("DROP DATABASE IF EXISTS " + pg::quote_identifier(database) + " WITH (FORCE)");
    }
  } catch (const std::exception&) {
    // A server that is gone has nothing left to drop.
  }
}

void PostgresServer::make_cluster() {
  folder_ = std::make_unique<TempDir>();
  const auto user = server_user();
  give_to(user, folder_->path());
  Process initdb(
      {(find_binaries() / "initdb").string(), "--pgdata", (*folder_ / "data").string(), "--username",
       superuser, "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"},
      {folder_->path(), *folder_ / "server.log", user, SIGKILL});
  if (!initdb.wait(initdb_limit) || initdb.exit_code() != 0)
    throw std::runtime_error("initdb failed:\n" + log());
}

void PostgresServer::start() {
  if (!is_private() || process_) return;
  std::vector<std::string> command{(find_binaries() / "postgres").string(),
                                   "-D",
                                   (*folder_ / "data").string(),
                                   "-p",
                                   port,
                                   "-c",
                                   "listen_addresses=",
                                   "-c",
                                   "unix_socket_directories=" + folder_->path().string(),
                                   "-c",
                                   "max_connections=100",
                                   "-c",
                                   "shared_buffers=64MB"};
  if (!options_.durable) {
    for (const char* setting : {"fsync=off", "full_page_writes=off", "synchronous_commit=off"}) {
      command.insert(command.end(), {"-c", setting});
    }
  }
  process_ = std::make_unique<Process>(
      command, ProcessOptions{folder_->path(), *folder_ / "server.log", server_user(), SIGQUIT});
  const auto answers = [this] {
    try {
      return pg::Connection(admin_url()).ping();
    } catch (const pg::ConnectionLost&) {
      return false;
    }
  };
  if (!wait_until([&] { return !process_->running() || answers(); }, start_limit) || !process_->running()) {
    throw std::runtime_error("PostgreSQL did not start:\n" + log());
  }
}

void PostgresServer::stop() {
  if (!process_) return;
  process_->send(SIGINT);
  if (!process_->wait(stop_limit)) throw std::runtime_error("PostgreSQL did not stop:\n" + log());
  process_.reset();
}

void PostgresServer::crash() {
  if (!process_) return;
  process_->send(SIGQUIT);
  if (!process_->wait(stop_limit)) throw std::runtime_error("PostgreSQL did not stop:\n" + log());
  process_.reset();
}

std::string PostgresServer::fresh_database() {
  const auto name = random_name("daybook_test_");
  pg::Connection admin(admin_url());
  admin.exec("CREATE DATABASE " + pg::quote_identifier(name));
  databases_.push_back(name);
  return url_of(name);
}

fs::path PostgresServer::tool(const std::string& name) { return find_binaries() / name; }

std::string PostgresServer::log() const {
  if (!folder_) return "";
  std::ifstream in(*folder_ / "server.log");
  std::ostringstream text;
  text << in.rdbuf();
  constexpr std::size_t log_bytes_max = 8192;
  auto all = text.str();
  return all.size() <= log_bytes_max ? all : all.substr(all.size() - log_bytes_max);
}

std::string PostgresServer::admin_url() const { return is_private() ? url_of("postgres") : external_url_; }

std::string PostgresServer::url_of(const std::string& database) const {
  if (!is_private()) return with_database(external_url_, database);
  return std::string("postgresql://") + superuser + "@/" + database + "?host=" + folder_->path().string() +
         "&port=" + port;
}

}  // namespace daybook::test
