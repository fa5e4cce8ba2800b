#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "compose/daybook/service.hpp"
#include "compose/daybook/settings.hpp"

namespace daybook::app {
namespace {

struct Apart {
  Role role;
  const char* what;
  const char* listen;
};
constexpr Apart services[] = {
    {Role::command, "Daybook's command service: everything that changes something, and the relay to Kafka.", "127.0.0.1:8001"},
    {Role::query, "Daybook's query service: every GET and live events.", "127.0.0.1:8002"},
    {Role::projector, "Daybook's projector: from the log or Kafka to the read models; serves health and metrics.", "127.0.0.1:8003"},
};

}  // namespace

void add_config_options(CLI::App& command, CommandLine& line, std::initializer_list<std::string_view> flags) {
  command.add_option("--config", line.file, "TOML file with settings; `daybook config` prints one");
  for (const auto flag : flags) {
    const auto& setting = *std::find_if(settings().begin(), settings().end(), [flag](const auto& s) { return s.flag == flag; });
    auto& values = line.values;
    const std::string name(setting.name), words(flag), help(setting.help);
    if (std::holds_alternative<bool Config::*>(setting.target)) command.add_flag_callback(words, [&values, name] { values[name] = "true"; }, help);
    else command.add_option_function<std::string>(words, [&values, name](const std::string& text) { values[name] = text; }, help);
  }
}

void add_serving_options(CLI::App& command, CommandLine& line) { add_config_options(command, line, {"--listen", "--data", "--allow-unsafe-database"}); }

int report_failure(const std::string& program, const std::function<int()>& run) {
  try {
    return run();
  } catch (const Refusal& refusal) {
    std::cerr << program << ": " << refusal.what() << std::endl;
    return refusal.exit_code;
  } catch (const std::exception& broken) {
    std::cerr << program << ": " << broken.what() << std::endl;
    return exit_failed;
  }
}

int service_main(int argc, char** argv, Role role) {
  const auto& apart = *std::find_if(std::begin(services), std::end(services), [role](const auto& service) { return service.role == role; });
  return report_failure(argv[0], [&] {
    CLI::App app{apart.what};
    CommandLine line;
    add_serving_options(app, line);
    CLI11_PARSE(app, argc, argv);
    Config defaults;
    defaults.listen = apart.listen;
    return serve(load_config(line, process_environment(), defaults), role);
  });
}

}  // namespace daybook::app
