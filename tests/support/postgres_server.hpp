#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/process.hpp"
#include "tests/support/support.hpp"

namespace daybook::test {

struct PostgresServerOptions {
  /// Keep fsync and its friends on, for tests about durability.
  bool durable = false;
  /// A cluster of its own whatever DAYBOOK_TEST_DATABASE_URL says: for tests that stop the server, restart it or
  /// depend on its settings.
  bool of_its_own = false;
};

/// A PostgreSQL for one test program. With DAYBOOK_TEST_DATABASE_URL set it makes databases on that server
/// and drops them at the end; otherwise, or where it has to be its own, it runs a private cluster in a temporary folder, on a Unix socket
/// only, that ends with the test however the test ends. Started as root, the server runs as `postgres` or
/// `nobody`.
class PostgresServer {
 public:
  /// The one most tests share; starts at the first call, from the main thread.
  static PostgresServer& shared();
  /// A private one, for the tests of a program that do with a server what nobody else would bear. `shared()` itself
  /// where that is private.
  static PostgresServer& own();

  explicit PostgresServer(const PostgresServerOptions& options = {});
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  /// A database of this object, made by the constructor.
  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  /// A new empty database on the same server.
  [[nodiscard]] std::string fresh_database();

  /// Private clusters only; a server of somebody else is never touched.
  [[nodiscard]] bool is_private() const noexcept { return external_url_.empty(); }
  void stop();
  /// Ends without finishing anything, as by a crash; the next start recovers.
  void crash();
  void start();
  /// Where a private cluster keeps its files.
  [[nodiscard]] std::filesystem::path data_folder() const { return *folder_ / "data"; }
  /// A program of the same version, such as pg_dump.
  [[nodiscard]] static std::filesystem::path tool(const std::string& name);
  /// The end of the server's log, for messages of failing tests.
  [[nodiscard]] std::string log() const;

 private:
  void make_cluster();
  [[nodiscard]] std::string admin_url() const;
  [[nodiscard]] std::string url_of(const std::string& database) const;

  PostgresServerOptions options_;
  std::string external_url_;
  std::unique_ptr<TempDir> folder_;
  std::unique_ptr<Process> process_;
  std::vector<std::string> databases_;
  std::string url_;
};

}  // namespace daybook::test
