#pragma once
// A running Daybook: one part, or all three on one port. The parts and how they hang together are decided here and nowhere
// else.
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "compose/daybook/deployment.hpp"

namespace CLI {
class App;
}

namespace daybook::app {

enum class Role { all, command, projector, query };

// Serves until SIGINT or SIGTERM, drains, and returns the exit code.
int serve(const Config& config, Role role);

// The whole main() of a program that is one service apart.
int service_main(int argc, char** argv, Role role);

// --config and flags of settings, by their names.
void add_config_options(CLI::App& command, CommandLine& line, std::initializer_list<std::string_view> flags);
// Those that every serving program takes.
void add_serving_options(CLI::App& command, CommandLine& line);
// Runs, and turns what is thrown into a sentence on standard error and an exit code.
int report_failure(const std::string& program, const std::function<int()>& run);

}  // namespace daybook::app
