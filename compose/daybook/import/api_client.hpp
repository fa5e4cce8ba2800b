#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/client.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::importer {

/// Where the API is and who asks.
struct ApiAddress {
  std::string url;
  std::string token;
};

[[nodiscard]] std::vector<http::Header> api_headers(const ApiAddress& address);

/// What a problem document (RFC 9457) or the network says, in one line.
[[nodiscard]] std::string trouble_in(const http::ClientResult& result);

/// Walks all pages of a list: `each` gets the JSON text of every element. The returned sentence is empty when
/// all went well. `path` has its parameters, but neither limit nor cursor.
[[nodiscard]] std::string walk_list(http::Client& client, const ApiAddress& address, const std::string& path,
                                    const std::function<void(std::string_view)>& each);

/// The id of a workspace named by id or slug; on failure nil, and `trouble` says why.
[[nodiscard]] text::Uuid find_workspace(http::Client& client, const ApiAddress& address,
                                        const std::string& word, std::string& trouble);

/// Its labels: id by case-folded name.
[[nodiscard]] std::map<std::string, text::Uuid> read_labels(http::Client& client, const ApiAddress& address,
                                                            const text::Uuid& workspace,
                                                            std::string& trouble);

}  // namespace daybook::importer
