#include "compose/daybook/import/api_client.hpp"

#include <boost/json.hpp>

#include "platform/text/unicode.hpp"

namespace daybook::importer {
namespace json = boost::json;
namespace {

std::string text_of(const json::value& value, std::string_view name) {
  const auto* object = value.if_object();
  const auto* found = object ? object->if_contains(name) : nullptr;
  return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

json::value parsed(const std::string& body) {
  boost::system::error_code trouble;
  auto value = json::parse(body, trouble);
  return trouble ? json::value() : value;
}

}  // namespace

std::vector<http::Header> api_headers(const ApiAddress& address) {
  return {{"Authorization", "Bearer " + address.token}, {"Prefer", "return=minimal"}};
}

std::string trouble_in(const http::ClientResult& result) {
  if (!result.ok()) return result.error;
  const auto body = parsed(result.body);
  auto words = text_of(body, "detail");
  if (words.empty()) words = text_of(body, "title");
  return std::to_string(result.status) + (words.empty() ? "" : " " + words);
}

std::string walk_list(http::Client& client, const ApiAddress& address, const std::string& path,
                      const std::function<void(std::string_view)>& each) {
  const auto first = path + (path.find('?') == path.npos ? "?" : "&") + "limit=200";
  std::string cursor;
  do {
    const auto page = cursor.empty() ? first : first + "&cursor=" + http::percent_encode(cursor);
    const auto result = client.get(page, api_headers(address));
    if (!result.ok() || result.status != 200) return path + ": " + trouble_in(result);
    const auto body = parsed(result.body);
    const auto* object = body.if_object();
    const auto* data = object ? object->if_contains("data") : nullptr;
    const auto* place = object ? object->if_contains("page") : nullptr;
    if (!data || !data->is_array() || !place) return path + ": this is no page of a list";
    for (const auto& entry : data->get_array()) each(json::serialize(entry));
    cursor = text_of(*place, "next");
  } while (!cursor.empty());
  return {};
}

text::Uuid find_workspace(http::Client& client, const ApiAddress& address, const std::string& word,
                          std::string& trouble) {
  const auto result = client.get("/api/v1/workspaces/" + http::percent_encode(word), api_headers(address));
  if (!result.ok() || result.status != 200) {
    trouble = "The workspace '" + word + "' cannot be read: " + trouble_in(result);
    return {};
  }
  const auto id = text::Uuid::parse(text_of(parsed(result.body), "id"));
  if (!id) trouble = "The server's answer about the workspace '" + word + "' has no id.";
  return id.value_or(text::Uuid{});
}

std::map<std::string, text::Uuid> read_labels(http::Client& client, const ApiAddress& address,
                                              const text::Uuid& workspace, std::string& trouble) {
  std::map<std::string, text::Uuid> labels;
  trouble = walk_list(client, address, "/api/v1/workspaces/" + workspace.text() + "/labels",
                      [&](std::string_view entry) {
                        const auto label = parsed(std::string(entry));
                        if (const auto id = text::Uuid::parse(text_of(label, "id")))
                          labels[text::fold_case(text_of(label, "name"))] = *id;
                      });
  return labels;
}

}  // namespace daybook::importer
