#pragma once
// The process's log: one JSON object a line on standard error. A warning or an error, and all lines before it, is written before
// the call returns; other lines within moments, many at once, and at the latest when the process ends (line_writer.hpp). One for
// the whole process; safe from any thread. Whoever writes sees to it that nothing secret and nothing personal is in it.
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace daybook::logging {

enum class Level { debug, info, warning, error };

// Nothing for a word that is no level.
std::optional<Level> level_of(std::string_view word);
// The least that is written; info at first.
void set_level(Level least);

struct Field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double> value;   // an empty text is left out
};

// {"time":…,"level":…,"message":…} and the fields in their order.
void write(Level level, std::string_view message, std::initializer_list<Field> fields = {});

// The line that `write` writes, without its end.
std::string line_of(std::string_view time, Level level, std::string_view message, std::initializer_list<Field> fields);

}  // namespace daybook::logging
