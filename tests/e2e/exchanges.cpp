#include "tests/e2e/exchanges.hpp"

#include <unistd.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>

namespace daybook::test {
namespace {

namespace json = boost::json;

std::unique_ptr<std::ofstream> open_file() {
  const char* const folder = std::getenv("DAYBOOK_TEST_EXCHANGES");
  if (folder == nullptr || *folder == '\0') return nullptr;
  std::filesystem::create_directories(folder);
  const auto file = std::filesystem::path(folder) / (std::to_string(::getpid()) + ".jsonl");
  return std::make_unique<std::ofstream>(file, std::ios::app);
}

}  // namespace

void record_exchange(std::string_view method, std::string_view target, std::string_view sent,
                     const http::ClientResult& result) {
  static std::mutex mutex;
  static const auto file = open_file();
  if (!file || !result.ok()) return;
  json::array headers;
  for (const auto& header : result.headers) headers.push_back({header.name, header.value});
  const auto line = json::serialize(json::object{{"method", method},
                                                 {"target", target},
                                                 {"sent", sent},
                                                 {"status", result.status},
                                                 {"headers", headers},
                                                 {"body", result.body}});
  const std::lock_guard lock(mutex);
  *file << line << std::endl;
}

}  // namespace daybook::test
