#include "command-service/log/rewrap.hpp"

#include "command-service/log/pg_rows.hpp"
#include "events/core/wrapped_key.hpp"

namespace daybook::log {
namespace {

// Keys of the advisory locks: one for each key-encrypting key.
constexpr std::string_view lock_key = "hashtextextended('daybook key-encrypting key ' || $1::text, 0)";

// Where a walk over the table is.
struct Place {
  text::Uuid subject{};
  std::int64_t version = -1;
};

// What of one batch changes. A row that was erased meanwhile is no longer there to be updated.
struct Batch {
  std::vector<std::string> subjects, before, after;
  std::vector<std::int64_t> versions;
};

constexpr const char* next_rows =
    "SELECT subject, version, wrapped FROM log.subject_keys WHERE (subject, version) > ($1::uuid, $2::bigint) ORDER BY subject, version LIMIT $3::bigint";
constexpr const char* update_rows =
    "UPDATE log.subject_keys k SET wrapped = n.after FROM unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::bytea[]) AS n(subject, version, before, after)"
    " WHERE k.subject = n.subject AND k.version = n.version AND k.wrapped = n.before";

}  // namespace

Rewrapped rewrap_keys(pg::Connection& connection, const crypto::KeyFile& keys, const std::function<void(const Rewrapped&)>& progress) {
  const auto& current = keys.current(crypto::KeyPurpose::key_encryption).id;
  Rewrapped done;
  for (Place place;;) {
    const auto rows = connection.exec_prepared(next_rows, pg::Params().text(place.subject.text()).int64(place.version).int64(rewrap_batch_rows));
    if (rows.empty()) return done;
    Batch batch;
    for (int row = 0; row < rows.rows(); ++row) {
      place = {uuid_at(rows, row, 0), rows.int64(row, 1)};
      auto wrapped = rows.bytea(row, 2);
      ++done.keys;
      if (events::wrapping_key_of(wrapped, place.subject) == current) continue;
      batch.subjects.push_back(place.subject.text());
      batch.versions.push_back(place.version);
      batch.after.push_back(events::rewrapped(wrapped, place.subject, keys, keys));
      batch.before.push_back(std::move(wrapped));
    }
    if (!batch.subjects.empty())
      done.changed += connection
                          .exec_prepared(update_rows, pg::Params().text_array(batch.subjects).int64_array(batch.versions).bytea_array(batch.before).bytea_array(batch.after))
                          .affected();
    if (progress) progress(done);
  }
}

std::map<std::string, std::int64_t> keys_by_wrapping(pg::Connection& connection) {
  const auto rows = connection.exec(
      "SELECT convert_from(wrapped, 'UTF8')::json ->> 'wrapping_key_id', count(*) FROM log.subject_keys GROUP BY 1");
  std::map<std::string, std::int64_t> counts;
  for (int row = 0; row < rows.rows(); ++row) counts[rows.text(row, 0)] = rows.int64(row, 1);
  return counts;
}

void hold_wrapping_key(pg::Connection& connection, const std::string& id) {
  connection.exec_prepared("SELECT pg_advisory_lock_shared(" + std::string(lock_key) + ")", pg::Params().text(id));
}

bool alone_under(pg::Connection& connection, const std::string& id) {
  return connection.exec_prepared("SELECT pg_try_advisory_lock(" + std::string(lock_key) + ")", pg::Params().text(id)).boolean(0, 0);
}

}  // namespace daybook::log
