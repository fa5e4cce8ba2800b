#include "platform/rocksdb/store.hpp"

namespace daybook::rocks {

Snapshot::Impl::Impl(Store store) : source{store} {
  // RocksDB knows no snapshots on a secondary; it stands still between two try_catch_up anyway.
  if (!store->secondary) source.snapshot = store->db->GetSnapshot();
}

Snapshot::Impl::~Impl() {
  if (source.snapshot != nullptr) source.store->db->ReleaseSnapshot(source.snapshot);
}

Snapshot::Snapshot(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Snapshot::Snapshot(Snapshot&&) noexcept = default;
Snapshot& Snapshot::operator=(Snapshot&&) noexcept = default;
Snapshot::~Snapshot() = default;

std::uint64_t Snapshot::sequence() const {
  const auto& source = impl_->source;
  return source.snapshot != nullptr ? source.snapshot->GetSequenceNumber() : source.store->db->GetLatestSequenceNumber();
}

std::optional<std::string> Snapshot::get(std::string_view key) const { return impl_->source.get(key); }

Iterator Snapshot::seek(std::string_view prefix, std::string_view from) const {
  return impl_->source.seek(prefix, from);
}

Iterator Snapshot::seek_last(std::string_view prefix) const { return impl_->source.seek_last(prefix); }

Iterator Snapshot::seek_last(std::string_view prefix, std::string_view upto) const {
  return impl_->source.seek_last(prefix, upto);
}

}  // namespace daybook::rocks
