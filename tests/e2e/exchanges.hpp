#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/client.hpp"

namespace daybook::test {

/// Where DAYBOOK_TEST_EXCHANGES names a folder, writes what was sent and what came back into it, one JSON
/// object a line, a file for each process; `tests/contracts/check_exchanges.py` compares them with the
/// OpenAPI document. From any thread.
void record_exchange(std::string_view method, std::string_view target, std::string_view sent,
                     const http::ClientResult& result);

}  // namespace daybook::test
