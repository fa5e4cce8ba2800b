#include "platform/rocksdb/store.hpp"

namespace daybook::rocks {

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

void Batch::clear() { impl_->changes.Clear(); }

std::size_t Batch::size() const { return static_cast<std::size_t>(impl_->changes.GetWriteBatch()->Count()); }

std::size_t Batch::bytes() const { return impl_->changes.GetWriteBatch()->GetDataSize(); }

std::optional<std::string> Batch::get(std::string_view key) const { return impl_->source.get(key); }

Iterator Batch::seek(std::string_view prefix, std::string_view from) const {
  return impl_->source.seek(prefix, from);
}

Iterator Batch::seek_last(std::string_view prefix) const { return impl_->source.seek_last(prefix); }

Iterator Batch::seek_last(std::string_view prefix, std::string_view upto) const {
  return impl_->source.seek_last(prefix, upto);
}

}  // namespace daybook::rocks
