#pragma once
// What says that a subject was erased: the last event of the stream that is the subject. Nothing is appended behind it, and the key
// goes in the same transaction.
#include <array>

#include "events/invitation/events.hpp"
#include "events/user/events.hpp"

namespace daybook::events {

inline constexpr std::array erasure_types{user::Erased::type, invitation::Erased::type};

inline bool is_erasure(std::string_view type) {
  for (const auto each : erasure_types)
    if (each == type) return true;
  return false;
}

}  // namespace daybook::events
