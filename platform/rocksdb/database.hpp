#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace daybook::rocks {

/// The store is broken, locked by another process, or its disk is full. A missing key is never an error.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Memory for blocks read from disk, shared by every database that is opened with the same one.
class BlockCache;
[[nodiscard]] std::shared_ptr<BlockCache> make_block_cache(std::size_t bytes);

struct Options {
  bool create_if_missing = true;
  /// Used when `block_cache` is null.
  std::size_t block_cache_bytes = std::size_t{256} << 20;
  std::shared_ptr<BlockCache> block_cache = nullptr;
  std::size_t write_buffer_bytes = std::size_t{64} << 20;
  /// Not empty: open as a reader that follows a live writer, and keep the reader's own files here.
  std::filesystem::path read_only_secondary = {};
};

/// A walk over the keys that share one prefix, in byte order. Never leaves the prefix: past either end it is
/// not valid and stays so. `key` and `value` are views until the next move. Lives shorter than the object it
/// came from (Database, Snapshot or Batch); one thread at a time. A batch must not be written while one of
/// its iterators lives.
class Iterator {
 public:
  struct Impl;
  explicit Iterator(std::unique_ptr<Impl> impl) noexcept;
  Iterator(Iterator&&) noexcept;
  Iterator& operator=(Iterator&&) noexcept;
  ~Iterator();

  [[nodiscard]] bool valid() const;
  [[nodiscard]] std::string_view key() const;
  [[nodiscard]] std::string_view value() const;
  void next();
  void prev();

 private:
  std::unique_ptr<Impl> impl_;
};

/// What can be read from a database, a snapshot or a batch alike.
class Reader {
 public:
  virtual ~Reader() = default;
  [[nodiscard]] virtual std::optional<std::string> get(std::string_view key) const = 0;
  /// At the first key of the prefix, or with `from` at the first one not before it.
  [[nodiscard]] Iterator seek(std::string_view prefix) const { return seek(prefix, prefix); }
  [[nodiscard]] virtual Iterator seek(std::string_view prefix, std::string_view from) const = 0;
  /// At the last key of the prefix, or with `upto` at the last one not after it. Walk on with `prev`.
  [[nodiscard]] virtual Iterator seek_last(std::string_view prefix) const = 0;
  [[nodiscard]] virtual Iterator seek_last(std::string_view prefix, std::string_view upto) const = 0;
};

/// The database as it stood when the snapshot was taken. Shorter-lived than its database; any thread may
/// read.
class Snapshot final : public Reader {
 public:
  struct Impl;
  explicit Snapshot(std::unique_ptr<Impl> impl) noexcept;
  Snapshot(Snapshot&&) noexcept;
  Snapshot& operator=(Snapshot&&) noexcept;
  ~Snapshot() override;

  using Reader::seek;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  [[nodiscard]] Iterator seek(std::string_view prefix, std::string_view from) const override;
  [[nodiscard]] Iterator seek_last(std::string_view prefix) const override;
  [[nodiscard]] Iterator seek_last(std::string_view prefix, std::string_view upto) const override;
  /// Grows with every change of the database: two snapshots with one number show the same.
  [[nodiscard]] std::uint64_t sequence() const;

 private:
  std::unique_ptr<Impl> impl_;
};

/// Changes that are not in the database yet, readable as if they were: every read looks here first, then in
/// the database as it stands at that moment. Made by Database::batch, keeps it open; one thread at a time.
class Batch final : public Reader {
 public:
  struct Impl;
  explicit Batch(std::unique_ptr<Impl> impl) noexcept;
  Batch(Batch&&) noexcept;
  Batch& operator=(Batch&&) noexcept;
  ~Batch() override;

  void put(std::string_view key, std::string_view value);
  void erase(std::string_view key);
  /// The same, but reads through this batch do not see it: several times cheaper, for what nobody reads
  /// before the commit. Of several such changes to one key the last one stands; no key is changed both ways.
  void put_unseen(std::string key, std::string value);
  void erase_unseen(std::string key);
  /// Brings the unseen changes into the order in which they are written; the commit does so itself, this does it before.
  void sort_unseen();
  void clear();
  /// Number of changes, and the bytes they would write.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t bytes() const;

  using Reader::seek;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  [[nodiscard]] Iterator seek(std::string_view prefix, std::string_view from) const override;
  [[nodiscard]] Iterator seek_last(std::string_view prefix) const override;
  [[nodiscard]] Iterator seek_last(std::string_view prefix, std::string_view upto) const override;

 private:
  friend class Database;
  std::unique_ptr<Impl> impl_;
};

/// How much of a commit outlives a crash: unlogged, what `flush` has written since, which is always a whole number of commits in
/// their order; no, everything but for the machine's own crash; yes, everything.
enum class Sync { unlogged, no, yes };

/// One RocksDB folder. Keys are byte strings in byte order (key_codec.hpp makes them). Any thread may read;
/// one thread commits. Every change goes through a Batch, so a checkpoint key can never disagree with the
/// rows it speaks of. The owner closes it last, after every snapshot, batch and iterator.
class Database final : public Reader {
 public:
  static Database open(const std::filesystem::path& path, const Options& options = {});
  /// Without a file, gone with the object: for what is about computing rows, not about keeping them.
  static Database in_memory();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database() override;

  using Reader::seek;
  [[nodiscard]] std::optional<std::string> get(std::string_view key) const override;
  [[nodiscard]] Iterator seek(std::string_view prefix, std::string_view from) const override;
  [[nodiscard]] Iterator seek_last(std::string_view prefix) const override;
  [[nodiscard]] Iterator seek_last(std::string_view prefix, std::string_view upto) const override;

  [[nodiscard]] Batch batch() const;
  /// Writes the batch atomically and empties it. Sync::yes returns after the disk has it.
  void commit(Batch& batch, Sync sync = Sync::no);
  /// Brings every commit to the disk; those that were unlogged also reach secondaries then.
  void flush();

  /// On a secondary, snapshots see whatever was caught up last: hold off `try_catch_up` while one lives.
  [[nodiscard]] Snapshot snapshot() const;
  /// Secondary only: takes over what the writer has written since. False when there was nothing to follow
  /// yet.
  bool try_catch_up();

  /// A consistent copy in a new folder on the same disk (hard links where possible).
  void checkpoint(const std::filesystem::path& path) const;
  [[nodiscard]] std::uint64_t size_on_disk() const;
  /// Rewrites every file without erased and overwritten rows.
  void compact();

  struct Impl;

 private:
  explicit Database(std::shared_ptr<Impl> impl) noexcept;
  std::shared_ptr<Impl> impl_;
};

}  // namespace daybook::rocks
