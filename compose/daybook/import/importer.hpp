#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <stop_token>
#include <string>

#include "compose/daybook/import/report.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::importer {

struct ImportOptions {
  std::string file;       ///< A change log, or "-".
  std::string url;        ///< "http://127.0.0.1:8000"
  std::string token;      ///< An access token of someone who may import.
  std::string workspace;  ///< Id or slug.
  std::string run;        ///< A name of one's own, to import the same log once more as another run.
};

struct ImportResult {
  enum class Outcome { finished, stopped, failed };
  Outcome outcome = Outcome::failed;
  std::string message;  ///< A sentence for the operator, unless it has finished.
  text::Uuid workspace;
  std::int64_t changes = 0;
  std::int64_t commands = 0;
  std::int64_t parts = 0;
  std::int64_t parts_already_there = 0;
  std::int64_t position = 0;  ///< Of the log after the last part.
  Report report;
};

inline constexpr std::chrono::milliseconds retry_first{200};
inline constexpr std::chrono::milliseconds retry_longest{5000};
/// How long a server may be away before the import gives up.
inline constexpr std::chrono::seconds away_max{120};
/// Commands a server may refuse before the import gives up: each is reported and left out.
inline constexpr std::int64_t refusals_max = 1000;

/// Imports a change log through the HTTP API, one part in flight while the next one is made. Keeps nothing on
/// disk: the parts of a log are always the same, and the server knows which of a run it has. Returns when all
/// is done, when the stop is asked for, or when it cannot go on; progress goes to `out`.
[[nodiscard]] ImportResult run_import(const ImportOptions& options, const std::stop_token& stop, std::FILE* out);

/// The command line's form of it: stops at SIGINT and SIGTERM, prints the report to the standard output and
/// progress to the standard error. Returns the exit code: 0 finished, 1 failed, 130 stopped.
[[nodiscard]] int import_command(const ImportOptions& options);

}  // namespace daybook::importer
