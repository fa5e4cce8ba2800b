#include "command-service/log/audit.hpp"

#include <limits>
#include <unordered_map>

#include "command-service/log/audit_fold.hpp"

namespace daybook::log {
namespace {

// One pass over the log, page by page.
class Walk {
 public:
  Walk(events::LogReader& reader, AuditTables& tables, const AuditOptions& options, AuditReport& report)
      : reader_(reader), tables_(tables), options_(options), report_(report) {
    if (options.fold) fold_.emplace(*options.fold).expect_snapshots(tables);
  }

  void run() {
    report_.log = reader_.identity();
    report_.head = reader_.head();
    check_batch_ends(Position{-1}, Position{0});
    while (!report_.first_bad) {
      const auto page = next_page();
      if (page.empty()) break;
      ends_ = tables_.batch_ends(at_, page.back().position);
      next_end_ = 0;
      signed_ = tables_.tree_heads(at_, page.back().position);
      next_signed_ = 0;
      for (const auto& event : page) {
        if (report_.first_bad) break;
        check(event);
      }
      if (options_.progress) options_.progress(at_, report_.head);
    }
    if (!report_.first_bad) check_extent();
    report_.root = frontier_.root();
    report_.streams = static_cast<std::int64_t>(versions_.size());
    if (fold_ && !report_.first_bad) fold_->compare(tables_, report_);
  }

 private:
  void bad(Position position, std::string why) {
    if (report_.first_bad) return;
    report_.first_bad = position;
    report_.why = std::move(why);
  }

  // A row that cannot even be read spoils its page: the page is then read event by event, up to it.
  std::vector<Envelope> next_page() {
    try {
      return reader_.read(at_, audit_page_events_max, audit_page_bytes_max);
    } catch (const events::LogUnavailable&) {
      throw;
    } catch (const std::exception&) {
    }
    try {
      return reader_.read(at_, 1, audit_page_bytes_max);
    } catch (const events::LogUnavailable&) {
      throw;
    } catch (const std::exception& unreadable) {
      bad(at_.next(), std::string("the event cannot be read: ") + unreadable.what());
      return {};
    }
  }

  void check(const Envelope& event) {
    const auto expected = at_.next();
    if (event.position != expected) return bad(expected, "there is no event at this position");
    if (event.position > report_.head) return bad(expected, "the event lies beyond the last batch");
    if (events::leaf_of(report_.log.log_id, event) != event.leaf)
      return bad(expected, "the event does not have the hash stored with it");
    auto& version = versions_[event.stream_id];
    if (event.stream_version != version.next())
      return bad(expected, "the event is number " + std::to_string(event.stream_version.value) +
                               " of its stream, where " + std::to_string(version.value + 1) + " is due");
    if (event.recorded_at < recorded_at_)
      return bad(expected, "the event was recorded before the one in front of it");
    version = event.stream_version;
    recorded_at_ = event.recorded_at;
    at_ = expected;
    ++report_.events;
    frontier_.append(event.leaf);
    for (; next_end_ < ends_.size() && ends_[next_end_].position == at_; ++next_end_) check(ends_[next_end_]);
    for (; next_signed_ < signed_.size() && signed_[next_signed_].size == at_; ++next_signed_) check(signed_[next_signed_]);
    if (fold_ && !report_.first_bad) fold_->add(event);
  }

  // Hashes agree with their events up to here; where a root disagrees, someone changed both within the batch.
  void check(const BatchEnd& end) {
    const auto first = batch_end_ < end.position ? batch_end_.next() : end.position;
    const auto batch =
        "the batch of positions " + std::to_string(first.value) + " to " + std::to_string(end.position.value);
    if (end.root != frontier_.root())
      return bad(first, batch + " does not have the Merkle root stored with it");
    if (end.frontier != frontier_.serialize())
      return bad(first, batch + " does not have the Merkle frontier stored with it");
    if (end.recorded_at < recorded_at_) return bad(first, batch + " was recorded before its events");
    recorded_at_ = end.recorded_at;
    batch_end_ = end.position;
    ++report_.batches;
  }

  // Leaves and roots may have been computed anew all the way by whoever altered an event; signatures may not.
  void check(const TreeHead& head) {
    const auto which = "the tree head signed at " + text::format_instant(head.signed_at);
    if (head.root != frontier_.root()) return bad(at_, which + " has another root than the events up to here");
    const auto why = options_.keys ? refute(*options_.keys, report_.log.log_id, head) : std::nullopt;
    if (why) return bad(at_, which + " " + *why);
    ++report_.tree_heads;
  }

  void check_batch_ends(Position after, Position upto) {
    for (const auto& end : tables_.batch_ends(after, upto)) check(end);
  }

  void check_extent() {
    if (const auto beyond = tables_.tree_heads(at_, Position{std::numeric_limits<std::int64_t>::max()}); !beyond.empty())
      return bad(at_.next(), "the log ends here, but was signed at " + text::format_instant(beyond.front().signed_at) +
                                 " with " + std::to_string(beyond.front().size.value) + " events");
    if (at_ < report_.head)
      return bad(at_.next(), "the log ends here, but its last batch ends at position " +
                                 std::to_string(report_.head.value));
    const auto extent = tables_.extent();
    if (extent.events != at_.value || extent.last != at_)
      bad(at_.next(), "the log counts " + std::to_string(extent.events) + " events up to position " +
                          std::to_string(extent.last.value) + ", where " + std::to_string(at_.value) +
                          " were read");
  }

  events::LogReader& reader_;
  AuditTables& tables_;
  const AuditOptions& options_;
  AuditReport& report_;
  std::optional<AuditFold> fold_;
  Position at_{};         // the last good event
  Position batch_end_{};  // the last good batch
  text::Instant recorded_at_ = text::instant_min;
  crypto::Frontier frontier_;
  std::unordered_map<StreamId, StreamVersion> versions_;
  std::vector<BatchEnd> ends_;
  std::size_t next_end_ = 0;
  std::vector<TreeHead> signed_;
  std::size_t next_signed_ = 0;
};

}  // namespace

AuditReport verify(events::LogReader& reader, AuditTables& tables, const AuditOptions& options) {
  AuditReport report{};
  Walk(reader, tables, options, report).run();
  return report;
}

}  // namespace daybook::log
