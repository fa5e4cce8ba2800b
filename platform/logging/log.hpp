#pragma once
// The process's log: one JSON object a line on standard error, written before the call returns. One for the whole process;
// safe from any thread. Whoever writes sees to it that nothing secret and nothing personal is in it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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
void write(Level level, std::string_view message, const std::vector<Field>& fields = {});

// The line that `write` writes, without its end.
std::string line_of(std::string_view time, Level level, std::string_view message, const std::vector<Field>& fields);

}  // namespace daybook::logging
