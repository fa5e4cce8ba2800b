#pragma once

#include <cstddef>
#include <string_view>

namespace daybook::text {

/// Bytes of an array, vector or span of one-byte elements, seen as a string_view: the form in which every
/// function of this code base takes bytes. The view lives no longer than the argument.
template <class Bytes>
[[nodiscard]] std::string_view view_of(const Bytes& bytes) {
  static_assert(sizeof(*bytes.data()) == 1, "only sequences of single bytes");
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace daybook::text
