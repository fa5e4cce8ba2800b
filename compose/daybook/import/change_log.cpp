#include "compose/daybook/import/change_log.hpp"

#include <zstd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace daybook::importer {
namespace json = boost::json;
namespace {

constexpr std::size_t read_bytes = 128u << 10;
constexpr std::string_view zstd_magic{"\x28\xB5\x2F\xFD", 4};
constexpr std::size_t depth_max = 24;  // what is deeper would not fit into a command's body

std::optional<Operation> operation_named(std::string_view word) {
  for (const auto op : {Operation::created, Operation::changed, Operation::removed, Operation::restored})
    if (word == name_of(op)) return op;
  return std::nullopt;
}

std::string text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

void name_infinities(json::value& value) {
  if (value.is_double() && std::isinf(value.get_double()))
    value = value.get_double() > 0 ? "Infinity" : "-Infinity";
  if (value.is_array())
    for (auto& entry : value.get_array()) name_infinities(entry);
  if (value.is_object())
    for (auto& [name, entry] : value.get_object()) name_infinities(entry);
}

void read_set(const json::object& object, Change& change) {
  const auto* set = object.if_contains("set");
  if (!set || !set->is_object()) return;
  for (const auto& [name, value] : set->get_object()) change.set[std::string(name)] = json::serialize(value);
}

void read_unset(const json::object& object, Change& change) {
  const auto* unset = object.if_contains("unset");
  if (!unset || !unset->is_array()) return;
  for (const auto& name : unset->get_array())
    if (name.is_string()) change.unset.emplace_back(name.get_string());
}

}  // namespace

std::string_view name_of(Operation operation) {
  switch (operation) {
    case Operation::created:
      return "created";
    case Operation::changed:
      return "changed";
    case Operation::removed:
      return "removed";
    case Operation::restored:
      return "restored";
  }
  return "";
}

std::pair<std::optional<Change>, std::string> parse_change(std::string_view line) {
  boost::system::error_code trouble;
  json::parse_options options;
  options.max_depth = depth_max;
  auto value = json::parse(json::string_view(line.data(), line.size()), trouble, {}, options);
  if (trouble) return {std::nullopt, "this is not JSON: " + trouble.message()};
  if (!value.is_object()) return {std::nullopt, "an object is expected"};
  name_infinities(value);
  const auto& object = value.get_object();
  Change change;
  change.id = text_of(object, "id");
  if (change.id.empty()) return {std::nullopt, "it has no id"};
  const auto op = operation_named(text_of(object, "op"));
  if (!op) return {std::nullopt, "its op is none of created, changed, removed, restored"};
  const auto at = text::parse_instant(text_of(object, "at"));
  if (!at) return {std::nullopt, "its at is not a time"};
  change.op = *op;
  change.at = *at;
  change.by = text_of(object, "by");
  read_set(object, change);
  read_unset(object, change);
  return {std::move(change), {}};
}

/// The bytes of the log, decompressed when they are compressed.
class ChangeLog::Source {
 public:
  Source(const std::string& path, std::string& error) {
    file_ = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
    if (!file_) {
      error = path + ": " + std::strerror(errno);
      return;
    }
    std::error_code unknown;
    if (path != "-" && std::filesystem::is_regular_file(path, unknown))
      size_ = std::filesystem::file_size(path, unknown);
    fill();
    if (input_.starts_with(zstd_magic)) stream_ = ZSTD_createDStream();
  }
  ~Source() {
    if (stream_) ZSTD_freeDStream(stream_);
    if (file_ && file_ != stdin) std::fclose(file_);
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// Some more bytes; none at the end or in trouble, which `error` then tells.
  std::string more(std::string& error) {
    if (!stream_) return plain();
    for (;;) {
      // A full output may have more behind it although the input is used up.
      if (place_ == input_.size() && !output_was_full_ && !fill()) {
        if (within_frame_) error = "the compressed log ends too early";
        return {};
      }
      std::string out(read_bytes, '\0');
      ZSTD_inBuffer in{input_.data(), input_.size(), place_};
      ZSTD_outBuffer room{out.data(), out.size(), 0};
      const auto left = ZSTD_decompressStream(stream_, &room, &in);
      if (ZSTD_isError(left)) {
        error = std::string("the compressed log is damaged: ") + ZSTD_getErrorName(left);
        return {};
      }
      place_ = in.pos;
      within_frame_ = left != 0;
      output_was_full_ = room.pos == room.size;
      out.resize(room.pos);
      if (!out.empty()) return out;
    }
  }

  std::uint64_t bytes_read() const { return read_; }
  std::optional<std::uint64_t> size() const { return size_; }

 private:
  bool fill() {
    input_.resize(read_bytes);
    place_ = 0;
    input_.resize(std::fread(input_.data(), 1, read_bytes, file_));
    read_ += input_.size();
    return !input_.empty();
  }

  std::string plain() {
    if (place_ == input_.size() && !fill()) return {};
    place_ = input_.size();
    return input_;
  }

  std::FILE* file_ = nullptr;
  ZSTD_DStream* stream_ = nullptr;
  std::string input_;
  std::size_t place_ = 0;
  std::uint64_t read_ = 0;
  std::optional<std::uint64_t> size_;
  bool within_frame_ = true;
  bool output_was_full_ = false;
};

ChangeLog::ChangeLog(const std::string& path) { source_ = std::make_unique<Source>(path, error_); }
ChangeLog::~ChangeLog() = default;

std::uint64_t ChangeLog::bytes_read() const { return source_->bytes_read(); }
std::optional<std::uint64_t> ChangeLog::bytes_total() const { return source_->size(); }

bool ChangeLog::next_line() {
  line_.clear();
  for (;;) {
    const auto end = buffer_.find('\n', place_);
    line_.append(buffer_, place_, end == buffer_.npos ? buffer_.npos : end - place_);
    if (line_.size() > line_bytes_max) {
      error_ = "line " + std::to_string(number_ + 1) + ": longer than 8 MiB";
      return false;
    }
    if (end != buffer_.npos) {
      place_ = end + 1;
      break;
    }
    buffer_ = source_->more(error_);
    place_ = 0;
    if (!error_.empty()) return false;
    if (buffer_.empty() && line_.empty()) return false;
    if (buffer_.empty()) break;
  }
  ++number_;
  return true;
}

std::optional<Change> ChangeLog::next() {
  while (error_.empty() && next_line()) {
    if (line_.find_first_not_of(" \t\r") == line_.npos) continue;
    if (first_line_.empty()) first_line_ = line_;
    auto [change, trouble] = parse_change(line_);
    if (!change) {
      error_ = "line " + std::to_string(number_) + ": " + trouble;
      return std::nullopt;
    }
    change->line = number_;
    return std::move(change);
  }
  return std::nullopt;
}

}  // namespace daybook::importer
