#pragma once
// Opens and seals personal fields. A subject's data key lies wrapped in `log.subject_keys`; here it is kept unwrapped, in
// memory only and for a bounded number of subjects. One per process; safe from any thread.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>

#include "events/core/event_type.hpp"
#include "platform/crypto/key_file.hpp"

namespace daybook::events {

// The store of wrapped keys cannot be reached, or a key cannot be unwrapped: the caller stops and tries again. It is
// not an erasure.
struct KeysUnavailable : std::runtime_error { using std::runtime_error::runtime_error; };

// Keys of subjects as they are kept; nothing where the subject was erased. One that is not named at all is lost: nobody may take
// that for an erasure.
using WrappedKeys = std::map<text::Uuid, std::optional<std::string>>;

class KeyRing final : public PersonalOpener {
 public:
  // Throws where the store cannot be reached.
  using Source = std::function<WrappedKeys(std::span<const text::Uuid>)>;

  KeyRing(LogId log, std::shared_ptr<const crypto::KeyFile> keys, Source source);

  Personal open(const Envelope& event, const SealedField& field) const override;

  // A key for a new subject, and its wrapped form to be written with the subject's first event.
  std::string born(text::Uuid subject);
  // The `personal` member of an event; the subject is the event's stream. Throws KeysUnavailable without a key.
  std::string seal(const Envelope& event, std::span<const PlainField> fields) const;
  // Throws KeysUnavailable where `seal` would, before anything hangs on it.
  void require(text::Uuid subject) const;
  // Forgets a key, after an erasure or when the batch it was born in came to nothing.
  void forget(text::Uuid subject) override;
  // HMAC of a personal value's case-folded form, by which a claim knows it: base64url.
  std::string lookup_key(std::string_view scope, std::string_view text) const;

 private:
  std::optional<crypto::Key> key_of(text::Uuid subject) const;

  static constexpr std::size_t keys_max = 100000;
  LogId log_;
  std::shared_ptr<const crypto::KeyFile> files_;
  Source source_;
  mutable std::mutex mutex_;
  mutable std::map<text::Uuid, crypto::Key> keys_;
};

}  // namespace daybook::events
