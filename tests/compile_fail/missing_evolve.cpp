// An event without an evolve overload: the variant would otherwise be folded silently without it.
#include "command-service/domain/core/aggregate.hpp"

namespace daybook::events::lamp {
struct SwitchedOn {
  static constexpr std::string_view type = "lamp.switched_on";
};
BOOST_DESCRIBE_STRUCT(SwitchedOn, (), ())
struct SwitchedOff {
  static constexpr std::string_view type = "lamp.switched_off";
};
BOOST_DESCRIBE_STRUCT(SwitchedOff, (), ())
struct State : Stamp {
  bool on = false;
};
inline void evolve(State& state, const SwitchedOn&, const Envelope&) { state.on = true; }
#ifndef BROKEN
inline void evolve(State& state, const SwitchedOff&, const Envelope&) { state.on = false; }
#endif
}  // namespace daybook::events::lamp

namespace daybook::domain {
struct Lamp {
  using State = events::lamp::State;
  using Event = std::variant<events::lamp::SwitchedOn, events::lamp::SwitchedOff>;
};
void effects(const events::lamp::State&, const events::lamp::SwitchedOn&, const events::Envelope&, Effects&);
void effects(const events::lamp::State&, const events::lamp::SwitchedOff&, const events::Envelope&, Effects&);

void fold(Lamp::State& state, const Lamp::Event& event, const events::Envelope& envelope) {
  apply_event<Lamp>(state, event, envelope, nullptr);
}
}  // namespace daybook::domain
