#include "command-service/domain/issue/ranks.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "command-service/domain/core/rules.hpp"
#include "command-service/domain/issue/references.hpp"

namespace daybook::domain::issue {
namespace {

constexpr std::size_t digits = 16;  // of a place's two numbers, in hexadecimal
constexpr std::int64_t spacing = 8;  // positions between two that were spread
constexpr std::uint64_t sign = std::uint64_t{1} << 63;

// Digits that sort as the numbers do, negative ones too.
std::string sortable(std::int64_t value) {
  char out[digits];
  auto rest = static_cast<std::uint64_t>(value) ^ sign;
  for (std::size_t i = digits; i-- > 0; rest >>= 4) out[i] = "0123456789abcdef"[rest & 15];
  return {out, digits};
}

std::int64_t value_of(std::string_view hex) {
  std::uint64_t value = 0;
  std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
  return static_cast<std::int64_t>(value ^ sign);
}

// Of an issue that may be moved to make room.
struct Standing {
  Place place;
  StreamId issue{};
};

// Places that stay: the own ones of every number, whether or not anybody stands there. Between two of them lie only issues
// that were ranked, and those hold their places as claims.
class Walls {
 public:
  explicit Walls(std::int64_t mover) : mover_(mover) {}

  // The nearest on that side of a place; the mover's own place is none.
  Place beside(const Place& place, Side side) const {
    const bool up = side == Side::above;
    auto number = floor(place.position);
    while (up ? wall(number) <= place : wall(number) >= place) number += up ? 1 : -1;
    if (number == mover_) number += up ? 1 : -1;
    return wall(number);
  }

 private:
  static std::int64_t floor(std::int64_t position) { return position >= 0 ? position / rank_gap : -((-position + rank_gap - 1) / rank_gap); }
  static Place wall(std::int64_t number) { return {own_position(number), number}; }

  std::int64_t mover_;
};

// The ranked issues around a gap, the nearest first on each side, and the walls behind them.
struct Surroundings {
  std::vector<Standing> below, above;
  Place lower{}, upper{};
  bool all_below = true, all_above = true;   // no more of them than these
};

class Neighbourhood {
 public:
  Neighbourhood(const State& mover, const State& neighbour, Side side, const Facts& facts)
      : workspace_(mover.workspace_id), mover_(mover), neighbour_{{neighbour.position, neighbour.number}, events::stream_of(neighbour.id)},
        side_(side), facts_(facts) {}

  Surroundings look(std::size_t most) const {
    Surroundings around;
    const Walls walls(mover_.number);
    const auto& at = neighbour_.place;
    around.lower = side_ == Side::above && is_own(at) ? at : walls.beside(at, Side::below);
    around.upper = side_ == Side::below && is_own(at) ? at : walls.beside(at, Side::above);
    around.below = ranked(Side::below, most, around.lower, around.all_below);
    around.above = ranked(Side::above, most, around.upper, around.all_above);
    if (!is_own(at)) {
      auto& near = side_ == Side::above ? around.below : around.above;
      near.insert(near.begin(), neighbour_);
    }
    return around;
  }

 private:
  std::vector<Standing> ranked(Side side, std::size_t most, const Place& wall, bool& all) const {
    const auto held = facts_.held_beside(scope::issue_place, place_prefix(workspace_), place_key(workspace_, neighbour_.place), side, most);
    all = held.size() < most;
    std::vector<Standing> found;
    for (const auto& entry : held) {
      const auto place = place_in(entry.key);
      if (side == Side::below ? place < wall : place > wall) {
        all = true;
        break;
      }
      if (entry.holder != events::stream_of(mover_.id)) found.push_back({place, entry.holder});
    }
    return found;
  }

