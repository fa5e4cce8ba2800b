#include "platform/rocksdb/key_codec.hpp"
#include "platform/rocksdb/store.hpp"

namespace daybook::rocks {

/// The bounds tell RocksDB to skip files and tombstones outside the prefix; `valid` still looks at the prefix
/// itself, because the entries of a batch know no bounds.
struct Iterator::Impl {
  Impl(const Source& source, std::string_view prefix_)
      : store(source.store),
        prefix(prefix_),
        upper(prefix_successor(prefix_)),
        lower_bound(slice(prefix)),
        upper_bound(upper ? slice(*upper) : rocksdb::Slice()) {
    rocksdb::ReadOptions options;
    options.snapshot = source.snapshot;
    options.iterate_lower_bound = &lower_bound;
    if (upper) options.iterate_upper_bound = &upper_bound;
    auto* base = store->db->NewIterator(options);
    walk.reset(source.batch == nullptr ? base : source.batch->NewIteratorWithBase(base));
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void seek(std::string_view from) { walk->Seek(slice(from < prefix ? std::string_view(prefix) : from)); }

  void seek_last() {
    if (!upper) return walk->SeekToLast();
    walk->SeekForPrev(upper_bound);
    if (walk->Valid() && walk->key() == upper_bound) walk->Prev();
  }

  void seek_last(std::string_view upto) {
    if (upper && upto >= *upper) return seek_last();
    walk->SeekForPrev(slice(upto));
  }

  [[nodiscard]] bool valid() const {
    if (walk->Valid()) return walk->key().starts_with(lower_bound);
    check(walk->status(), "walk over keys");
    return false;
  }

  Store store;
  std::string prefix;
  std::optional<std::string> upper;
  rocksdb::Slice lower_bound;
  rocksdb::Slice upper_bound;
  std::unique_ptr<rocksdb::Iterator> walk;
};

Iterator::Iterator(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Iterator::Iterator(Iterator&&) noexcept = default;
Iterator& Iterator::operator=(Iterator&&) noexcept = default;
Iterator::~Iterator() = default;

bool Iterator::valid() const { return impl_->valid(); }
std::string_view Iterator::key() const { return view(impl_->walk->key()); }
std::string_view Iterator::value() const { return view(impl_->walk->value()); }

void Iterator::next() {
  if (valid()) impl_->walk->Next();
}

void Iterator::prev() {
  if (valid()) impl_->walk->Prev();
}

std::optional<std::string> Source::get(std::string_view key) const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot;
  std::string value;
  const auto status = batch == nullptr
                          ? store->db->Get(options, slice(key), &value)
                          : batch->GetFromBatchAndDB(store->db.get(), options, slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  check(status, "read a key");
  return value;
}

Iterator Source::seek(std::string_view prefix, std::string_view from) const {
  auto impl = std::make_unique<Iterator::Impl>(*this, prefix);
  impl->seek(from);
  return Iterator(std::move(impl));
}

Iterator Source::seek_last(std::string_view prefix) const {
  auto impl = std::make_unique<Iterator::Impl>(*this, prefix);
  impl->seek_last();
  return Iterator(std::move(impl));
}

Iterator Source::seek_last(std::string_view prefix, std::string_view upto) const {
  auto impl = std::make_unique<Iterator::Impl>(*this, prefix);
  impl->seek_last(upto);
  return Iterator(std::move(impl));
}

}  // namespace daybook::rocks
