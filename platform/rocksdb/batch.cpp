#include <algorithm>

#include "platform/rocksdb/store.hpp"

namespace daybook::rocks {
namespace {

// A change with the first bytes of its key as a number of the same order, which decides most comparisons without a look
// elsewhere in memory.
struct Place {
  std::uint64_t head = 0;
  std::uint64_t neck = 0;
  const Batch::Impl::Unseen* change = nullptr;
};

std::uint64_t number_at(const std::string& key, std::size_t offset) {
  std::uint64_t number = 0;
  for (std::size_t i = offset; i < offset + sizeof number; ++i)
    number = number << 8 | (i < key.size() ? static_cast<std::uint8_t>(key[i]) : 0);
  return number;
}

// Changes of one key stay in the order they were made, which is that of their addresses.
bool before(const Place& a, const Place& b) {
  if (a.head != b.head) return a.head < b.head;
  if (a.neck != b.neck) return a.neck < b.neck;
  const int order = a.change->key.compare(b.change->key);
  return order != 0 ? order < 0 : a.change < b.change;
}

}  // namespace

// One entry per key in the index: a later change of the same key replaces the earlier one for readers.
Batch::Impl::Impl(Store store)
    : changes(rocksdb::BytewiseComparator(), 0, true), source{std::move(store), nullptr, &changes} {}

Batch::Batch(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Batch::Batch(Batch&&) noexcept = default;
Batch& Batch::operator=(Batch&&) noexcept = default;
Batch::~Batch() = default;

void Batch::put(std::string_view key, std::string_view value) {
  check(impl_->changes.Put(slice(key), slice(value)), "add to a batch");
}

void Batch::erase(std::string_view key) { check(impl_->changes.Delete(slice(key)), "add to a batch"); }

void Batch::put_unseen(std::string key, std::string value) {
  impl_->unseen_bytes += key.size() + value.size();
  impl_->unseen.push_back({std::move(key), std::move(value)});
}

void Batch::erase_unseen(std::string key) {
  impl_->unseen_bytes += key.size();
  impl_->unseen.push_back({std::move(key), std::nullopt});
}

// In the order of the keys and the last change of each: RocksDB finds the place of a key quickly when it is next to the one
// before.
void Batch::sort_unseen() {
  auto& unseen = impl_->unseen;
  std::vector<Place> sorted;
  sorted.reserve(unseen.size());
  for (const auto& change : unseen)
    sorted.push_back({number_at(change.key, 0), number_at(change.key, sizeof(std::uint64_t)), &change});
  std::sort(sorted.begin(), sorted.end(), before);
  auto* batch = impl_->changes.GetWriteBatch();
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const auto& [key, value] = *sorted[i].change;
    if (i + 1 < sorted.size() && sorted[i + 1].change->key == key) continue;
    check(value ? batch->Put(slice(key), slice(*value)) : batch->Delete(slice(key)), "add to a batch");
  }
  unseen.clear();
  impl_->unseen_bytes = 0;
}

void Batch::clear() {
  impl_->changes.Clear();
  impl_->unseen.clear();
  impl_->unseen_bytes = 0;
}

std::size_t Batch::size() const {
  return static_cast<std::size_t>(impl_->changes.GetWriteBatch()->Count()) + impl_->unseen.size();
}

std::size_t Batch::bytes() const { return impl_->changes.GetWriteBatch()->GetDataSize() + impl_->unseen_bytes; }

std::optional<std::string> Batch::get(std::string_view key) const { return impl_->source.get(key); }

Iterator Batch::seek(std::string_view prefix, std::string_view from) const {
  return impl_->source.seek(prefix, from);
}

Iterator Batch::seek_last(std::string_view prefix) const { return impl_->source.seek_last(prefix); }

Iterator Batch::seek_last(std::string_view prefix, std::string_view upto) const {
  return impl_->source.seek_last(prefix, upto);
}

}  // namespace daybook::rocks
