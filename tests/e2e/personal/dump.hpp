#pragma once

#include <map>
#include <string>

namespace daybook::test {

/// What pg_dump prints of a whole database: the rows of each table by its name, everything else under "".
std::map<std::string, std::string> dump_of(const std::string& database_url);

}  // namespace daybook::test
