#include "tests/support/cutting_proxy.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace daybook::test {
namespace {

constexpr int poll_ms = 50;
constexpr std::string_view host_parameter = "host=";

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error("the path of a socket is too long: " + path);
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

int connect_to(const std::string& path) {
  const int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of(path);
  if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return descriptor;
  close(descriptor);
  return -1;
}

// False when either side has ended.
bool pass_on(int from, int to, long& left) {
  std::array<char, 4096> buffer;
  const auto wanted = std::min<long>(static_cast<long>(buffer.size()), left);
  const auto got = recv(from, buffer.data(), static_cast<std::size_t>(wanted), 0);
  if (got <= 0) return false;
  left -= got;
  for (ssize_t sent = 0; sent < got;) {
    const auto now = send(to, buffer.data() + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
    if (now <= 0) return false;
    sent += now;
  }
  return true;
}

}  // namespace

CuttingProxy::CuttingProxy(const std::string& url, std::uint32_t seed) : random_(seed) {
  const auto host = url.find(host_parameter);
  if (host == std::string::npos) throw std::runtime_error("no Unix socket in " + url);
  const auto path = host + host_parameter.size();
  const auto end = std::min(url.find('&', path), url.size());
  server_socket_ = url.substr(path, end - path) + "/.s.PGSQL.5432";
  url_ = url.substr(0, path) + folder_.path().string() + url.substr(end);

  listener_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_of((folder_ / ".s.PGSQL.5432").string());
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || listen(listener_, 64) != 0)
    throw std::runtime_error("the proxy cannot listen in " + folder_.path().string());
  acceptor_ = std::thread([this] { accept_all(); });
}

CuttingProxy::~CuttingProxy() {
  stopping_ = true;
  acceptor_.join();
  for (auto& carrier : carriers_) carrier.join();
  close(listener_);
}

int CuttingProxy::draw() {
  const std::lock_guard lock(mutex_);
  return std::uniform_int_distribution<int>(bytes_min, bytes_max)(random_);
}

void CuttingProxy::accept_all() {
  while (!stopping_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (poll(&waiting, 1, poll_ms) <= 0) continue;
    if (const int client = accept(listener_, nullptr, nullptr); client >= 0)
      carriers_.emplace_back([this, client] { carry(client); });
  }
}

void CuttingProxy::carry(int client) {
  const int server = connect_to(server_socket_);
  long left = cutting ? draw() : std::numeric_limits<long>::max();
  bool open = server >= 0;
  while (open && left > 0 && !stopping_) {
    std::array<pollfd, 2> both{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (poll(both.data(), both.size(), poll_ms) < 0) break;
    if (both[0].revents != 0) open = pass_on(client, server, left);
    if (open && left > 0 && both[1].revents != 0) open = pass_on(server, client, left);
  }
  if (left == 0) ++cuts_;
  if (server >= 0) close(server);
  close(client);
}

}  // namespace daybook::test
