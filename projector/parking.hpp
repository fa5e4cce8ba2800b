#pragma once
// Which scopes are held, and from which position on. On the projector's thread; the rows stand in both stores as well.
#include <exception>
#include <unordered_map>
#include <vector>

#include "platform/postgres/connection.hpp"
#include "projector/read_models/parked.hpp"

namespace daybook::projector {

inline constexpr std::size_t parked_reason_bytes_max = 200;

text::Uuid scope_of(const events::Envelope& event);
// The row of an event that could not be applied.
ParkedRow parked_at(const events::Envelope& event, std::string_view reason);

// What a store says is parked, by id.
std::vector<ParkedRow> parked_in(const rocks::Reader& store);
std::vector<ParkedRow> parked_in(pg::Connection& connection, int generation);

class Parking {
 public:
  void replace(const std::vector<ParkedRow>& rows) {
    rows_.clear();
    for (const auto& row : rows) park(row);
  }
  void park(const ParkedRow& row) { rows_.insert_or_assign(row.id.value, row); }
  void release(text::Uuid scope) { rows_.erase(scope); }

  const ParkedRow* find(text::Uuid scope) const {
    const auto found = rows_.find(scope);
    return found == rows_.end() ? nullptr : &found->second;
  }
  bool holds(const events::Envelope& event) const {
    const auto* row = rows_.empty() ? nullptr : find(scope_of(event));
    return row && event.position >= row->position;
  }
  std::size_t count() const { return rows_.size(); }

 private:
  std::unordered_map<text::Uuid, ParkedRow> rows_;
};

}  // namespace daybook::projector
