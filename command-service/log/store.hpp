#pragma once
// The log as the appender needs it: one batch at a time, under the log's lock. Two stores stand behind this interface:
// PgStore (PostgreSQL, durable, several processes) and MemoryStore (unit tests). All rules are above it, in settle.
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "command-service/domain/core/decision.hpp"
#include "command-service/domain/core/facts.hpp"
#include "events/core/key_ring.hpp"
#include "events/log_reader.hpp"
#include "platform/crypto/merkle.hpp"

namespace daybook::log {

using domain::Reference;
using events::Envelope;
using events::LogIdentity;
using events::Position;
using events::StreamId;
using events::StreamVersion;

struct BatchId : events::Id<BatchId> { using Id::Id; };

// The end of the log after a batch. Position 0 and an empty frontier: nothing was ever written.
struct Head {
  Position position{};
  BatchId batch_id{};
  crypto::Frontier frontier;
  crypto::Digest root{};
  text::Instant recorded_at{};
};

// ---- what a batch wants to know ----------------------------------------------------------------------------------

struct ClaimKey {
  std::string scope, key;
  auto operator<=>(const ClaimKey&) const = default;
};
struct CounterKey {
  std::string scope;
  StreamId key{};
  auto operator<=>(const CounterKey&) const = default;
};
// Everything that can be reached from `from` along edges of `kind` (at most closure_edges_max edges).
struct ClosureKey {
  std::string kind;
  text::Uuid from{};
  auto operator<=>(const ClosureKey&) const = default;
};
// The `most` held keys of a scope next to `key` on one side, the nearest first, as far as they begin with `prefix`.
struct BesideKey {
  std::string scope, prefix, key;
  domain::Side side{};
  std::size_t most = 0;
  auto operator<=>(const BesideKey&) const = default;
};
// An idempotency record: who, on which route, with which key. The key is an HMAC; what was sent is never kept.
struct RequestKey {
  std::string principal, route;
  crypto::Digest key{};
  auto operator<=>(const RequestKey&) const = default;
};
struct SourceKey {
  StreamId workspace{};
  std::string system, run;
  auto operator<=>(const SourceKey&) const = default;
};

inline constexpr std::size_t closure_edges_max = 100000;

// Events of a stream after a version; after the snapshot of the fold, where one is named and kept.
struct StreamAsk {
  StreamAsk(StreamVersion after_version = {}, std::optional<crypto::Digest> fold_kept = {}) : after(after_version), fold(fold_kept) {}
  StreamVersion after{};
  std::optional<crypto::Digest> fold;
};
// A state that was folded up to a version: a cache, that may be dropped at any time.
struct Snapshot {
  crypto::Digest fold{};
  StreamVersion version{};
  std::string state;  // JSON
};

struct Asks {
  std::map<StreamId, StreamAsk> streams;
  std::set<ClaimKey> claims;
  std::set<StreamId> references;               // with every container above
  std::set<CounterKey> counters;
  std::set<ClosureKey> closures;
  std::set<BesideKey> besides;
  std::set<RequestKey> requests;
  std::set<SourceKey> sources;
  bool empty() const {
    return streams.empty() && claims.empty() && references.empty() && counters.empty() && closures.empty() && besides.empty() &&
           requests.empty() && sources.empty();
  }
};

// ---- what it gets ------------------------------------------------------------------------------------------------

struct Edge {
  std::string kind;
  text::Uuid from{}, to{};
  auto operator<=>(const Edge&) const = default;
};

// What one item of a request came to, as kept for a repeated request.
struct ItemRecord {
  int status = 200;
  events::StreamType stream_type{};
  StreamId stream{};
  text::Uuid entity{};
  StreamVersion version{};
  std::optional<std::string> rejection_code, rejection_detail;   // of a refused item of a bulk
  std::optional<domain::Rejection::Kind> rejection_kind;
  bool operator==(const ItemRecord&) const = default;
};
BOOST_DESCRIBE_STRUCT(ItemRecord, (), (status, stream_type, stream, entity, version, rejection_code, rejection_detail, rejection_kind))

struct RequestRecord {
  crypto::Digest body{};              // HMAC of what was sent
  std::vector<ItemRecord> items;
  Position position{};
};

// Every ask has an entry here; one without an answer is an absent key's nullopt, 0 or empty list.
struct Answers {
  std::map<StreamId, std::vector<Envelope>> streams;
  std::map<StreamId, Snapshot> snapshots;                    // of the asked folds, where they are kept; their events are not in `streams`
  std::map<ClaimKey, std::optional<StreamId>> claims;
  std::map<StreamId, std::optional<Reference>> references;   // the asked ones and all their containers
  std::map<CounterKey, std::int64_t> counters;
  std::map<ClosureKey, std::vector<Edge>> closures;
  std::map<BesideKey, std::vector<domain::HeldBy>> besides;
  std::map<RequestKey, std::optional<RequestRecord>> requests;
  std::map<SourceKey, std::int64_t> sources;                 // last seq written, 0 = none
};

struct Opened {
  Head head;
  std::vector<std::pair<StreamId, StreamVersion>> changed;   // streams written since `seen`, with their newest version
  Answers answers;
};

// ---- what it writes ----------------------------------------------------------------------------------------------

struct DataKeyBirth {
  text::Uuid subject{};
  std::int64_t version = 1;
  std::string wrapped;          // under a key-encrypting key, whose id stands inside
};

struct BatchWrite {
  BatchId batch_id{};
  std::vector<Envelope> events;                              // contiguous after the head, leaves computed
  Head head;                                                 // after this batch
  std::map<ClaimKey, std::optional<StreamId>> claims;        // final state: holder, or released
  std::map<StreamId, Reference> references;                  // final state
  std::map<CounterKey, std::int64_t> counters;               // final value
  std::map<Edge, bool> relations;                            // final state: there, or gone
  std::map<RequestKey, RequestRecord> requests;
  std::map<SourceKey, std::int64_t> sources;
  std::map<StreamId, Snapshot> snapshots;                    // in place of those kept before
  std::vector<DataKeyBirth> data_keys;                       // born with their subjects
  std::vector<StreamId> erased;                              // subjects whose keys go, with what is kept of their requests
};

// The reply to COMMIT was lost: the batch is in the log or it is not. Ask find_batch() on a new connection.
struct CommitUnknown : std::runtime_error { using std::runtime_error::runtime_error; };
// The database cannot be reached or answers that it is going away; nothing of the batch was committed.
struct StoreUnavailable : std::runtime_error { using std::runtime_error::runtime_error; };

// Used by one thread at a time. open_batch → fetch* → write_batch | abandon.
class Store {
 public:
  virtual ~Store() = default;

  virtual LogIdentity identity() = 0;
  // Begins a transaction, takes the log's lock, then reads in statements of their own: a statement that locks and reads
  // sees what was there before it waited.
  virtual Opened open_batch(Position seen, const Asks& asks) = 0;
  virtual Answers fetch(const Asks& asks) = 0;
  virtual void write_batch(const BatchWrite& batch) = 0;      // writes everything and commits
  virtual void abandon() noexcept = 0;                        // nothing is written, the lock is free
  // After CommitUnknown: takes the lock on a new connection and looks for the batch.
  virtual bool find_batch(BatchId batch) = 0;

  // Reading, outside any batch.
  virtual Head head() = 0;
  virtual std::vector<Envelope> read(Position after, std::size_t events_max, std::size_t bytes_max) = 0;
  virtual std::vector<Envelope> read_stream(StreamId stream, StreamVersion after, StreamVersion upto) = 0;
  // Of a subject without a key, the log says whether it was erased.
  virtual events::WrappedKeys data_keys(std::span<const text::Uuid> subjects) = 0;
  virtual std::optional<StreamId> find_claim(const ClaimKey& claim) = 0;
};

}  // namespace daybook::log
