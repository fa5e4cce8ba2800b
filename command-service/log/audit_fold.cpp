#include "command-service/log/audit_fold.hpp"

namespace daybook::log {
namespace {

void note(AuditReport& report, std::string sentence) {
  if (++report.side_findings_total <= side_findings_max) report.side_findings.push_back(std::move(sentence));
}

std::string name_of(const ClaimKey& claim) { return "claim " + claim.scope + " / " + claim.key; }
std::string name_of(const CounterKey& counter) {
  return "counter " + counter.scope + " of " + counter.key.text();
}
std::string name_of(const Edge& edge) {
  return "relation " + edge.kind + " from " + edge.from.text() + " to " + edge.to.text();
}

// Takes what the table holds out of what the fold expects; whatever differs or is left over is a finding.
template <class Key, class Value, class Name>
void compare_row(std::map<Key, Value>& expected, const Key& key, const Value& value, AuditReport& report,
                 Name name) {
  const auto found = expected.find(key);
  if (found == expected.end()) return note(report, name(key) + " is in the table but follows from no event");
  if (found->second != value) note(report, name(key) + " differs from what the events make of it");
  expected.erase(found);
}

template <class Expected, class Name>
void note_missing(const Expected& expected, AuditReport& report, Name name) {
  for (const auto& [key, value] : expected)
    note(report, name(key) + " follows from the events but is not in the table");
}

}  // namespace

// The same as what settling does with effects, over plain maps and without a say in the matter.
class AuditFold::Sink final : public domain::Effects {
 public:
  Sink(AuditFold& fold, const Envelope& event) : fold_(fold), event_(event) {}

  void born(std::optional<StreamId> container) override {
    fold_.references_[event_.stream_id] =
        Reference{event_.stream_type, event_.workspace_id, container, false};
  }
  void moved(std::optional<StreamId> container) override { reference().container = container; }
  void died() override { reference().deleted = true; }
  void revived() override { reference().deleted = false; }
  void restricted(bool to_some) override { reference().restricted = to_some; }
  void owned_by(std::optional<StreamId> owner) override { reference().owner = owner; }
  void erased() override { fold_.erased_.insert(event_.stream_id); }
  void claim(std::string_view scope, std::string_view key, std::string_view) override {
    fold_.claims_.insert_or_assign({std::string(scope), std::string(key)}, event_.stream_id);
  }
  void release(std::string_view scope, std::string_view key) override {
    fold_.claims_.erase({std::string(scope), std::string(key)});
  }
  void claim_personal(std::string_view scope, const events::Personal& text,
                      std::string_view pointer) override {
    if (const auto key = lookup(scope, text)) claim(scope, *key, pointer);
  }
  void release_personal(std::string_view scope, const events::Personal& text) override {
    if (const auto key = lookup(scope, text)) release(scope, *key);
  }
  void count(std::string_view scope, StreamId key, std::int64_t delta) override {
    fold_.counters_[{std::string(scope), key}] += delta;
  }
  void relate(std::string_view kind, text::Uuid from, text::Uuid to, std::string_view) override {
    fold_.relations_.insert({std::string(kind), from, to});
  }
  void unrelate(std::string_view kind, text::Uuid from, text::Uuid to) override {
    fold_.relations_.erase({std::string(kind), from, to});
  }

 private:
  Reference& reference() {
    return fold_.references_
        .try_emplace(event_.stream_id,
                     Reference{event_.stream_type, event_.workspace_id, std::nullopt, false})
        .first->second;
  }
  // Of someone erased there is no text any more, and no claim either: erasing released it.
  std::optional<std::string> lookup(std::string_view scope, const events::Personal& text) {
    if (text.state == events::Personal::State::open) return fold_.options_.lookup_key(scope, text.text);
    if (text.state == events::Personal::State::sealed) fold_.sealed_scopes_.emplace(scope);
    return std::nullopt;
  }

