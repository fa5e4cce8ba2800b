#pragma once
// The state store for whoever only reads it: rows, rows as of an earlier position, and pages of an index. Either it shares the
// database that the projector has open in this process, or it follows the projector's folder on the same host, as a secondary
// of RocksDB. Any thread reads; one thread catches up. It lives no longer than the database it shares.
#include <filesystem>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "projector/core/checkpoint.hpp"
#include "projector/core/state_keys.hpp"
#include "platform/rocksdb/database.hpp"

namespace daybook::projector {

inline constexpr std::size_t index_page_rows_max = 200;

// The writer's folder is not there yet, or was not caught up with once.
struct NotReady : std::runtime_error { using std::runtime_error::runtime_error; };

// Which state of which database a view shows: nothing differs between two views of one moment.
struct Moment {
  std::uint64_t opened = 0, sequence = 0;
  bool operator==(const Moment&) const = default;
};

enum class Walk { newest_first, oldest_first };

struct PageOf {
  std::size_t limit = index_page_rows_max;  // rows, at most index_page_rows_max
  Walk walk = Walk::newest_first;
  std::string after = {};                   // the `next` of the page before
};

template <class Row>
struct IndexPage {
  std::vector<Row> rows;
  std::string next;                         // empty at the end; opaque
};

// The state store as it stood at one position; one for a request. A follower stands still while one lives.
class StateView {
 public:
  // That of the last event these rows know.
  events::Position position() const { return position_; }
  const Moment& moment() const { return moment_; }

  template <class Row>
  std::optional<Row> get(text::Uuid id) const {
    return read<Row>(snapshot_.get(row_key(table_of<Row>(), id)));
  }
  // The row as it stood after the event at the position; nothing where it was not there, or no longer.
  template <class Row>
  std::optional<Row> get_as_of(text::Uuid id, events::Position position) const {
    const auto& table = table_of<Row>();
    if (table.rows_change) return read<Row>(json_as_of(table, id, position));
    auto row = get<Row>(id);
    if (row && position_of(*row) > position) row.reset();
    return row;
  }
  // The same for whoever knows a row by its table alone: JSON as the codec writes it.
  std::optional<std::string> json(const Table& table, text::Uuid id) const { return snapshot_.get(row_key(table, id)); }
  std::optional<std::string> json_as_of(const Table& table, text::Uuid id, events::Position position) const;
  // The newest row of an index whose fields begin with these parts.
  std::optional<text::Uuid> first(const Table& table, std::size_t index, std::string_view parts) const;
  // Rows of an index whose fields begin with these parts (index_part).
  template <class Row>
  IndexPage<Row> each(std::string_view index, std::string_view parts, const PageOf& asked) const {
    const auto& table = table_of<Row>();
    IndexPage<Row> page;
    for (const auto id : ids(table, index, parts, asked, page.next)) page.rows.push_back(get<Row>(id).value());
    return page;
  }

 private:
  friend class StateReader;
  StateView(std::shared_lock<std::shared_mutex> held, const rocks::Database& database, std::uint64_t opened)
      : held_(std::move(held)), snapshot_(database.snapshot()), moment_{opened, snapshot_.sequence()} {}

  template <class Row>
  static events::Position position_of(const Row& row) {
    if constexpr (requires { row.born; }) return row.born;
    else return row.position;
  }
  template <class Row>
  static std::optional<Row> read(const std::optional<std::string>& json) {
    if (!json) return std::nullopt;
    Row row{};
    read_row(table_of<Row>(), *json, &row);
    return row;
  }
  std::vector<text::Uuid> ids(const Table& table, std::string_view index, std::string_view parts, const PageOf& asked,
                              std::string& next) const;

  std::shared_lock<std::shared_mutex> held_;
  rocks::Snapshot snapshot_;
  Moment moment_;
  events::Position position_{};
};

class StateReader {
 public:
  // Shares a database of this process.
  explicit StateReader(const rocks::Database& shared) : shared_(&shared) {}
  // Follows the writer's folder; `own` is a folder for the follower's own files. Opened by catch_up, once the writer made it.
  StateReader(std::filesystem::path folder, std::filesystem::path own) : folder_(std::move(folder)), own_(std::move(own)) {}

  // Takes over what the writer has written since, or the database that was built anew in the place of the one followed; waits
  // for the views that live and holds off new ones meanwhile, so it belongs on a thread of its own. False while there is
  // nothing to follow. Nothing to do where the database is shared.
  bool catch_up();
  bool ready() const;
  // A thread has one view at a time. Throws NotReady.
  StateView read() const;

 private:
  StateView view(std::shared_lock<std::shared_mutex> held, const rocks::Database& database) const;
  events::Position position_in(const StateView& view) const;

  const rocks::Database* shared_ = nullptr;
  std::filesystem::path folder_, own_;
  mutable std::mutex entrance_;               // passed on the way to moving_, so that views never keep catch_up out for good
  mutable std::shared_mutex moving_;          // shared by views, taken alone by catch_up
  std::optional<rocks::Database> followed_;
  std::string followed_identity_;             // RocksDB's name of the database, another one after a rebuild
  std::uint64_t opened_ = 0;                  // times one was opened
  mutable std::mutex known_;
  mutable std::optional<std::pair<Moment, events::Position>> position_;   // the checkpoint that was read last
};

}  // namespace daybook::projector
