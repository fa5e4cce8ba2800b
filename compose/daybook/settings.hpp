#pragma once
// Every setting, once: its name in the file, its environment variable and flag, its limits, who reads it, and what it is for.
// The reader of files, the environment, `daybook config` and docs/configuration.md all come from this table.
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "compose/daybook/config.hpp"
#include "platform/config/toml_file.hpp"

namespace daybook::app {

using Target = std::variant<std::string Config::*, int Config::*, bool Config::*, std::vector<std::string> Config::*>;

struct Setting {
  std::string_view name;                 // section.key
  Target target;
  std::string_view environment;
  std::string_view help;
  std::string_view services = "all";     // who reads it
  std::string_view unit = {};
  int min = 0, max = std::numeric_limits<int>::max();   // of a number
  std::string_view flag = {};
  bool secret = false;                   // never printed
  // Of a text, or of each in a list: whether it can be, and what it should look like where it cannot.
  bool (*fits)(std::string_view) = nullptr;
  std::string_view form = {};
};

std::span<const Setting> settings();

// Of `name` or of `environment`; null where there is none.
const Setting* setting_named(std::string_view name);
const Setting* setting_of_variable(std::string_view variable);

// Sets it. What cannot be is not set, and the answer says what it should have been.
std::optional<std::string> assign(Config& config, const Setting& setting, const config::Value& value);
// A value as text has it: in the environment, behind a flag.
config::Value read_text(const Setting& setting, const std::string& text);
// As TOML writes it.
std::string value_text(const Config& config, const Setting& setting);

// What `daybook config` prints: a TOML file with every value and, behind it, where it comes from.
std::string effective_settings(const Config& config);
// The table of docs/configuration.md.
std::string settings_reference();

}  // namespace daybook::app
