#include "platform/crypto/key_file.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "platform/crypto/hash.hpp"
#include "platform/crypto/private_file.hpp"
#include "platform/text/base64.hpp"
#include "platform/text/bytes.hpp"

namespace daybook::crypto {
namespace {

using text::view_of;

constexpr std::array all_purposes = {KeyPurpose::key_encryption, KeyPurpose::claim_hmac,
                                     KeyPurpose::token_signing,  KeyPurpose::cursor,
                                     KeyPurpose::tree_head,      KeyPurpose::request_hmac};

constexpr std::size_t key_id_characters_max = 32;
constexpr std::string_view retired_prefix = "retired:";

constexpr std::string_view file_comment =
    "# The keys of this Daybook deployment. BACK THIS FILE UP, apart from the database's backups:\n"
    "# without it the personal data of everyone is gone, and nobody can log in.\n"
    "# Keep it at mode 0600, never edit a key, never commit it, never mail it.\n"
    "# <purpose> <version> <created> <key as base64url, or retired:<identity>>\n";

/// A line of the file. A retired key has lost its bytes and kept its identity.
struct Entry {
  KeyPurpose purpose{};
  std::string id;
  text::Instant created{};
  std::optional<Key> key;
  Digest identity{};
};

using Entries = std::vector<Entry>;
using ParsedEntries = std::variant<Entries, KeyFileError>;

bool rotates(KeyPurpose purpose) {
  return purpose == KeyPurpose::key_encryption || purpose == KeyPurpose::token_signing;
}

bool signs(KeyPurpose purpose) {
  return purpose == KeyPurpose::token_signing || purpose == KeyPurpose::tree_head;
}

std::optional<KeyPurpose> purpose_named(std::string_view name) {
  for (const KeyPurpose purpose : all_purposes) {
    if (name_of(purpose) == name) return purpose;
  }
  return std::nullopt;
}

/// What a key proves about itself without being revealed.
Digest identity_of(KeyPurpose purpose, const Key& key) {
  constexpr std::string_view label = "daybook key identity 1";
  if (signs(purpose)) return sha256({label, view_of(SigningKey{key}.public_key())});
  return hmac_sha256(view_of(key), label);
}

Entry fresh_entry(KeyPurpose purpose, std::string id, text::Instant created) {
  const Key key = random_key();
  return {purpose, std::move(id), created, key, identity_of(purpose, key)};
}

bool valid_key_id(std::string_view id) {
  return !id.empty() && id.size() <= key_id_characters_max && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
  });
}

/// Cuts the next word off the front of a line.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const auto word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

std::optional<Digest> decode_32_bytes(std::string_view encoded) {
  const auto bytes = text::base64url_decode(encoded);
  Digest out;
  if (!bytes || bytes->size() != out.size()) return std::nullopt;
  std::memcpy(out.data(), bytes->data(), out.size());
  return out;
}

/// Reads one line; on failure says which word is wrong, never what it was.
std::variant<Entry, std::string_view> parse_line(std::string_view line) {
  const auto purpose = purpose_named(take_word(line));
  const auto id = take_word(line);
  const auto created = text::parse_instant(take_word(line));
  auto material = take_word(line);
  if (!purpose) return std::string_view{"the purpose is unknown"};
  if (!valid_key_id(id)) return std::string_view{"the version is not 1 to 32 letters, digits, '-' or '.'"};
  if (!created) return std::string_view{"the time of creation is not RFC 3339"};
  if (line.find_first_not_of(' ') != std::string_view::npos)
    return std::string_view{"there are too many words"};

  const bool retired = material.starts_with(retired_prefix);
  if (retired) material.remove_prefix(retired_prefix.size());
  const auto bytes = decode_32_bytes(material);
  if (!bytes) return std::string_view{"the key is not 32 bytes of base64url"};
  if (retired) return Entry{*purpose, std::string{id}, *created, std::nullopt, *bytes};
  return Entry{*purpose, std::string{id}, *created, *bytes, identity_of(*purpose, *bytes)};
}

