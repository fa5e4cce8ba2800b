#include <CLI/CLI.hpp>
#include <iostream>

#include "compose/daybook/service.hpp"

namespace daybook::app {
namespace {

struct Apart {
  Role role;
  const char* what;
  std::uint16_t port;
};
constexpr Apart services[] = {
    {Role::command, "Daybook's command service: everything that changes something, and the relay to Kafka.", 8001},
    {Role::query, "Daybook's query service: every GET and live events.", 8002},
    {Role::projector, "Daybook's projector: from the log or Kafka to the read models; serves health and metrics.", 8003},
};

}  // namespace

void add_serving_options(CLI::App& command, Config& config) {
  command.add_option_function<std::string>("--listen", [&config](const std::string& listen) { set_listen(config, listen); },
                                           "Address and port, such as 127.0.0.1:8000");
  command.add_option("--data", config.data, "Folder of the state store");
  command.add_flag("--allow-unsafe-database", config.allow_unsafe, "Accepts a server that may lose commits (fsync off), for tests");
}

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
    auto config = config_from_environment();
    config.port = apart.port;
    add_serving_options(app, config);
    CLI11_PARSE(app, argc, argv);
    return serve(config, role);
  });
}

}  // namespace daybook::app