  events::WorkspaceId workspace_;
  const State& mover_;
  Standing neighbour_;
  Side side_;
  const Facts& facts_;
};

std::int64_t position_below(const Surroundings& around, std::size_t count) {
  return count < around.below.size() ? around.below[count].place.position : around.lower.position;
}
std::int64_t position_above(const Surroundings& around, std::size_t count) {
  return count < around.above.size() ? around.above[count].place.position : around.upper.position;
}

bool stands_there(const Place& mover, const Surroundings& around) {
  const auto low = around.below.empty() ? around.lower : around.below.front().place;
  const auto high = around.above.empty() ? around.upper : around.above.front().place;
  return low < mover && mover < high;
}

using Moves = std::vector<Addressed<Event>>;

// The mover and `below` and `above` issues around it, spread evenly between what stands beyond them.
Moves spread(StreamId mover, const Surroundings& around, std::size_t below, std::size_t above) {
  std::vector<Standing> row(around.below.begin(), around.below.begin() + static_cast<std::ptrdiff_t>(below));
  std::reverse(row.begin(), row.end());
  row.push_back({{}, mover});
  row.insert(row.end(), around.above.begin(), around.above.begin() + static_cast<std::ptrdiff_t>(above));
  const auto low = position_below(around, below), room = position_above(around, above) - low;
  Moves moves;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto share = static_cast<__int128>(room) * static_cast<std::int64_t>(i + 1) / static_cast<std::int64_t>(row.size() + 1);
    const auto position = low + static_cast<std::int64_t>(share);
    if (row[i].issue == mover || row[i].place.position != position) moves.push_back({row[i].issue, events::issue::Ranked{position}});
  }
  return moves;
}

// Twice as many issues are moved until there is room for all of them and for some to come. What was not looked at is never moved, so that the last
// one that was is a wall itself.
std::optional<Moves> make_room(StreamId mover, const Surroundings& around) {
  const auto most = [](const std::vector<Standing>& list, bool all) { return all || list.empty() ? list.size() : list.size() - 1; };
  const auto below_most = most(around.below, around.all_below), above_most = most(around.above, around.all_above);
  for (std::size_t window = 0;; window = window == 0 ? 1 : 2 * window) {
    const auto below = std::min(window, below_most), above = std::min(window, above_most);
    const bool last = below == below_most && above == above_most;
    const auto room = position_above(around, above) - position_below(around, below);
    const auto wanted = static_cast<std::int64_t>(below + above + 1) * (last ? 1 : spacing);
    if (room > wanted) return spread(mover, around, below, above);
    if (last) return std::nullopt;
  }
}

}  // namespace

std::int64_t own_position(std::int64_t number) { return number * rank_gap; }

std::string place_prefix(events::WorkspaceId workspace) { return key_in(workspace, ""); }

std::string place_key(events::WorkspaceId workspace, const Place& place) {
  return place_prefix(workspace) + sortable(place.position) + sortable(place.number);
}

Place place_in(std::string_view key) {
  const auto numbers = key.substr(key.size() - 2 * digits);
  return {value_of(numbers.substr(0, digits)), value_of(numbers.substr(digits))};
}

std::optional<events::IssueId> neighbour_of(const Rank& command, const CommandContext& context, const Facts& facts) {
  const auto& named = command.before ? command.before : command.after;
  return named ? find_issue(named->text, workspace_of(context).id, facts) : std::nullopt;
}

WideDecision<Event> decide(const State& state, const State& neighbour, const Rank& command, const CommandContext& context,
                           const Facts& facts) {
  if (auto refused = refuse_gone(state, container_of(state), "issue", context, facts)) return *refused;
  if (command.before.has_value() == command.after.has_value())
    return invalid("/before", "required", "Name a neighbour by exactly one of before and after.");
  const std::string pointer = command.before ? "/before" : "/after";
  FieldRefusals refusals;
  const auto id = References(context, facts).other_issue(command.before ? *command.before : *command.after, pointer, refusals);
  if (!id) return refusals.rejection();
  if (*id == state.id) return invalid(pointer, "cycle", "An issue stands neither before nor behind itself.");
  const auto mover = events::stream_of(state.id);
  const Neighbourhood neighbourhood(state, neighbour, command.before ? Side::below : Side::above, facts);
  constexpr std::size_t near = 2;  // one of which may be the mover
  const auto around = neighbourhood.look(near);
  if (stands_there({state.position, state.number}, around)) return Moves{};
  if (position_above(around, 0) - position_below(around, 0) >= 2) return spread(mover, around, 0, 0);
  if (auto moves = make_room(mover, neighbourhood.look(rank_moves_max))) return std::move(*moves);
  return invalid(pointer, "no-room", "Too many issues stand side by side there: give some of them positions that lie further apart.");
}

}  // namespace daybook::domain::issue
