#include "tests/e2e/personal/dump.hpp"

#include <sstream>

#include "tests/e2e/kafka_server.hpp"
#include "tests/support/postgres_server.hpp"

namespace daybook::test {

std::map<std::string, std::string> dump_of(const std::string& database_url) {
  std::istringstream lines(output_of({PostgresServer::tool("pg_dump"), "--dbname", database_url}));
  std::map<std::string, std::string> tables;
  std::string table;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("COPY "))
      table = line.substr(5, line.find(' ', 5) - 5);
    else if (line == "\\.")
      table.clear();
    else
      tables[table] += line + "\n";
  }
  return tables;
}

}  // namespace daybook::test
