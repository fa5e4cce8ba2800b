#include "platform/kafka/admin.hpp"

#include <algorithm>
#include <chrono>
#include <span>

#include "platform/kafka/handle.hpp"

namespace daybook::kafka {
namespace {

using Clock = std::chrono::steady_clock;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Calls<rd_kafka_NewTopic_destroy>>;
using AdminOptions = std::unique_ptr<rd_kafka_AdminOptions_t, Calls<rd_kafka_AdminOptions_destroy>>;
using ConfigResource = std::unique_ptr<rd_kafka_ConfigResource_t, Calls<rd_kafka_ConfigResource_destroy>>;

constexpr int metadata_pause_ms = 50;
/// A real cluster names its controller at once, or within a moment of its start.
constexpr int controller_wait_ms = 1000;

/// One short-lived client with one deadline for everything it does.
class Admin {
 public:
  Admin(const std::string& brokers, int timeout_ms)
      : deadline_(Clock::now() + std::chrono::milliseconds(timeout_ms)),
        client_(Settings(brokers, "daybook-admin").start(RD_KAFKA_PRODUCER)) {}

  /// Looks without asking for the topic by name, which could create it.
  std::optional<TopicDescription> find(const std::string& name) {
    const Metadata metadata = ask_metadata(nullptr);
    for (int i = 0; i < metadata->topic_cnt; ++i) {
      const auto& topic = metadata->topics[i];
      if (topic.topic != name || topic.partition_cnt == 0) continue;
      return TopicDescription{topic.partition_cnt, topic.partitions[0].replica_cnt, {}};
    }
    return std::nullopt;
  }

  /// False when the cluster does not know the request, or has no controller that could serve it.
  bool create(const TopicSpec& spec) {
    if (!has_controller()) return false;
    const NewTopic topic = new_topic(spec);
    const AdminOptions options = admin_options(RD_KAFKA_ADMIN_OP_CREATETOPICS);
    const Queue queue(rd_kafka_queue_new(client_.get()));
    rd_kafka_NewTopic_t* topics[] = {topic.get()};
    rd_kafka_CreateTopics(client_.get(), topics, 1, options.get(), queue.get());
    const Event event(rd_kafka_queue_poll(queue.get(), left_ms()));
    if (!event) throw Error("the Kafka cluster did not answer in time to a request to create " + spec.name);
    if (is_unsupported(rd_kafka_event_error(event.get()))) return false;
    if (rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
      throw Error(rd_kafka_event_error_string(event.get()));
    }
    std::size_t count = 0;
    const auto* results =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto code = rd_kafka_topic_result_error(results[i]);
      // Another process was quicker.
      if (code == RD_KAFKA_RESP_ERR_NO_ERROR || code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;
      if (is_unsupported(code)) return false;
      const char* reason = rd_kafka_topic_result_error_string(results[i]);
      throw Error(reason != nullptr ? reason : rd_kafka_err2str(code));
    }
    return true;
  }

  /// Asks for the topic by name: brokers that create topics by themselves do so now.
  void ask_for(const std::string& name) {
    const TopicHandle topic(rd_kafka_topic_new(client_.get(), name.c_str(), nullptr));
    (void)ask_metadata(topic.get());
  }

  /// Brokers learn of a new topic one after the other.
  TopicDescription wait_for(const std::string& name) {
    while (true) {
      if (auto found = find(name)) return *found;
      if (left_ms() == 0) throw Error("the Kafka topic " + name + " did not appear in time");
      rd_kafka_poll(client_.get(), std::min(left_ms(), metadata_pause_ms));
    }
  }

  std::map<std::string, std::string> configs(const std::string& name) {
    std::map<std::string, std::string> out;
    if (!has_controller()) return out;
    const ConfigResource resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, name.c_str()));
    const AdminOptions options = admin_options(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
    const Queue queue(rd_kafka_queue_new(client_.get()));
    rd_kafka_ConfigResource_t* resources[] = {resource.get()};
    rd_kafka_DescribeConfigs(client_.get(), resources, 1, options.get(), queue.get());
    const Event event(rd_kafka_queue_poll(queue.get(), left_ms()));
    if (!event || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) return out;
    std::size_t count = 0;
    const auto* described =
        rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
    if (count != 1) return out;
    const auto* entries = rd_kafka_ConfigResource_configs(described[0], &count);
    for (std::size_t i = 0; i < count; ++i) {
      const char* value = rd_kafka_ConfigEntry_value(entries[i]);
      if (value != nullptr) out.emplace(rd_kafka_ConfigEntry_name(entries[i]), value);
    }
    return out;
  }

 private:
  static bool is_unsupported(rd_kafka_resp_err_t code) {
    return code == RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE || code == RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION;
  }

  /// A cluster that cannot do admin requests names no controller, or one that is none of its brokers.
  bool has_controller() {
    const int controller = rd_kafka_controllerid(client_.get(), std::min(left_ms(), controller_wait_ms));
    const Metadata metadata = ask_metadata(nullptr);
    const std::span brokers(metadata->brokers, static_cast<std::size_t>(metadata->broker_cnt));
    return std::any_of(brokers.begin(), brokers.end(),
                       [&](const rd_kafka_metadata_broker& broker) { return broker.id == controller; });
  }

  [[nodiscard]] int left_ms() const {
    using std::chrono::milliseconds;
    const auto left = std::chrono::duration_cast<milliseconds>(deadline_ - Clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
  }

  Metadata ask_metadata(rd_kafka_topic_t* topic) {
    const rd_kafka_metadata_t* raw = nullptr;
    const auto code = rd_kafka_metadata(client_.get(), topic == nullptr ? 1 : 0, topic, &raw, left_ms());
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return Metadata(raw);
    throw Error(std::string("the Kafka cluster did not tell its topics: ") + rd_kafka_err2str(code));
  }

  NewTopic new_topic(const TopicSpec& spec) {
    char reason[512];
    NewTopic topic(rd_kafka_NewTopic_new(spec.name.c_str(), spec.partitions, spec.replication_factor, reason,
                                         sizeof reason));
    if (!topic) throw Error(reason);
    for (const auto& [name, value] : spec.configs) {
      rd_kafka_NewTopic_set_config(topic.get(), name.c_str(), value.c_str());
    }
    return topic;
  }

  AdminOptions admin_options(rd_kafka_admin_op_t operation) {
    char reason[512];
    AdminOptions options(rd_kafka_AdminOptions_new(client_.get(), operation));
    const int timeout_ms = std::max(left_ms(), 1);
    if (rd_kafka_AdminOptions_set_request_timeout(options.get(), timeout_ms, reason, sizeof reason) !=
        RD_KAFKA_RESP_ERR_NO_ERROR) {
      throw Error(reason);
    }
    return options;
  }

  Clock::time_point deadline_;
  Client client_;
};

}  // namespace

TopicReport ensure_topic(const std::string& brokers, const TopicSpec& spec, int timeout_ms) {
  Admin admin(brokers, timeout_ms);
  if (const auto found = admin.find(spec.name)) return {found->partitions, TopicOutcome::existed};
  auto outcome = TopicOutcome::created;
  if (!admin.create(spec)) {
    admin.ask_for(spec.name);
    outcome = TopicOutcome::created_by_default;
  }
  return {admin.wait_for(spec.name).partitions, outcome};
}

std::optional<TopicDescription> describe_topic(const std::string& brokers, const std::string& name,
                                               int timeout_ms) {
  Admin admin(brokers, timeout_ms);
  auto found = admin.find(name);
  if (found) found->configs = admin.configs(name);
  return found;
}

}  // namespace daybook::kafka
