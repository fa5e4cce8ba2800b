// Parked scopes: brought to the same place in both stores at the start, and driven on once what they met is mended.
#include <algorithm>

#include "projector/projector.hpp"

namespace daybook::projector {
namespace {

const ParkedRow* find_in(const std::vector<ParkedRow>& rows, events::EntityId scope) {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == scope; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

// The read tables are written first, so what is parked there, and how far, is what holds; the state store follows. It alone
// may have missed the end of a re-drive, or, where it is behind, that a scope was parked.
void Projector::level_parked() {
  const auto ours = parked_in(*store_), theirs = parked_in(*connection_, options_.generation);
  parking_.replace(ours);
  for (const auto& row : ours) {
    const auto* then = find_in(theirs, row.id);
    if (then && *then == row) continue;
    if (then && then->position < row.position)
      throw Stopped("The state store is ahead of the read tables in " + row.id.text() + "; run `daybook rebuild`.");
    const auto upto = then ? std::min(checkpoint_.position, events::Position{then->position.value - 1}) : checkpoint_.position;
    drive(row, upto, then ? std::optional(*then) : std::nullopt, Into::state_store);
  }
  for (const auto& row : theirs) {
    if (find_in(ours, row.id)) continue;
    if (row.position <= checkpoint_.position)
      throw Stopped("The state store is ahead of the read tables in " + row.id.text() + "; run `daybook rebuild`.");
    drive(row, {}, row, Into::state_store);
  }
  parked_scopes_ = parking_.count();
}

void Projector::redrive(std::optional<text::Uuid> scope) {
  if (!connection_) open();
  project_to(tables_.position, [](events::Position) {});
  for (const auto& row : parked())
    if (!scope || row.id.value == *scope) drive(row, checkpoint_.position, std::nullopt, Into::both_again);
}

// Applies the events of a parked scope from where it is held up to a position, read batch by read batch; afterwards `then`
// stands in its place, or nothing. Each write leaves the scope whole up to the position from which it is held then.
void Projector::drive(const ParkedRow& from, events::Position upto, const std::optional<ParkedRow>& then, Into into) {
  const auto scope = from.id.value;
  parking_.release(scope);
  events::Position at{from.position.value - 1};
  while (!parking_.find(scope)) {
    std::vector<events::Envelope> batch;
    if (at < upto) {
      batch = log_->read(at, batch_events_max, batch_bytes_max);
      if (batch.empty()) throw events::LogUnavailable("the log gives fewer events than it has");
      at = std::min(batch.back().position, upto);
      std::erase_if(batch, [&](const auto& event) { return event.position > upto || scope_of(event) != scope; });
    }
    const bool more = at < upto;
    if (more && batch.empty()) continue;
    const auto work = applied(std::move(batch), into, nullptr);
    if (!parking_.find(scope)) {
      auto held = from;
      held.position = at.next();
      if (more)
        work->rows.put(held);
      else if (then)
        work->rows.put(*then);
      else
        work->rows.erase<ParkedRow>(scope);
      if (!more && then) parking_.park(*then);
    }
    work->parked_scopes = parking_.count() + (more && !parking_.find(scope) ? 1 : 0);
    work->before = checkpoint_.position;
    work->after = checkpoint_;
    write(*work);
    if (!more) return;
  }
}

}  // namespace daybook::projector
