#pragma once

// Private to this folder: RocksDB itself, behind the public headers.

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/utilities/write_batch_with_index.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/rocksdb/database.hpp"

namespace daybook::rocks {

/// Throws Error unless the status is good.
void check(const rocksdb::Status& status, std::string_view doing);

inline rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

struct Database::Impl {
  std::unique_ptr<rocksdb::Env> environment;  // of one in memory; outlives it
  std::unique_ptr<rocksdb::DB> db;
  std::filesystem::path path;
  bool secondary = false;
};

using Store = std::shared_ptr<const Database::Impl>;

/// What an iterator or point read looks at: the store, as of a snapshot or now, with or without a batch.
struct Source {
  Store store;
  const rocksdb::Snapshot* snapshot = nullptr;
  rocksdb::WriteBatchWithIndex* batch = nullptr;

  [[nodiscard]] std::optional<std::string> get(std::string_view key) const;
  [[nodiscard]] Iterator seek(std::string_view prefix, std::string_view from) const;
  [[nodiscard]] Iterator seek_last(std::string_view prefix) const;
  [[nodiscard]] Iterator seek_last(std::string_view prefix, std::string_view upto) const;
};

struct Snapshot::Impl {
  explicit Impl(Store store);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl();
  Source source;
};

struct Batch::Impl {
  explicit Impl(Store store);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  /// What readers of the batch do not see, until it is brought into `changes` past its index.
  struct Unseen {
    std::string key;
    std::optional<std::string> value;
  };
  rocksdb::WriteBatchWithIndex changes;
  std::vector<Unseen> unseen;
  std::size_t unseen_bytes = 0;
  Source source;
};

}  // namespace daybook::rocks
