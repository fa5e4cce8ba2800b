#include "compose/daybook/config.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <unistd.h>

#include "compose/daybook/settings.hpp"
#include "platform/config/nearest.hpp"

namespace daybook::app {
namespace {

constexpr std::string_view own_prefix = "DAYBOOK_";
constexpr std::string_view file_variable = "DAYBOOK_CONFIG";

// Variables of our prefix that are not settings of the program: those of the scripts, of containers, of the importer, of the
// build and the tests. A variable that is in neither list is a typing error, or somebody's belief in a setting that is none.
constexpr std::string_view others_variables[] = {
    file_variable,          "DAYBOOK_URL",           "DAYBOOK_TOKEN",        "DAYBOOK_WORKSPACE",     "DAYBOOK_BEADS_FILE", "DAYBOOK_POSITION",
    "DAYBOOK_BIN",          "DAYBOOK_JOBS",          "DAYBOOK_CACHE",        "DAYBOOK_SKIP_PACKAGES", "DAYBOOK_UP_NOTIFY",  "DAYBOOK_CLOCK_START",
    "DAYBOOK_PORT",         "DAYBOOK_DATABASE_PASSWORD", "DAYBOOK_WRITE_GOLDEN", "DAYBOOK_WRITE_SCHEMAS", "DAYBOOK_CHAOS_CYCLES",
    "DAYBOOK_SEED_PASSWORD"};
constexpr std::string_view others_prefix = "DAYBOOK_TEST_";

[[noreturn]] void refuse(const std::string& sentence) { throw Refusal(sentence, exit_failed); }

template <class Names>
std::string meant(std::string_view name, const Names& names) {
  const auto found = config::nearest(name, names);
  return found ? " Did you mean " + std::string(*found) + "?" : "";
}

std::string shown(const Setting& setting, const std::string& text) { return setting.secret ? "its value" : "'" + text + "'"; }

std::vector<std::string_view> names_and_sections() {
  std::vector<std::string_view> names;
  for (const auto& setting : settings()) {
    const auto section = setting.name.substr(0, setting.name.find('.'));
    if (std::find(names.begin(), names.end(), section) == names.end()) names.push_back(section);
    names.push_back(setting.name);
  }
  return names;
}

std::string what_stands(const config::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return "'" + *text + "'";
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* other = std::get_if<config::Other>(&value)) return other->kind;
  return std::holds_alternative<config::Section>(value) ? "a section" : "a list";
}

void take_file(Config& config, const std::string& file) {
  std::vector<config::Entry> entries;
  try {
    entries = config::read_toml(file);
  } catch (const config::FileRefused& refused) {
    refuse(refused.what());
  }
  const auto known = names_and_sections();
  for (const auto& entry : entries) {
    const auto place = file + ":" + std::to_string(entry.line);
    const auto* setting = setting_named(entry.name);
    if (std::holds_alternative<config::Section>(entry.value) && std::find(known.begin(), known.end(), entry.name) != known.end() && setting == nullptr) continue;
    if (setting == nullptr) refuse(place + ": there is no setting '" + entry.name + "'." + meant(entry.name, known));
    if (const auto wrong = assign(config, *setting, entry.value))
      refuse(place + ": " + entry.name + " is " + (setting->secret ? "not right" : what_stands(entry.value)) + "; it should be " + *wrong + ".");
    config.sources[setting->name] = place;
  }
}

void take_text(Config& config, const Setting& setting, const std::string& text, const std::string& source) {
  if (const auto wrong = assign(config, setting, read_text(setting, text)))
    refuse(source + ": " + std::string(setting.name) + " cannot be " + shown(setting, text) + "; it should be " + *wrong + ".");
  config.sources[setting.name] = source;
}

void take_environment(Config& config, const Environment& environment) {
  std::vector<std::string_view> known{file_variable};
  for (const auto& setting : settings()) known.push_back(setting.environment);
  for (const auto& [variable, text] : environment) {
    const auto* setting = setting_of_variable(variable);
    if (variable.starts_with(own_prefix) && !is_known_variable(variable))
      refuse("The environment variable " + variable + " is no setting." + meant(variable, known));
    // An empty variable is as good as none: there is no other way to take one back in a unit or a compose file.
    if (setting != nullptr && !text.empty()) take_text(config, *setting, text, variable);
  }
}

std::string file_of(const CommandLine& line, const Environment& environment) {
  if (!line.file.empty()) return line.file;
  const auto named = environment.find(std::string(file_variable));
  if (named != environment.end() && !named->second.empty()) return named->second;
  for (const auto usual : usual_files)
    if (std::filesystem::exists(usual)) return std::string(usual);
  return "";
}

}  // namespace

bool is_known_variable(std::string_view variable) {
  return setting_of_variable(variable) != nullptr || variable.starts_with(others_prefix) ||
         std::find(std::begin(others_variables), std::end(others_variables), variable) != std::end(others_variables);
}

Environment process_environment() {
  Environment environment;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const auto equals = text.find('=');
    if (equals != text.npos) environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

Config load_config(const CommandLine& line, const Environment& environment, Config defaults) {
  auto config = std::move(defaults);
  if (const auto file = file_of(line, environment); !file.empty()) take_file(config, file);
  take_environment(config, environment);
  for (const auto& [name, text] : line.values) {
    const auto& setting = *setting_named(name);
    take_text(config, setting, text, std::string(setting.flag));
  }
  return config;
}

Listen listen_of(const Config& config) {
  const auto& listen = config.listen;
  const auto colon = listen.rfind(':');
  Listen result{"127.0.0.1", 0};
  const auto port = listen.substr(colon + 1);
  std::from_chars(port.data(), port.data() + port.size(), result.port);
  if (colon == listen.npos || colon == 0) return result;
  result.address = listen.substr(0, colon);
  if (result.address.front() == '[' && result.address.back() == ']') result.address = result.address.substr(1, result.address.size() - 2);
  return result;
}

crypto::KeyFile::Result read_keys(const Config& config) {
  if (config.keys_inline.empty()) return crypto::KeyFile::load(config.keys);
  // Where a variable cannot have lines, semicolons stand between them: no key has one.
  auto text = config.keys_inline;
  std::replace(text.begin(), text.end(), ';', '\n');
  return crypto::KeyFile::parse(text);
}

std::shared_ptr<const crypto::KeyFile> load_keys(const Config& config) {
  auto loaded = read_keys(config);
  if (const auto* error = std::get_if<crypto::KeyFileError>(&loaded)) throw Refusal(error->text, exit_failed);
  return std::make_shared<const crypto::KeyFile>(std::move(std::get<crypto::KeyFile>(loaded)));
}

}  // namespace daybook::app
