#include "platform/kafka/handle.hpp"

namespace daybook::kafka {

Settings::Settings(const std::string& brokers, const std::string& client_id) : conf_(rd_kafka_conf_new()) {
  // librdkafka would write to stderr; its errors come back through results and error callbacks instead.
  rd_kafka_conf_set_log_cb(raw(), nullptr);
  if (!brokers.empty()) set("bootstrap.servers", brokers);
  set("client.id", client_id);
}

Settings& Settings::set(const char* name, const std::string& value) {
  char reason[512];
  if (rd_kafka_conf_set(raw(), name, value.c_str(), reason, sizeof reason) != RD_KAFKA_CONF_OK) {
    throw Error(reason);
  }
  return *this;
}

Client Settings::start(rd_kafka_type_t type) {
  char reason[512];
  Client client(rd_kafka_new(type, raw(), reason, sizeof reason));
  if (!client) throw Error(reason);
  // A started client owns its settings.
  (void)conf_.release();
  return client;
}

}  // namespace daybook::kafka
