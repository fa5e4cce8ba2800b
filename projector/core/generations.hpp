#pragma once
// Which build of the read models is served. `read_models.generations` has a row for each build that was begun, with the format
// of its rows, and one of each format is served: whoever opens read models, to write or to read, asks here which.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "platform/postgres/connection.hpp"

namespace daybook::projector {

// The format of this program's rows, and the number of the first generation in it.
inline constexpr int current_generation = 7;

// Schema of a generation: read_g7.
std::string schema_of(int generation);
// Its state store, below the folder of all of them.
std::filesystem::path state_store_of(const std::filesystem::path& folder, int generation);

// The one that is served of this program's format; nothing where none was begun. Changes nothing.
std::optional<int> find_served_generation(pg::Connection& connection);
// The same; begins the first.
int served_generation(pg::Connection& connection);
// Begins another one of this format, to be built beside the one that is served.
int begin_generation(pg::Connection& connection);
// Whether it is served, and of no format is a later one.
bool is_newest_served(pg::Connection& connection, int generation);
// Serves that one from now on: programs that start later open it, and the views of other models show it.
void serve_generation(pg::Connection& connection, int generation);
// Every one of which there is a row or read tables, but the one that is served of this format.
std::vector<int> other_generations(pg::Connection& connection);
void forget_generation(pg::Connection& connection, int generation);

}  // namespace daybook::projector
