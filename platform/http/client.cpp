#include "platform/http/client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <stdexcept>

namespace daybook::http {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
struct FreeHandle {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};

/// Where one transfer puts what arrives.
struct Sink {
  ClientResult result;
  const std::function<bool(std::string_view)>* on_chunk = nullptr;
  bool stopped = false;
  bool too_large = false;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& sink = *static_cast<Sink*>(user);
  const std::string_view chunk(data, size * count);
  if (sink.on_chunk != nullptr) {
    sink.stopped = !(*sink.on_chunk)(chunk);
    return sink.stopped ? 0 : chunk.size();
  }
  sink.too_large = sink.result.body.size() + chunk.size() > Client::reply_bytes_max;
  if (sink.too_large) return 0;
  sink.result.body.append(chunk);
  return chunk.size();
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& sink = *static_cast<Sink*>(user);
  const std::string_view line(data, size * count);
  // A new status line means that what came before was an interim reply (100 Continue).
  if (line.starts_with("HTTP/")) sink.result.headers.clear();
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && !line.starts_with("HTTP/")) {
    sink.result.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
  }
  return line.size();
}

void set_up_curl_once() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  if (!ready) throw std::runtime_error("libcurl cannot be set up");
}

}  // namespace

struct Client::Impl {
  std::string base_url;
  std::unique_ptr<CURL, FreeHandle> handle;

  void prepare(std::string_view method, std::string_view path, std::string_view body,
               std::chrono::milliseconds timeout, char* error_text) {
    CURL* curl = handle.get();
    curl_easy_reset(curl);  // Keeps the connections.
    const auto url = base_url + std::string(path);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error_text);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take_body);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &take_header);

    const bool has_body = !body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
    if (has_body) {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data() == nullptr ? "" : body.data());
    } else if (method == "HEAD") {
      curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, std::string(method).c_str());
  }

  std::unique_ptr<curl_slist, FreeList> field_list(const std::vector<Header>& headers, bool has_body) {
    std::unique_ptr<curl_slist, FreeList> list;
    const auto append = [&](const std::string& line) {
      list.reset(curl_slist_append(list.release(), line.c_str()));
    };
    bool has_type = false;
    for (const auto& [name, value] : headers) {
      has_type = has_type || same_name(name, "content-type");
      append(value.empty() ? name + ";" : name + ": " + value);
    }
    // Without a value the field is left out, where libcurl would call an empty body a form.
    if (!has_type) append(has_body ? "Content-Type: application/json" : "Content-Type:");
    return list;
  }

  ClientResult perform(std::string_view method, std::string_view path, const std::vector<Header>& headers,
                       std::string_view body, std::chrono::milliseconds timeout,
                       const std::function<bool(std::string_view)>* on_chunk) {
    char error_text[CURL_ERROR_SIZE] = {};
    Sink sink;
    sink.on_chunk = on_chunk;
    prepare(method, path, body, timeout, error_text);
    const auto list = field_list(headers, !body.empty());
    CURL* curl = handle.get();
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list.get());
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &sink);

    const auto code = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    sink.result.status = static_cast<int>(status);
    if (code == CURLE_OK || sink.stopped) return std::move(sink.result);
    sink.result.status = 0;
    sink.result.error = std::string(method) + " " + base_url + std::string(path) + ": ";
    sink.result.error += sink.too_large          ? "the reply is too large"
                         : error_text[0] != '\0' ? error_text
                                                 : curl_easy_strerror(code);
    return std::move(sink.result);
  }
};

std::string_view ClientResult::header(std::string_view name) const noexcept {
  const auto at = std::find_if(headers.begin(), headers.end(),
                               [&](const Header& header) { return same_name(header.name, name); });
  return at == headers.end() ? std::string_view() : std::string_view(at->value);
}

Client::Client(std::string base_url) : impl_(std::make_unique<Impl>()) {
  set_up_curl_once();
  while (base_url.ends_with('/')) base_url.pop_back();
  impl_->base_url = std::move(base_url);
  impl_->handle.reset(curl_easy_init());
  if (!impl_->handle) throw std::runtime_error("libcurl gives no handle");
}

Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

ClientResult Client::send(std::string_view method, std::string_view path, const std::vector<Header>& headers,
                          std::string_view body, std::chrono::milliseconds timeout) {
  return impl_->perform(method, path, headers, body, timeout, nullptr);
}

ClientResult Client::get(std::string_view path, const std::vector<Header>& headers) {
  return send("GET", path, headers);
}

ClientResult Client::stream(std::string_view path, const std::vector<Header>& headers,
                            const std::function<bool(std::string_view)>& on_chunk,
                            std::chrono::milliseconds timeout) {
  return impl_->perform("GET", path, headers, {}, timeout, &on_chunk);
}

}  // namespace daybook::http
