#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "platform/mail/mailer.hpp"

namespace daybook::mail {
namespace {

[[noreturn]] void unavailable(const std::string& what) { throw Unavailable("the outbox: " + what + ": " + std::strerror(errno)); }

void write_whole(const std::filesystem::path& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) unavailable("a file cannot be made");
  while (!bytes.empty()) {
    const auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      ::close(file);
      unavailable("a file cannot be written");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool synced = ::fsync(file) == 0;
  ::close(file);
  if (!synced) unavailable("a file cannot be written");
}

class Outbox final : public Mailer {
 public:
  Outbox(std::filesystem::path folder, std::string from) : folder_(std::move(folder)), from_(std::move(from)) {}

  void send(const Mail& mail) override {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    const auto unfinished = folder_ / (mail.id + ".unfinished");
    write_whole(unfinished, message_of(mail, from_));
    std::filesystem::rename(unfinished, folder_ / (mail.id + ".eml"), error);
    if (error) throw Unavailable("the outbox: a file cannot be named: " + error.message());
  }

 private:
  const std::filesystem::path folder_;
  const std::string from_;
};

}  // namespace

std::unique_ptr<Mailer> outbox_mailer(std::filesystem::path folder, std::string from) {
  return std::make_unique<Outbox>(std::move(folder), std::move(from));
}

}  // namespace daybook::mail
