#include "query-service/core/tail.hpp"

#include <algorithm>

#include "events/cloud_event.hpp"
#include "query-service/core/rows.hpp"

namespace daybook::query {
namespace {

// Events of other workspaces between two of ours that are read and passed over rather than asked around.
constexpr std::int64_t gap_events_max = 32;

// Free JSON is kept as it was sent, line breaks included; each of them needs a data field of its own.
std::string data_lines(std::string_view json) {
  std::string out = "\ndata: ";
  for (const char c : json) {
    if (c == '\r') continue;
    out += c;
    if (c == '\n') out += "data: ";
  }
  return out;
}

Condition compare(const Resource& resource, std::string_view field, Operator op, std::vector<std::string> values) {
  return {op, {}, resource.field(field), std::move(values)};
}

}  // namespace

Tail::Tail(const QueryContext& context, Options options, http::StreamWriter writer)
    : context_(context), options_(std::move(options)), sent_(options_.from), writer_(std::move(writer)) {}

void Tail::start() {
  writer_.write(": connected\n\n");
  const auto place = options_.place;
  {
    const std::lock_guard lock(mutex_);
    listening_ = options_.news->listen(options_.workspace, [weak = weak_from_this()] {
      if (auto tail = weak.lock()) tail->wake();
    });
  }
  writer_.on_close([weak = weak_from_this()] {
    if (auto tail = weak.lock()) tail->stop();
  });
  place->on_drain([weak = weak_from_this()] {
    if (auto tail = weak.lock()) tail->drain();
  });
  heartbeat();
  wake();
}

// Also what keeps the stream's object alive, and what ends the stream of a quiet workspace whose client has left or signed out.
void Tail::heartbeat() {
  context_.after(context_.heartbeat_ms, [self = shared_from_this()] {
    if (!self->writer_.write(": still here\n\n")) return self->stop();
    self->wake();
    self->heartbeat();
  });
}

void Tail::stop() {
  std::shared_ptr<void> listening;
  std::shared_ptr<LiveStreams::Place> place;
  const std::lock_guard lock(mutex_);
  listening.swap(listening_);
  place.swap(options_.place);
}

void Tail::drain() {
  writer_.write("retry: " + std::to_string(reconnect_ms) + "\n: going away, come again\n\n");
  writer_.close();
}

void Tail::wake() {
  {
    const std::lock_guard lock(mutex_);
    again_ = true;
    if (reading_) return;
    reading_ = true;
  }
  const bool posted = context_.workers->post([self = shared_from_this()] { self->read(); });
  if (posted) return;
  const std::lock_guard lock(mutex_);
  reading_ = false;  // the next growth or heartbeat tries again
}

bool Tail::more() {
  const std::lock_guard lock(mutex_);
  if (again_ && writer_.open()) {
    again_ = false;
    return true;
  }
  reading_ = false;
  return false;
}

void Tail::read() {
  try {
    while (more()) {
      while (send_page()) {
      }
    }
  } catch (const std::exception&) {
    writer_.close();  // the client comes back with Last-Event-ID
  }
}

// Sends what the read models show; false at their end, and where the client has to read first.
bool Tail::send_page() {
  const auto upto = context_.position->current();
  if (sent_ >= upto || !writer_.open() || !client_keeps_up()) return false;
  std::vector<events::Position> wanted;
  {
    auto lease = context_.postgres->lease(lease_timeout);
    if (!lease) throw std::runtime_error("no connection");
    const auto reader = viewer(**lease);
    if (!reader) {
      writer_.close();
      return false;
    }
    wanted = visible_positions(**lease, *reader, upto);
  }
  for (std::size_t first = 0; first < wanted.size();) {
    auto last = first;
    while (last + 1 < wanted.size() && wanted[last + 1].value - wanted[last].value <= gap_events_max) ++last;
    if (!send_range(wanted, first, last)) return writer_.open();
    first = last + 1;
  }
  if (wanted.size() == tail_page_events) return true;
  sent_ = std::max(sent_, upto);
  return false;
}

// Who reads, as they stand now; nothing for who may no longer.
std::optional<Viewer> Tail::viewer(pg::Connection& connection) {
  auto standing = find_standing(connection, context_.schema, options_.who, options_.workspace.text());
  if (standing.has_ended() || standing.parked) return std::nullopt;
  return std::move(standing.viewer);
}

// Under the same predicate as every list, so that a stream shows what the activity shows.
std::vector<events::Position> Tail::visible_positions(pg::Connection& connection, const Viewer& reader, events::Position upto) {
  const auto& entries = options_.entries;
  const auto& filter = options_.filter;
  Condition all{Operator::all_of};
  all.parts.push_back(compare(entries, "position", Operator::gt, {std::to_string(sent_.value)}));
  all.parts.push_back(compare(entries, "position", Operator::lte, {std::to_string(upto.value)}));
  if (!filter.types.empty()) all.parts.push_back(compare(entries, "type", Operator::in, filter.types));
  if (filter.project) all.parts.push_back(compare(entries, "project_id", Operator::eq, {*filter.project}));
  if (filter.entity) {
    Condition any{Operator::any_of};
    for (const auto column : {"entity_id", "issue_id", "project_id"})
      any.parts.push_back(compare(entries, column, Operator::eq, {*filter.entity}));
    all.parts.push_back(std::move(any));
  }
  ListRequest request;
  request.resource = &entries;
  request.scope = {{entries.owner_column, options_.workspace.text()}};
  request.order = {{entries.field("position"), false}};
  request.condition = std::move(all);
  request.limit = tail_page_events - 1;  // one row more is read than the limit
  const auto rows = run_sql(connection, list_sql(request, Columns{{entries.field("position")}, {}}, {context_.schema, reader}));
  std::vector<events::Position> positions;
  for (int i = 0; i < rows.rows(); ++i) positions.push_back(events::Position{rows.int64(i, 0)});
  return positions;
}

// Sends the wanted events from first to last; false when it did not come to the last of them.
bool Tail::send_range(const std::vector<events::Position>& wanted, std::size_t first, std::size_t last) {
  const auto from = wanted[first].value, to = wanted[last].value;
  const auto events = options_.log->read(events::Position{from - 1}, static_cast<std::size_t>(to - from + 1), tail_page_bytes);
  for (const auto& event : events) {
    if (!std::binary_search(wanted.begin(), wanted.end(), event.position)) continue;
    if (writer_.unsent_bytes() > tail_unsent_bytes_max) return false;
    const bool written = writer_.write("id: " + std::to_string(event.position.value) + "\nevent: " + event.type +
                                       data_lines(events::cloud_event(context_.identity, event)) + "\n\n");
    if (!written) return false;
    sent_ = event.position;
  }
  if (events.empty()) throw std::runtime_error("the log lacks an event that the read models know");
  return events.back().position.value == to;
}

// Whether there is room for more. Otherwise asks again soon, and ends the stream of a client that reads nothing at all.
bool Tail::client_keeps_up() {
  const auto unsent = writer_.unsent_bytes();
  if (unsent <= tail_unsent_bytes_max) {
    stalled_bytes_ = 0;
    return true;
  }
  const auto now = std::chrono::steady_clock::now();
  if (unsent != stalled_bytes_) stalled_since_ = now;
  stalled_bytes_ = unsent;
  if (now - stalled_since_ > slow_reader_patience)
    writer_.close();
  else
    check_soon();
  return false;
}

void Tail::check_soon() {
  {
    const std::lock_guard lock(mutex_);
    if (checking_) return;
    checking_ = true;
  }
  context_.after(slow_reader_check_ms, [weak = weak_from_this()] {
    const auto tail = weak.lock();
    if (!tail) return;
    {
      const std::lock_guard lock(tail->mutex_);
      tail->checking_ = false;
    }
    tail->wake();
  });
}

}  // namespace daybook::query
