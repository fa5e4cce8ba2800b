#include "platform/rocksdb/database.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>

#include "platform/rocksdb/store.hpp"

namespace daybook::rocks {

class BlockCache {
 public:
  explicit BlockCache(std::size_t bytes) : cache(rocksdb::NewLRUCache(bytes)) {}
  std::shared_ptr<rocksdb::Cache> cache;
};

std::shared_ptr<BlockCache> make_block_cache(std::size_t bytes) {
  return std::make_shared<BlockCache>(bytes);
}

void check(const rocksdb::Status& status, std::string_view doing) {
  if (!status.ok()) throw Error("RocksDB could not " + std::string(doing) + ": " + status.ToString());
}

namespace {

constexpr double bloom_bits_per_key = 10;
constexpr double memtable_bloom_ratio = 0.05;   // of a memtable's size
constexpr std::uint64_t wal_bytes_max = std::uint64_t{256} << 20;
constexpr std::size_t info_log_files_max = 4;
constexpr std::size_t info_log_bytes_max = std::size_t{8} << 20;
constexpr int background_jobs_max = 2;

rocksdb::Options translate(const Options& options) {
  rocksdb::BlockBasedTableOptions table;
  const auto cache = options.block_cache ? options.block_cache : make_block_cache(options.block_cache_bytes);
  table.block_cache = cache->cache;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(bloom_bits_per_key));
  // Index and filter blocks count against the cache, so that the cache size is the memory bound.
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  table.format_version = 5;

  rocksdb::Options out;
  out.create_if_missing = options.create_if_missing;
  out.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  out.write_buffer_size = options.write_buffer_bytes;
  // Most keys are looked up once, to learn that they are new.
  out.memtable_prefix_bloom_size_ratio = memtable_bloom_ratio;
  out.memtable_whole_key_filtering = true;
  out.max_total_wal_size = wal_bytes_max;
  out.max_background_jobs = background_jobs_max;
  out.level_compaction_dynamic_level_bytes = true;
  out.compression = rocksdb::kLZ4Compression;
  out.bottommost_compression = rocksdb::kZSTD;
  out.keep_log_file_num = info_log_files_max;
  out.max_log_file_size = info_log_bytes_max;
  // A secondary must keep every file open, since the writer may delete one it still reads.
  out.max_open_files = -1;
  return out;
}

}  // namespace

Database::Database(std::shared_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Database Database::open(const std::filesystem::path& path, const Options& options) {
  auto impl = std::make_shared<Impl>();
  impl->path = path;
  impl->secondary = !options.read_only_secondary.empty();
  rocksdb::DB* db = nullptr;
  const auto translated = translate(options);
  const auto status =
      impl->secondary
          ? rocksdb::DB::OpenAsSecondary(translated, path.string(), options.read_only_secondary.string(), &db)
          : rocksdb::DB::Open(translated, path.string(), &db);
  impl->db.reset(db);
  check(status, "open " + path.string());
  return Database(std::move(impl));
}

Database Database::in_memory() {
  auto impl = std::make_shared<Impl>();
  impl->path = "/memory";
  impl->environment.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
  auto translated = translate({.block_cache_bytes = std::size_t{8} << 20, .write_buffer_bytes = std::size_t{1} << 20});
  translated.env = impl->environment.get();
  rocksdb::DB* db = nullptr;
  const auto status = rocksdb::DB::Open(translated, impl->path.string(), &db);
  impl->db.reset(db);
  check(status, "open one in memory");
  return Database(std::move(impl));
}

std::optional<std::string> Database::get(std::string_view key) const { return Source{impl_}.get(key); }

Iterator Database::seek(std::string_view prefix, std::string_view from) const {
  return Source{impl_}.seek(prefix, from);
}

Iterator Database::seek_last(std::string_view prefix) const { return Source{impl_}.seek_last(prefix); }

Iterator Database::seek_last(std::string_view prefix, std::string_view upto) const {
  return Source{impl_}.seek_last(prefix, upto);
}

Batch Database::batch() const { return Batch(std::make_unique<Batch::Impl>(impl_)); }

void Database::commit(Batch& batch, Sync sync) {
  rocksdb::WriteOptions options;
  options.sync = sync == Sync::yes;
  options.disableWAL = sync == Sync::unlogged;
  batch.sort_unseen();
  check(impl_->db->Write(options, batch.impl_->changes.GetWriteBatch()), "write a batch");
  batch.clear();
}

void Database::flush() { check(impl_->db->Flush(rocksdb::FlushOptions()), "flush"); }

Snapshot Database::snapshot() const { return Snapshot(std::make_unique<Snapshot::Impl>(impl_)); }

bool Database::try_catch_up() {
  const auto status = impl_->db->TryCatchUpWithPrimary();
  if (status.IsIOError() || status.IsTryAgain()) return false;
  check(status, "catch up with the writer");
  return true;
}

void Database::checkpoint(const std::filesystem::path& path) const {
  rocksdb::Checkpoint* raw = nullptr;
  check(rocksdb::Checkpoint::Create(impl_->db.get(), &raw), "prepare a checkpoint");
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw);
  check(checkpoint->CreateCheckpoint(path.string()), "copy to " + path.string());
}

std::uint64_t Database::size_on_disk() const {
  std::uint64_t bytes = 0;
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator(impl_->path, gone)) {
    // Compaction deletes files while we count; a file that is gone has no size.
    const auto size = entry.file_size(gone);
    if (!gone) bytes += size;
  }
  return bytes;
}

void Database::compact() {
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  check(impl_->db->CompactRange(options, nullptr, nullptr), "compact");
}

}  // namespace daybook::rocks
