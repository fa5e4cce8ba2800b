#include "projector/views/views.hpp"

#include "platform/crypto/hash.hpp"
#include "platform/postgres/transaction.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"
#include "projector/core/generations.hpp"
#include "projector/projector.hpp"

namespace daybook::projector {
namespace {

constexpr std::string_view shared_file = "shared.sql", schema_mark = "$schema";
constexpr std::string_view schemas = "('platform', 'workflow_manager', 'agent_factory', 'prism')";

// Of a transaction: services that start together take turns. The number spells "daybview".
constexpr std::string_view lock = "SET LOCAL client_min_messages = warning; SELECT pg_advisory_xact_lock(7233195940334101879);";

// What was installed, in one row. The number of views tells of those that went with read tables which were dropped.
constexpr std::string_view note_table =
    "CREATE SCHEMA IF NOT EXISTS read_models;"
    "CREATE TABLE IF NOT EXISTS read_models.installed_views (digest text NOT NULL, views bigint NOT NULL);";

std::string count_of_views() {
  return "(SELECT count(*) FROM pg_views WHERE schemaname = 'read_models' OR schemaname IN " + std::string(schemas) + ")";
}

std::string sql_over(int generation) {
  std::string all;
  for (const auto& [name, text] : view_files()) all += text;
  const auto schema = schema_of(generation);
  for (auto at = all.find(schema_mark); at != all.npos; at = all.find(schema_mark, at + schema.size()))
    all.replace(at, schema_mark.size(), schema);
  return all;
}

std::string digest_of(std::string_view sql) {
  return text::hex_encode(text::view_of(crypto::sha256(sql)));
}

bool are_installed(pg::Connection& connection, const std::string& digest) {
  return connection.exec("SELECT EXISTS (SELECT FROM read_models.installed_views WHERE digest = $1 AND views = " + count_of_views() + ")",
                         pg::Params().text(digest)).boolean(0, 0);
}

// The schemas are dropped with all that is in them, and their names are not rare.
void check_hold_views_alone(pg::Connection& connection) {
  const auto others = connection.exec("SELECT nspname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p', 'm', 'f', 'S')"
                                      " AND nspname IN " + std::string(schemas) + " LIMIT 1");
  if (others.empty()) return;
  throw Stopped("The database's schema " + std::string(others.text(0, 0)) +
                " holds tables of another program, and Daybook's views of that name would take their place: rename it.");
}

}  // namespace

void create_shared_functions(pg::Connection& connection) {
  pg::Transaction transaction(connection);
  connection.exec(std::string(lock));
  for (const auto& [name, text] : view_files())
    if (name == shared_file) connection.exec(std::string(text));
  transaction.commit();
}

void install_views(pg::Connection& connection, int generation) {
  const auto sql = sql_over(generation);
  const auto digest = digest_of(sql);
  pg::Transaction transaction(connection);
  connection.exec(std::string(lock) + std::string(note_table));
  if (are_installed(connection, digest)) return;
  check_hold_views_alone(connection);
  connection.exec(sql);
  connection.exec("DELETE FROM read_models.installed_views");
  connection.exec("INSERT INTO read_models.installed_views SELECT $1, " + count_of_views(), pg::Params().text(digest));
  transaction.commit();
}

void install_views_if_served(pg::Connection& connection, int generation) {
  if (is_newest_served(connection, generation)) install_views(connection, generation);
}

}  // namespace daybook::projector
