#include "tests/events/files.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>

namespace daybook::events::test {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void write_file(const std::filesystem::path& path, const std::string& content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

bool asked_to_write(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && std::string_view(value) == "1";
}

std::string indented(const std::string& compact) {
  std::string out;
  std::size_t level = 0;
  bool in_text = false;
  const auto new_line = [&] { out += "\n" + std::string(level * 2, ' '); };
  for (std::size_t i = 0; i < compact.size(); ++i) {
    const char c = compact[i];
    if (in_text) {
      out += c;
      if (c == '\\')
        out += compact[++i];
      else if (c == '"')
        in_text = false;
      continue;
    }
    const bool empty = i + 1 < compact.size() && (compact[i + 1] == '}' || compact[i + 1] == ']');
    const bool closes_empty = i > 0 && (compact[i - 1] == '{' || compact[i - 1] == '[');
    if (c == '}' || c == ']') {
      if (!closes_empty) {
        --level;
        new_line();
      }
      out += c;
    } else if (c == '{' || c == '[') {
      out += c;
      if (!empty) {
        ++level;
        new_line();
      }
    } else if (c == ',') {
      out += c;
      new_line();
    } else if (c == ':') {
      out += ": ";
    } else {
      out += c;
      in_text = c == '"';
    }
  }
  return out + "\n";
}

}  // namespace daybook::events::test