  AuditFold& fold_;
  const Envelope& event_;
};

void AuditFold::add(const Envelope& event) {
  if (!given_up_.empty()) return;
  auto& stream = streams_[event.stream_id];
  if (stream.ops == nullptr) {
    stream.ops = options_.aggregates(event.stream_type);
    if (stream.ops == nullptr) {
      given_up_ = "this program does not know the streams of event " + std::to_string(event.position.value);
      return;
    }
    stream.state = stream.ops->make();
  }
  Sink sink(*this, event);
  try {
    stream.ops->apply(stream.state.get(), event, *options_.opener, &sink);
  } catch (const events::UnreadableEvent& unreadable) {
    given_up_ = "event " + std::to_string(event.position.value) + " cannot be read: " + unreadable.what();
  } catch (const events::KeysUnavailable& lost) {
    given_up_ = "event " + std::to_string(event.position.value) + " cannot be opened: " + lost.what();
  }
  if (given_up_.empty()) compare_snapshot(event.stream_id, stream);
}

void AuditFold::expect_snapshots(AuditTables& tables) {
  tables.each_snapshot([&](StreamId id, const Snapshot& kept) { kept_[id] = {kept.fold, crypto::sha256(kept.state), kept.version}; });
}

// One of another fold is never used; one that agrees is done with.
void AuditFold::compare_snapshot(StreamId id, const Stream& stream) {
  const auto kept = kept_.find(id);
  if (kept == kept_.end()) return;
  const auto& form = stream.ops->snapshot;
  const bool used = form && form->fold == kept->second.fold;
  const bool met = used && stream.ops->stamp(stream.state.get()).version == kept->second.version;
  if (!used || (met && crypto::sha256(form->write(stream.state.get())) == kept->second.state)) kept_.erase(kept);
}

void AuditFold::compare(AuditTables& tables, AuditReport& report) {
  if (!given_up_.empty()) return note(report, given_up_);
  report.unchecked_scopes.assign(sealed_scopes_.begin(), sealed_scopes_.end());
  compare_claims(tables, report);
  compare_references(tables, report);
  compare_counters(tables, report);
  compare_relations(tables, report);
  compare_keys(tables, report);
  for (const auto& [id, kept] : kept_)
    note(report, "the snapshot of stream " + id.text() + " at version " + std::to_string(kept.version.value) + " does not follow from its events");
}

void AuditFold::compare_claims(AuditTables& tables, AuditReport& report) {
  tables.each_claim([&](const ClaimKey& claim, StreamId holder) {
    if (!sealed_scopes_.count(claim.scope))
      compare_row(claims_, claim, holder, report, [](const auto& key) { return name_of(key); });
  });
  note_missing(claims_, report, [](const auto& key) { return name_of(key); });
}

void AuditFold::compare_references(AuditTables& tables, AuditReport& report) {
  const auto name = [](StreamId id) { return "stream " + id.text(); };
  tables.each_reference([&](StreamId id, const Reference& reference) {
    compare_row(references_, id, reference, report, name);
  });
  note_missing(references_, report, name);
}

void AuditFold::compare_counters(AuditTables& tables, AuditReport& report) {
  const auto name = [](const auto& key) { return name_of(key); };
  tables.each_counter([&](const CounterKey& counter, std::int64_t value) {
    compare_row(counters_, counter, value, report, name);
  });
  note_missing(counters_, report, name);
}

// One that is missing has been found by opening what it seals.
void AuditFold::compare_keys(AuditTables& tables, AuditReport& report) {
  tables.each_subject([&](StreamId subject) {
    if (erased_.count(subject)) note(report, "the key of " + subject.text() + " is there, although they were erased");
  });
}

void AuditFold::compare_relations(AuditTables& tables, AuditReport& report) {
  tables.each_relation([&](const Edge& edge) {
    if (relations_.erase(edge) == 0)
      note(report, name_of(edge) + " is in the table but follows from no event");
  });
  for (const auto& edge : relations_)
    note(report, name_of(edge) + " follows from the events but is not in the table");
}

}  // namespace daybook::log
