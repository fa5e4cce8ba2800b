#include "platform/crypto/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "platform/crypto/random.hpp"

namespace daybook::crypto {
namespace {

constexpr std::size_t temporary_suffix_characters = 8;

/// An open file that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

/// The sentence for the last failed system call.
FileProblem problem_of(std::string_view what, const std::filesystem::path& path) {
  const int code = errno;
  return {"Cannot " + std::string{what} + " the file " + path.string() + ": " + std::strerror(code) + "."};
}

std::optional<FileProblem> check_private(const struct stat& status, const std::filesystem::path& path) {
  if (!S_ISREG(status.st_mode)) return FileProblem{path.string() + " is not a regular file."};
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    char mode[8];
    std::snprintf(mode, sizeof mode, "%04o", static_cast<unsigned>(status.st_mode & 07777));
    return FileProblem{"The file " + path.string() + " has mode " + mode +
                       ", so others than its owner may touch it. Run: chmod 600 " + path.string()};
  }
  if (static_cast<std::size_t>(status.st_size) > private_file_bytes_max) {
    return FileProblem{"The file " + path.string() + " is larger than 64 KiB."};
  }
  return std::nullopt;
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_folder_of(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
  const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  return opened.is_open() && ::fsync(opened.number()) == 0;
}

std::optional<FileProblem> write_new(const std::filesystem::path& path, std::string_view text) {
  const Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR)};
  if (!file.is_open()) return problem_of("create", path);
  if (!write_all(file.number(), text) || ::fsync(file.number()) != 0) return problem_of("write", path);
  return std::nullopt;
}

}  // namespace

std::variant<FileText, FileProblem> read_private_file(const std::filesystem::path& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file.is_open()) return problem_of("open", path);
  // The mode is asked of the open file, so that nobody can exchange it in between.
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return problem_of("examine", path);
  if (auto problem = check_private(status, path)) return std::move(*problem);

  std::string text(private_file_bytes_max, '\0');
  std::size_t length = 0;
  while (length < text.size()) {
    const ssize_t got = ::read(file.number(), text.data() + length, text.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return problem_of("read", path);
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  text.resize(length);
  return FileText{std::move(text)};
}

std::optional<FileProblem> write_private_file(const std::filesystem::path& path, std::string_view text,
                                              Existing existing) {
  auto temporary = path;
  temporary += ".new-" + random_lower_alnum(temporary_suffix_characters);
  auto problem = write_new(temporary, text);
  if (!problem && existing == Existing::replace && ::rename(temporary.c_str(), path.c_str()) != 0) {
    problem = problem_of("replace", path);
  }
  // Unlike a rename, a link never takes the place of a file that is there.
  if (!problem && existing == Existing::keep && ::link(temporary.c_str(), path.c_str()) != 0) {
    problem = errno == EEXIST
                  ? FileProblem{"The file " + path.string() + " exists already and stays as it is."}
                  : problem_of("create", path);
  }
  ::unlink(temporary.c_str());
  if (!problem && !sync_folder_of(path)) problem = problem_of("sync the folder of", path);
  return problem;
}

}  // namespace daybook::crypto
