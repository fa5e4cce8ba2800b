#include "projector/read_models/access.hpp"

#include "projector/read_models/audit_entry.hpp"
#include "projector/read_models/clock.hpp"
#include "projector/read_models/stream_rows.hpp"

namespace daybook::projector {
namespace {

namespace happened = events::access;

// Of what is not named here the audit tells.
template <class What>
void apply_access_event(const What&, const events::Envelope&, StateStore&) {}
void apply_access_event(const happened::ClockMoved& moved, const events::Envelope& e, StateStore& store) { move_clock(moved, e, store); }
void apply_access_event(const happened::ActivityNoted& noted, const events::Envelope& e, StateStore& store) { keep_noted(noted, e, store); }
void apply_access_event(const happened::AuditNoted& noted, const events::Envelope& e, StateStore& store) { keep_noted(noted, e, store); }
void apply_access_event(const happened::DatabaseImported&, const events::Envelope& e, StateStore& store) { note_import(e, store); }

void apply_access(const events::Envelope& e, StateStore& store) {
  std::visit([&](const auto& what) { apply_access_event(what, e, store); }, read_event<happened::Event>(e));
}

}  // namespace

ReadModel access_events() { return {{}, events::StreamType::access, apply_access}; }

}  // namespace daybook::projector
