#include "compose/daybook/config.hpp"

#include <charconv>
#include <cstdlib>

namespace daybook::app {
namespace {

std::string environment(const char* name, std::string otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::string(value) : std::move(otherwise);
}

}  // namespace

Config config_from_environment() {
  Config config;
  config.database_url = environment("DATABASE_URL", "");
  config.kafka_brokers = environment("KAFKA_BROKERS", "");
  config.keys = environment("DAYBOOK_KEYS", config.keys);
  config.data = environment("DAYBOOK_DATA", config.data);
  return config;
}

void set_listen(Config& config, const std::string& listen) {
  const auto colon = listen.rfind(':');
  const auto port = colon == listen.npos ? listen : listen.substr(colon + 1);
  const auto read = std::from_chars(port.data(), port.data() + port.size(), config.port);
  if (read.ec != std::errc() || read.ptr != port.data() + port.size())
    throw Refusal("'" + listen + "' is not an address to listen on; write it like 127.0.0.1:8000.", exit_failed);
  if (colon == listen.npos || colon == 0) return;
  auto address = listen.substr(0, colon);
  if (address.front() == '[' && address.back() == ']') address = address.substr(1, address.size() - 2);
  config.address = address;
}

std::shared_ptr<const crypto::KeyFile> load_keys(const Config& config) {
  auto loaded = crypto::KeyFile::load(config.keys);
  if (const auto* error = std::get_if<crypto::KeyFileError>(&loaded)) throw Refusal(error->text, exit_failed);
  return std::make_shared<const crypto::KeyFile>(std::move(std::get<crypto::KeyFile>(loaded)));
}

}  // namespace daybook::app