/// The rules that span lines. Expects the entries sorted by purpose and age.
std::optional<KeyFileError> check_entries(const Entries& entries) {
  for (const KeyPurpose purpose : all_purposes) {
    const std::string name{name_of(purpose)};
    const Entry* newest = nullptr;
    std::size_t count = 0;
    for (const Entry& entry : entries) {
      if (entry.purpose != purpose) continue;
      newest = &entry;
      ++count;
    }
    if (newest == nullptr) return KeyFileError{"The key file has no " + name + " key."};
    if (!newest->key) return KeyFileError{"The key file has retired its newest " + name + " key."};
    if (count > 1 && !rotates(purpose)) {
      return KeyFileError{"The key file has more than one " + name + " key, which must never change."};
    }
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    for (std::size_t j = i + 1; j < entries.size(); ++j) {
      const std::string name{name_of(entries[i].purpose)};
      if (entries[i].purpose == entries[j].purpose && entries[i].id == entries[j].id) {
        return KeyFileError{"The key file has two " + name + " keys with the version " + entries[i].id + "."};
      }
      if (entries[i].key && entries[i].key == entries[j].key) {
        return KeyFileError{"The key file uses one " + name + " key for two things."};
      }
    }
  }
  return std::nullopt;
}

ParsedEntries parse_entries(std::string_view text) {
  Entries entries;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    auto parsed = parse_line(line);
    if (const auto* problem = std::get_if<std::string_view>(&parsed)) {
      return KeyFileError{"Line " + std::to_string(number) +
                          " of the key file is wrong: " + std::string{*problem} + "."};
    }
    entries.push_back(std::move(std::get<Entry>(parsed)));
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& left, const Entry& right) {
    return std::pair{left.purpose, left.created} < std::pair{right.purpose, right.created};
  });
  if (auto error = check_entries(entries)) return std::move(*error);
  return entries;
}

ParsedEntries load_entries(const std::filesystem::path& path) {
  auto read = read_private_file(path);
  if (auto* problem = std::get_if<FileProblem>(&read)) return KeyFileError{std::move(problem->text)};
  return parse_entries(std::get<FileText>(read).text);
}

std::string render(const Entries& entries) {
  std::string out{file_comment};
  for (const Entry& entry : entries) {
    out += std::string{name_of(entry.purpose)} + ' ' + entry.id + ' ' + text::format_instant(entry.created) +
           ' ';
    if (entry.key) {
      out += text::base64url_encode(view_of(*entry.key));
    } else {
      out += std::string{retired_prefix} + text::base64url_encode(view_of(entry.identity));
    }
    out += '\n';
  }
  return out;
}

/// Writes the entries and reads them back, so that what is returned is what a service will see.
KeyFile::Result store(const std::filesystem::path& path, const Entries& entries, Existing existing) {
  if (auto problem = write_private_file(path, render(entries), existing)) {
    return KeyFileError{std::move(problem->text)};
  }
  return KeyFile::load(path);
}

/// The date, with `.2`, `.3`… behind it when a key was made on that day already.
std::string unused_id(const Entries& entries, KeyPurpose purpose, text::Instant now) {
  const std::string date = text::date_of(now).text();
  const auto taken = [&](const std::string& id) {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const Entry& entry) { return entry.purpose == purpose && entry.id == id; });
  };
  std::string id = date;
  for (int number = 2; taken(id); ++number) id = date + '.' + std::to_string(number);
  return id;
}

std::string fingerprint_of(const Entries& entries) {
  Sha256 hasher;
  hasher.update("daybook key file 1");
  for (const KeyPurpose purpose : all_purposes) {
    const auto oldest = std::find_if(entries.begin(), entries.end(),
                                     [&](const Entry& entry) { return entry.purpose == purpose; });
    hasher.update("\n").update(name_of(purpose)).update(" ").update(view_of(oldest->identity));
  }
  return text::hex_encode(view_of(hasher.digest()));
}

}  // namespace

std::string_view name_of(KeyPurpose purpose) {
  switch (purpose) {
    case KeyPurpose::key_encryption:
      return "key_encryption";
    case KeyPurpose::claim_hmac:
      return "claim_hmac";
    case KeyPurpose::token_signing:
      return "token_signing";
    case KeyPurpose::cursor:
      return "cursor";
    case KeyPurpose::tree_head:
      return "tree_head";
    case KeyPurpose::request_hmac:
      return "request_hmac";
  }
  return "";
}

