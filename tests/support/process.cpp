#include "tests/support/process.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "tests/support/support.hpp"

namespace daybook::test {
namespace {

struct User {
  uid_t user;
  gid_t group;
};

/// Everything the child needs, looked up before the fork: between fork and exec only plain system calls are
/// safe when the test has threads.
struct Start {
  std::vector<char*> arguments;
  std::string folder;
  std::string output;
  bool change_user = false;
  User user{};
  int signal_at_our_death = 0;
  pid_t parent = 0;
};

[[noreturn]] void become(const Start& start) {
  const int output = open(start.output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (output >= 0) {
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
  }
  if (start.change_user) {
    if (setgroups(0, nullptr) != 0 || setgid(start.user.group) != 0 || setuid(start.user.user) != 0)
      _exit(126);
  }
  if (chdir(start.folder.c_str()) != 0) _exit(126);
  // Changing the user clears this setting, so it comes last; the parent may be gone already.
  if (start.signal_at_our_death != 0) prctl(PR_SET_PDEATHSIG, start.signal_at_our_death);
  if (getppid() != start.parent) _exit(126);
  // A socket of ours that the child kept would seem to be open when we have closed it.
  close_range(STDERR_FILENO + 1, ~0u, 0);
  execv(start.arguments[0], start.arguments.data());
  _exit(127);
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const ProcessOptions& options) {
  Start start;
  for (const auto& word : command) start.arguments.push_back(const_cast<char*>(word.c_str()));
  start.arguments.push_back(nullptr);
  start.folder = options.folder.string();
  start.output = options.output.string();
  start.signal_at_our_death = options.signal_at_our_death;
  start.parent = getpid();
  if (!options.user.empty() && geteuid() == 0) {
    const passwd* entry = getpwnam(options.user.c_str());
    if (entry == nullptr) throw std::runtime_error("no such user: " + options.user);
    start.user = {entry->pw_uid, entry->pw_gid};
    start.change_user = true;
  }
  id_ = fork();
  if (id_ < 0) throw std::runtime_error("cannot start " + command.at(0));
  if (id_ == 0) become(start);
}

Process::~Process() {
  if (!running()) return;
  send(SIGKILL);
  waitpid(id_, nullptr, 0);
}

bool Process::running() {
  if (ended_) return false;
  int status = 0;
  if (waitpid(id_, &status, WNOHANG) != id_) return true;
  ended_ = true;
  exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return false;
}

void Process::send(int signal) noexcept {
  if (!ended_) kill(id_, signal);
}

bool Process::wait(std::chrono::milliseconds limit) {
  return wait_until([this] { return !running(); }, limit);
}

}  // namespace daybook::test
