#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace daybook::test {

/// A folder that is removed, with everything in it, when this object ends.
class TempDir {
 public:
  TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Asks again and again, a few milliseconds apart, until the condition holds. False when it still does not
/// after `limit`: tests wait for what they expect, never for a time.
[[nodiscard]] bool wait_until(const std::function<bool()>& condition,
                              std::chrono::milliseconds limit = std::chrono::seconds(10));

/// A TCP port on 127.0.0.1 that nobody listens on at this moment.
[[nodiscard]] std::uint16_t free_port();

/// Lower-case letters and digits, for names that must not meet those of another run.
[[nodiscard]] std::string random_name(const std::string& prefix);

}  // namespace daybook::test
