#pragma once
// A TOML file as a flat list. Values of a kind that no setting has come as `Other`, so that whoever knows the settings can
// refuse them in its own words.
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace daybook::config {

inline constexpr std::uintmax_t file_bytes_max = 1 << 20;

// The file cannot be read, or is no TOML; the message names the file and, where there is one, the line.
struct FileRefused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Section {};                      // a table's head
struct Other { std::string kind; };     // "a date"
using Value = std::variant<std::string, std::int64_t, bool, std::vector<std::string>, Section, Other>;

struct Entry {
  std::string name;                     // "http.listen", "http" for a section
  Value value;
  int line = 0;
};

// In the order of the file. Throws FileRefused.
std::vector<Entry> read_toml(const std::filesystem::path& file);

}  // namespace daybook::config
