#include <curl/curl.h>

#include <algorithm>
#include <cstring>

#include "platform/mail/mailer.hpp"

namespace daybook::mail {
namespace {

constexpr long send_timeout_ms = 30000;
constexpr long refused_for_ever = 500;  // replies from here on, RFC 5321 §4.2.1

struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
struct FreeHandle {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};

struct Unsent {
  std::string_view rest;
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& unsent = *static_cast<Unsent*>(user);
  const auto length = std::min(size * count, unsent.rest.size());
  std::memcpy(buffer, unsent.rest.data(), length);
  unsent.rest.remove_prefix(length);
  return length;
}

bool is_loopback(std::string_view url) {
  const auto at = url.find("://");
  const auto host = url.substr(at == url.npos ? 0 : at + 3);
  return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

class Smtp final : public Mailer {
 public:
  explicit Smtp(SmtpOptions options) : options_(std::move(options)) {
    static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (!ready) throw std::runtime_error("libcurl cannot be set up");
  }

  void send(const Mail& mail) override {
    const std::unique_ptr<CURL, FreeHandle> handle(curl_easy_init());
    if (!handle) throw Unavailable("libcurl cannot be used");
    CURL* const curl = handle.get();
    const auto message = message_of(mail, options_.from);
    Unsent unsent{message};
    const std::unique_ptr<curl_slist, FreeList> to(curl_slist_append(nullptr, ("<" + mail.to + ">").c_str()));
    curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(is_loopback(options_.url) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, send_timeout_ms);
    if (!options_.user.empty()) {
      curl_easy_setopt(curl, CURLOPT_USERNAME, options_.user.c_str());
      curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + options_.from + ">").c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(curl, CURLOPT_READDATA, &unsent);
    const auto done = curl_easy_perform(curl);
    if (done == CURLE_OK) return;
    long reply = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
    const auto why = "the mail server: " + std::string(curl_easy_strerror(done)) + (reply > 0 ? " (" + std::to_string(reply) + ")" : "");
    // What it says of the recipient or the message is for good; whatever else is wrong may be mended.
    const bool about_this_mail = done == CURLE_SEND_ERROR || done == CURLE_RECV_ERROR || done == CURLE_WEIRD_SERVER_REPLY;
    if (about_this_mail && reply >= refused_for_ever) throw Refused(why);
    throw Unavailable(why);
  }

 private:
  const SmtpOptions options_;
};

}  // namespace

std::unique_ptr<Mailer> smtp_mailer(SmtpOptions options) { return std::make_unique<Smtp>(std::move(options)); }

}  // namespace daybook::mail
