#pragma once
// One event as the log holds it: what happened (`data`, `personal`) and where, when, by whom. The bytes of `data` and
// `personal` are canonical from the moment they are written: they are hashed, stored and published as they are.
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/core/id.hpp"
#include "events/core/type_info.hpp"
#include "platform/crypto/hash.hpp"

namespace daybook::events {

// Storage format: words are added at the end, never renamed or reordered.
BOOST_DEFINE_ENUM_CLASS(StreamType, user, workspace, project, issue, comment, agent,
                        document,
                        time_entry,
                        sprint,
                        skill,
                        template_,
                        automation,
                        webhook,
                        integration,
                        invitation,
                        execution,
                        workflow,
                        blueprint,
                        ai_provider,
                        api_key,
                        plan,
                        subscription,
                        usage_record,
                        access)
BOOST_DEFINE_ENUM_CLASS(ActorType, user, agent, api_key, automation, system)
BOOST_DEFINE_ENUM_CLASS(ViaType, none, session, api_key, automation, import_run, database_import)
BOOST_DEFINE_ENUM_CLASS(Origin, command, import, reactor, timer)

template <detail::Enumeration E>
std::string_view word_of(E value) { return type_info<E>().words.at(static_cast<std::size_t>(value)); }
template <detail::Enumeration E>
std::optional<E> word_to(std::string_view word) {
  const auto& words = type_info<E>().words;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return static_cast<E>(i);
  return std::nullopt;
}

struct Envelope {
  Position position{};
  EventId event_id{};
  StreamId stream_id{};
  StreamType stream_type{};
  StreamVersion stream_version{};
  std::string type;                           // issue.status_changed
  std::int64_t schema_version = 1;
  std::optional<WorkspaceId> workspace_id;
  ActorType actor_type = ActorType::system;
  std::optional<PrincipalId> actor_id;
  ViaType via_type = ViaType::none;
  std::optional<text::Uuid> via_id;
  Origin origin = Origin::command;
  CorrelationId correlation_id{};
  std::optional<EventId> causation_id;
  std::int64_t depth = 0;                     // length of the causal chain, at most chain_depth_max
  text::Instant recorded_at{};
  text::Instant occurred_at{};
  std::string data = "{}";                    // JSON, exactly as hashed
  std::optional<std::string> personal;        // JSON array of sealed fields, exactly as hashed
  crypto::Digest leaf{};
  bool operator==(const Envelope&) const = default;
};

// What is told while another system's database is brought in: it happened there, so that nothing happens because of it here.
inline bool is_of_database(const Envelope& event) { return event.via_type == ViaType::database_import; }

inline constexpr std::int64_t chain_depth_max = 8;            // causal steps
inline constexpr std::size_t event_bytes_max = 4 << 20;       // encoded data and personal together

// One sealed value in `personal`: XChaCha20-Poly1305, its additional data binds log, event, path and subject.
struct SealedField {
  std::string path;             // JSON pointer of the field in the event, "/email"
  text::Uuid subject{};         // whose key opens it
  std::int64_t key_version = 1;
  std::string nonce;            // base64url
  std::string ciphertext;       // base64url
  bool operator==(const SealedField&) const = default;
};
BOOST_DESCRIBE_STRUCT(SealedField, (), (path, subject, key_version, nonce, ciphertext))

// The bytes the leaf is made of, format 1: every field of the envelope but the leaf, in fixed order, each as a presence
// byte, a big-endian length and its bytes. A new column means a new format byte.
std::string leaf_preimage(const LogId& log, const Envelope& event);
// RFC 9162 §2.1: SHA-256(0x00 ‖ preimage).
crypto::Digest leaf_of(const LogId& log, const Envelope& event);

}  // namespace daybook::events
