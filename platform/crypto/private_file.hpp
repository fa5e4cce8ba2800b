#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

// Reading and writing of small secret files; internal to this folder.
namespace daybook::crypto {

struct FileText {
  std::string text;
};

/// A sentence that says what went wrong.
struct FileProblem {
  std::string text;
};

inline constexpr std::size_t private_file_bytes_max = 64 * 1024;

/// Reads a regular file of mode 0600 or stricter.
[[nodiscard]] std::variant<FileText, FileProblem> read_private_file(const std::filesystem::path& path);

enum class Existing { keep, replace };

/// Writes a file of mode 0600 whole or not at all: a temporary file beside it is synced to the disk and then
/// takes the name. With `Existing::keep` a file that is already there is a problem and stays as it is.
[[nodiscard]] std::optional<FileProblem> write_private_file(const std::filesystem::path& path,
                                                            std::string_view text, Existing existing);

}  // namespace daybook::crypto
