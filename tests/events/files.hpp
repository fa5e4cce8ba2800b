#pragma once
// Committed files that a test compares with. Tests run in the root of the repository.
#include <filesystem>
#include <string>

namespace daybook::events::test {

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& content);

// Whether the environment asks the test to write what it would otherwise only check.
bool asked_to_write(const char* variable);

// Compact JSON with one member or element a line, two spaces for each level.
std::string indented(const std::string& compact);

}  // namespace daybook::events::test
