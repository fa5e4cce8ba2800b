#pragma once
// A list as a file: every row of it, from the place where it begins, written page by page as fast as the client reads. Each page is
// a query of its own with the caller's standing as it is then, so that nothing waits on a snapshot that is hours old.
#include <chrono>

#include "query-service/core/serve.hpp"

namespace daybook::query {

inline constexpr std::size_t export_page_rows = 200;
inline constexpr std::size_t export_chunk_bytes = 64 << 10;
inline constexpr int export_slow_reader_check_ms = 50;
inline constexpr std::chrono::seconds export_patience{30};  // with a client that reads nothing, and with a database that is away

enum class ExportFormat { jsonl, csv };

// format=, else what Accept names; nothing where neither asks for a file.
std::variant<std::optional<ExportFormat>, api::Problem> read_export_format(const api::Call& call);
api::Parameter export_parameter();

// `may` says whether the viewer may read on; it is asked before every page. `workspace` is what the path names, empty outside of any.
http::Response export_response(const Query& query, const Resource& resource, std::vector<Scope> scope, ExportFormat format,
                               std::function<bool(const Viewer&)> may);

}  // namespace daybook::query
