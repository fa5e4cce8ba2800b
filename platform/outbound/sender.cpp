#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <stdexcept>

#include "platform/outbound/outbound.hpp"

namespace daybook::outbound {
namespace {

constexpr std::int64_t final_status_min = 200;  // below it, an answer that another one follows
constexpr std::int64_t redirect_min = 300, refusal_min = 400;

struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
struct FreeHandle {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};

/// What is known of one post while it is under way.
struct Transfer {
  const std::vector<text::IpNetwork>& allowed;
  bool refused_address = false;
  std::size_t answer_bytes = 0;
};

std::optional<text::IpAddress> address_of(const curl_sockaddr& place) {
  char written[INET6_ADDRSTRLEN] = {};
  const void* bytes = nullptr;
  if (place.family == AF_INET) bytes = &reinterpret_cast<const sockaddr_in*>(&place.addr)->sin_addr;
  if (place.family == AF_INET6) bytes = &reinterpret_cast<const sockaddr_in6*>(&place.addr)->sin6_addr;
  if (bytes == nullptr || inet_ntop(place.family, bytes, written, sizeof written) == nullptr) return std::nullopt;
  return text::read_ip_address(written);
}

bool may_connect(const Transfer& transfer, const text::IpAddress& address) {
  return is_public(address) || std::any_of(transfer.allowed.begin(), transfer.allowed.end(), [&](const auto& network) { return network.contains(address); });
}

// Called with each address that the name resolved to, right before it is connected to.
curl_socket_t open_socket(void* user, curlsocktype purpose, curl_sockaddr* place) {
  auto& transfer = *static_cast<Transfer*>(user);
  const auto address = address_of(*place);
  if (purpose != CURLSOCKTYPE_IPCXN || !address || !may_connect(transfer, *address)) {
    transfer.refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(place->family, place->socktype | SOCK_CLOEXEC, place->protocol);
}

// Of header and body alike. A receiver that has more to say is cut off.
std::size_t discard(char*, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.answer_bytes += size * count;
  return transfer.answer_bytes > Sender::answer_bytes_max ? 0 : size * count;
}

bool is_token(std::string_view name) {
  const auto fits = [](char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), fits);
}

bool is_value(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) { return (c >= '\0' && c < ' ' && c != '\t') || c == '\x7f'; });
}

bool same_name(std::string_view left, std::string_view right) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [&](char a, char b) { return small(a) == small(b); });
}

using Fields = std::unique_ptr<curl_slist, FreeList>;

// Nothing where one of them would end its line and begin another.
std::optional<Fields> fields_of(const Post& post) {
  Fields fields;
  const auto append = [&](const std::string& line) {
    auto* const longer = curl_slist_append(fields.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(fields.release());
    fields.reset(longer);
  };
  bool has_type = false;
  for (const auto& [name, value] : post.headers) {
    if (!is_token(name) || !is_value(value)) return std::nullopt;
    has_type = has_type || same_name(name, "content-type");
    append(value.find_first_not_of(" \t") == value.npos ? name + ";" : name + ": " + value);
  }
  if (!has_type) append("Content-Type: application/json");
  append("Expect:");  // A receiver is not asked first, which many do not answer.
  return fields;
}

std::string error_of(std::int64_t status) {
  if (status >= final_status_min && status < redirect_min) return {};
  const auto answered = "it answered " + std::to_string(status);
  return status >= redirect_min && status < refusal_min ? answered + "; redirects are not followed" : answered;
}

std::string error_of(CURLcode code, const Transfer& transfer) {
  if (transfer.refused_address) return "its address is not a public one, and not among those allowed";
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return "it did not answer in time";
    case CURLE_COULDNT_RESOLVE_HOST: return "its name cannot be resolved";
    case CURLE_COULDNT_CONNECT: return "it cannot be connected to";
    case CURLE_PEER_FAILED_VERIFICATION: return "its certificate is not valid";
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_LOGIN_DENIED: return "its URL is not one that is sent to";
    default: return std::string("no answer came: ") + curl_easy_strerror(code);
  }
}

class CurlSender final : public Sender {
 public:
  explicit CurlSender(const Options& options) : timeout_(options.timeout) {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    handle_.reset(ready ? curl_easy_init() : nullptr);
    if (!handle_) throw std::runtime_error("libcurl cannot be set up");
    for (const auto& written : options.allowed_networks) {
      const auto network = text::read_ip_network(written);
      if (!network) throw std::invalid_argument("neither an address nor a network: " + written);
      allowed_.push_back(*network);
    }
  }

  Answer post(const Post& post) override {
    const auto fields = fields_of(post);
    if (!fields) return {0, "one of its headers cannot be sent"};
    Transfer transfer{allowed_};
    prepare(post, fields->get(), transfer);
    const auto code = curl_easy_perform(handle_.get());
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    // Once it has said whether it took the message, it does not matter how the rest of its answer went.
    if (status >= final_status_min || code == CURLE_OK) return {status, error_of(status)};
    return {0, error_of(code, transfer)};
  }

 private:
  void prepare(const Post& post, curl_slist* fields, Transfer& transfer) {
    CURL* const curl = handle_.get();
    curl_easy_reset(curl);  // Keeps the connections, each of which was checked when it was made.
    curl_easy_setopt(curl, CURLOPT_URL, post.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_.count()));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(timeout_.count() / 2));
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, discard);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, discard);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post.body.c_str());
  }

  const std::chrono::milliseconds timeout_;
  std::vector<text::IpNetwork> allowed_;
  std::unique_ptr<CURL, FreeHandle> handle_;
};

}  // namespace

std::unique_ptr<Sender> make_sender(Options options) { return std::make_unique<CurlSender>(options); }

}  // namespace daybook::outbound
