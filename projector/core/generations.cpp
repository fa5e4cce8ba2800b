#include "projector/core/generations.hpp"

#include "platform/postgres/transaction.hpp"
#include "projector/views/views.hpp"

namespace daybook::projector {
namespace {

constexpr std::string_view generations_lock = "7233188113542599523";   // "daybgen#", of its transaction
const std::string format = std::to_string(current_generation);

// One at a time: services that start together would each begin a first generation. Held until the transaction ends.
void lock_generations(pg::Connection& connection) {
  connection.exec("SET LOCAL client_min_messages = warning; SELECT pg_advisory_xact_lock(" + std::string(generations_lock) + ");"
                  "CREATE SCHEMA IF NOT EXISTS read_models;"
                  "CREATE TABLE IF NOT EXISTS read_models.generations (generation integer PRIMARY KEY, format integer NOT NULL, served boolean NOT NULL);"
                  "CREATE UNIQUE INDEX IF NOT EXISTS one_is_served ON read_models.generations (format) WHERE served;");
}

// Numbers go on over all formats, since schemas and folders are named by them alone.
int insert_generation(pg::Connection& connection, bool served) {
  return static_cast<int>(connection.exec("INSERT INTO read_models.generations SELECT GREATEST(" + format + ", 1 + max(generation)), " + format + ", " +
                                          (served ? "true" : "false") + " FROM read_models.generations RETURNING generation").int64(0, 0));
}

}  // namespace

std::string schema_of(int generation) { return "read_g" + std::to_string(generation); }

std::filesystem::path state_store_of(const std::filesystem::path& folder, int generation) {
  return folder / ("g" + std::to_string(generation));
}

std::optional<int> find_served_generation(pg::Connection& connection) {
  if (connection.exec("SELECT to_regclass('read_models.generations') IS NULL").boolean(0, 0)) return std::nullopt;
  const auto served = connection.exec("SELECT generation FROM read_models.generations WHERE served AND format = " + format);
  return served.empty() ? std::nullopt : std::optional(static_cast<int>(served.int64(0, 0)));
}

int served_generation(pg::Connection& connection) {
  pg::Transaction transaction(connection);
  lock_generations(connection);
  const auto served = connection.exec("SELECT generation FROM read_models.generations WHERE served AND format = " + format);
  const int generation = served.empty() ? insert_generation(connection, true) : static_cast<int>(served.int64(0, 0));
  transaction.commit();
  return generation;
}

bool is_newest_served(pg::Connection& connection, int generation) {
  if (connection.exec("SELECT to_regclass('read_models.generations') IS NULL").boolean(0, 0)) return false;
  const auto newest = connection.exec("SELECT generation FROM read_models.generations WHERE served ORDER BY format DESC LIMIT 1");
  return !newest.empty() && newest.int64(0, 0) == generation;
}

int begin_generation(pg::Connection& connection) {
  pg::Transaction transaction(connection);
  lock_generations(connection);
  const int generation = insert_generation(connection, false);
  transaction.commit();
  return generation;
}

void serve_generation(pg::Connection& connection, int generation) {
  pg::Transaction transaction(connection);
  lock_generations(connection);
  connection.exec("UPDATE read_models.generations SET served = false WHERE served AND format = " + format);
  connection.exec("UPDATE read_models.generations SET served = true WHERE generation = " + std::to_string(generation));
  transaction.commit();
  install_views_if_served(connection, generation);
}

std::vector<int> other_generations(pg::Connection& connection) {
  const int served = served_generation(connection);
  const auto found = connection.exec(
      "SELECT generation FROM read_models.generations UNION SELECT substr(nspname, 7)::integer FROM pg_namespace WHERE nspname ~ '^read_g[0-9]{1,9}$' ORDER BY 1");
  std::vector<int> others;
  for (int i = 0; i < found.rows(); ++i)
    if (const auto generation = static_cast<int>(found.int64(i, 0)); generation != served) others.push_back(generation);
  return others;
}

void forget_generation(pg::Connection& connection, int generation) {
  connection.exec("DELETE FROM read_models.generations WHERE generation = " + std::to_string(generation));
}

}  // namespace daybook::projector
