#pragma once
// Where issues stand in the order of their workspace: by position, ties by number. Pure; private to this folder and to what an
// issue's events do beyond its stream.
#include <optional>
#include <string>

#include "events/core/id.hpp"

namespace daybook::domain::issue {

// An issue that was never ranked stands at its number times this, behind all that were opened before it.
inline constexpr std::int64_t rank_gap = 1 << 20;
// Of neighbours on one side that are moved to make room, in one append.
inline constexpr std::size_t rank_moves_max = 900;

struct Place {
  std::int64_t position = 0;
  std::int64_t number = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

std::int64_t own_position(std::int64_t number);
inline bool is_own(const Place& place) { return place.position == own_position(place.number); }

// What an issue holds that does not stand at its own position, so that its neighbours are found: keys sort as places do.
std::string place_prefix(events::WorkspaceId workspace);
std::string place_key(events::WorkspaceId workspace, const Place& place);
Place place_in(std::string_view key);

}  // namespace daybook::domain::issue