KeyFile::KeyFile(std::vector<NamedKey> keys, std::string fingerprint)
    : keys_(std::move(keys)), fingerprint_(std::move(fingerprint)) {}

KeyFile::Result KeyFile::create(const std::filesystem::path& path, text::Instant now) {
  Entries entries;
  for (const KeyPurpose purpose : all_purposes) {
    entries.push_back(fresh_entry(purpose, text::date_of(now).text(), now));
  }
  return store(path, entries, Existing::keep);
}

KeyFile::Result KeyFile::load(const std::filesystem::path& path) {
  auto read = read_private_file(path);
  if (auto* problem = std::get_if<FileProblem>(&read)) return KeyFileError{std::move(problem->text)};
  return parse(std::get<FileText>(read).text);
}

KeyFile::Result KeyFile::parse(std::string_view text) {
  auto parsed = parse_entries(text);
  if (auto* error = std::get_if<KeyFileError>(&parsed)) return std::move(*error);
  const auto& entries = std::get<Entries>(parsed);
  std::vector<NamedKey> keys;
  for (const Entry& entry : entries) {
    if (!entry.key) continue;
    keys.push_back({entry.purpose, entry.id, entry.created, *entry.key, std::nullopt});
    if (signs(entry.purpose)) keys.back().public_key = SigningKey{*entry.key}.public_key();
  }
  return KeyFile{std::move(keys), fingerprint_of(entries)};
}

KeyFile::Result KeyFile::rotate(const std::filesystem::path& path, KeyPurpose purpose, text::Instant now) {
  if (!rotates(purpose)) {
    return KeyFileError{"The " + std::string{name_of(purpose)} + " key of a deployment never changes."};
  }
  auto parsed = load_entries(path);
  if (auto* error = std::get_if<KeyFileError>(&parsed)) return std::move(*error);
  auto& entries = std::get<Entries>(parsed);
  text::Instant created = now;
  for (const Entry& entry : entries) {
    // A clock that was set back must not make the new key look older than the one that it follows.
    if (entry.purpose == purpose) created = std::max(created, entry.created + std::chrono::microseconds{1});
  }
  entries.push_back(fresh_entry(purpose, unused_id(entries, purpose, now), created));
  return store(path, entries, Existing::replace);
}

KeyFile::Result KeyFile::retire(const std::filesystem::path& path, KeyPurpose purpose, std::string_view id) {
  auto parsed = load_entries(path);
  if (auto* error = std::get_if<KeyFileError>(&parsed)) return std::move(*error);
  auto& entries = std::get<Entries>(parsed);
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
    return entry.purpose == purpose && entry.id == id && entry.key;
  });
  const std::string name{name_of(purpose)};
  if (found == entries.end())
    return KeyFileError{"The key file has no " + name + " key " + std::string{id} + "."};
  const bool newer_one =
      std::any_of(found + 1, entries.end(), [&](const Entry& e) { return e.purpose == purpose; });
  if (!newer_one)
    return KeyFileError{"The " + name + " key " + std::string{id} + " is in use; rotate first."};
  found->key.reset();
  return store(path, entries, Existing::replace);
}

const NamedKey& KeyFile::current(KeyPurpose purpose) const {
  // Parsing made sure that every purpose has a key, and the newest of a purpose comes last.
  return *std::find_if(keys_.rbegin(), keys_.rend(),
                       [&](const NamedKey& key) { return key.purpose == purpose; });
}

const NamedKey* KeyFile::find(KeyPurpose purpose, std::string_view id) const {
  const auto found = std::find_if(keys_.begin(), keys_.end(), [&](const NamedKey& key) {
    return key.purpose == purpose && key.id == id;
  });
  return found == keys_.end() ? nullptr : &*found;
}

std::vector<const NamedKey*> KeyFile::all(KeyPurpose purpose) const {
  std::vector<const NamedKey*> found;
  for (const NamedKey& key : keys_) {
    if (key.purpose == purpose) found.push_back(&key);
  }
  return found;
}

std::optional<PublicKey> KeyFile::public_key(KeyPurpose purpose, std::string_view id) const {
  const NamedKey* key = find(purpose, id);
  return key == nullptr ? std::nullopt : key->public_key;
}

}  // namespace daybook::crypto
