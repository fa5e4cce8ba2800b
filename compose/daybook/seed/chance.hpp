#pragma once
// Chance that repeats itself. Each thing draws from a stream of its own, named after it, so that what one thing draws changes
// nothing of another. Whole numbers only, and no distribution of the standard library, whose results differ between libraries.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "platform/text/uuid.hpp"

namespace daybook::seed {

// The id that a thing of that name has under a seed; names are unique among all things.
text::Uuid id_of(std::uint64_t seed, std::string_view name);

// A plain value; one thread.
class Chance {
 public:
  Chance(std::uint64_t seed, std::string_view name);

  // SplitMix64.
  std::uint64_t next();
  // From `least` to `most`, both included, each as likely as any other.
  std::int64_t from(std::int64_t least, std::int64_t most);
  // True in so many of a hundred times.
  bool in_hundred(int times) { return from(1, 100) <= times; }
  template <class T, std::size_t N>
  const T& of(const std::array<T, N>& all) {
    return all[static_cast<std::size_t>(from(0, static_cast<std::int64_t>(N) - 1))];
  }
  template <class T>
  const T& of(std::span<const T> all) {
    return all[static_cast<std::size_t>(from(0, static_cast<std::int64_t>(all.size()) - 1))];
  }
  // So many hexadecimal digits.
  std::string digits(std::size_t count);

 private:
  std::uint64_t state_;
};

}  // namespace daybook::seed
