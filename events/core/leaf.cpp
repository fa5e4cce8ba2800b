#include "events/core/envelope.hpp"
#include "platform/crypto/merkle.hpp"

namespace daybook::events {
namespace {

constexpr char leaf_format = 1;
constexpr char absent = 0;
constexpr char present = 1;

class Preimage {
 public:
  Preimage() { bytes_ += leaf_format; }

  void text(std::string_view field) {
    bytes_ += present;
    big_endian(static_cast<std::uint32_t>(field.size()));
    bytes_ += field;
  }
  void uuid(const text::Uuid& id) {
    text({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()});
  }
  void integer(std::int64_t n) {
    bytes_ += present;
    big_endian(std::uint32_t{8});
    big_endian(static_cast<std::uint64_t>(n));
  }
  template <class T, class Put>
  void maybe(const std::optional<T>& field, Put put) {
    if (field) return put(*field);
    bytes_ += absent;
  }
  std::string take() { return std::move(bytes_); }

 private:
  template <class N>
  void big_endian(N n) {
    for (int shift = static_cast<int>(sizeof(N)) * 8 - 8; shift >= 0; shift -= 8)
      bytes_ += static_cast<char>(n >> shift & 0xff);
  }
  std::string bytes_;
};

std::int64_t microseconds(text::Instant time) { return time.time_since_epoch().count(); }

}  // namespace

std::string leaf_preimage(const LogId& log, const Envelope& e) {
  Preimage p;
  p.uuid(log.value);
  p.integer(e.position.value);
  p.uuid(e.event_id.value);
  p.text(word_of(e.stream_type));
  p.uuid(e.stream_id.value);
  p.integer(e.stream_version.value);
  p.text(e.type);
  p.integer(e.schema_version);
  p.maybe(e.workspace_id, [&](const auto& id) { p.uuid(id.value); });
  p.text(word_of(e.actor_type));
  p.maybe(e.actor_id, [&](const auto& id) { p.uuid(id.value); });
  p.text(word_of(e.via_type));
  p.maybe(e.via_id, [&](const auto& id) { p.uuid(id); });
  p.text(word_of(e.origin));
  p.uuid(e.correlation_id.value);
  p.maybe(e.causation_id, [&](const auto& id) { p.uuid(id.value); });
  p.integer(e.depth);
  p.integer(microseconds(e.recorded_at));
  p.integer(microseconds(e.occurred_at));
  p.text(e.data);
  p.maybe(e.personal, [&](const auto& json) { p.text(json); });
  return p.take();
}

crypto::Digest leaf_of(const LogId& log, const Envelope& event) { return crypto::leaf_hash(leaf_preimage(log, event)); }

}  // namespace daybook::events
