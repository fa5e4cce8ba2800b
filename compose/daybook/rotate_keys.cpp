// daybook admin rotate-keys: a new key-encrypting key, under which every data key is wrapped anew, and the end of an old one. It works
// while services run: they read the file again when they meet a key that they do not know, and go on wrapping under the old one until
// they are started again.
#include <iostream>

#include "command-service/log/rewrap.hpp"
#include "compose/daybook/deployment.hpp"
#include "compose/daybook/tools.hpp"

namespace daybook::app {
namespace {

constexpr auto wrapping = crypto::KeyPurpose::key_encryption;

crypto::KeyFile changed(crypto::KeyFile::Result result) {
  if (const auto* error = std::get_if<crypto::KeyFileError>(&result)) throw Refusal(error->text, exit_failed);
  return std::move(std::get<crypto::KeyFile>(result));
}

void refuse_inline(const Config& config) {
  if (!config.keys_inline.empty())
    throw Refusal("The keys come from DAYBOOK_KEYS_INLINE, which this program cannot change: write them to a file, name that with --keys without the variable, "
                  "rotate, and set the variable to the file's text.",
                  exit_failed);
}

// Everything under the newest key of the file.
void rewrap(const Deployment& deployment, pg::Connection& connection) {
  const auto done = log::rewrap_keys(connection, *deployment.keys, [](const log::Rewrapped& so_far) {
    std::cerr << "\r" << so_far.keys << " data keys" << std::flush;
  });
  std::cerr << "\n";
  std::cout << "Of " << done.keys << " data keys " << done.changed << " are wrapped anew, all under key " << deployment.keys->current(wrapping).id << ".\n";
}

void retire(const Config& config, const Deployment& deployment, pg::Connection& connection, const std::string& id) {
  if (id == deployment.keys->current(wrapping).id) throw Refusal("The key " + id + " is the newest: rotate first.", exit_failed);
  if (deployment.keys->find(wrapping, id) == nullptr) throw Refusal("The key file has no key-encrypting key " + id + ".", exit_failed);
  if (!log::alone_under(connection, id))
    throw Refusal("A service runs that was started before the rotation, and wraps under the key " + id + ": start it again, then say this again.", exit_failed);
  rewrap(deployment, connection);
  if (const auto left = log::keys_by_wrapping(connection); left.contains(id))
    throw Refusal(std::to_string(left.at(id)) + " data keys are wrapped under the key " + id + " still.", exit_failed);
  changed(crypto::KeyFile::retire(config.keys, wrapping, id));
  std::cout << "The key " << id << " is gone from " << config.keys << ". What older backups hold under it cannot be read any more, but with an older copy of the file.\n";
}

}  // namespace

int rotate_keys(const Config& config, const RotateOptions& how) {
  if (!how.rewrap_only) refuse_inline(config);
  if (!how.rewrap_only && how.retire.empty()) {
    const auto keys = changed(crypto::KeyFile::rotate(config.keys, wrapping, system_now()));
    std::cout << "The key " << keys.current(wrapping).id << " is in " << config.keys << " now: back it up.\n";
  }
  if (how.file_only) return 0;
  const auto deployment = open_deployment(config);
  pg::Connection connection(config.database_url);
  if (!how.retire.empty()) {
    retire(config, deployment, connection, how.retire);
    return 0;
  }
  rewrap(deployment, connection);
  std::cout << "Services go on as they are, and wrap the keys of new subjects under the key they were started with: once each was started again, the old key can go\n"
               "with --retire.\n";
  return 0;
}

}  // namespace daybook::app
