#include "platform/kafka/mock_cluster.hpp"

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <vector>

#include "platform/kafka/handle.hpp"

namespace daybook::kafka {

struct MockCluster::Impl {
  void answer_produce(int count, rd_kafka_resp_err_t error) {
    constexpr std::int16_t produce_request = 0;
    const std::vector<rd_kafka_resp_err_t> errors(static_cast<std::size_t>(count), error);
    rd_kafka_mock_push_request_errors_array(cluster.get(), produce_request, errors.size(), errors.data());
  }

  /// The cluster needs a client to live in; the order of members makes it end first.
  Client host;
  std::unique_ptr<rd_kafka_mock_cluster_t, Calls<rd_kafka_mock_cluster_destroy>> cluster;
  int brokers_count = 0;
};

MockCluster::MockCluster(int brokers_count) : impl_(std::make_unique<Impl>()) {
  impl_->host = Settings("", "daybook-mock").start(RD_KAFKA_PRODUCER);
  impl_->cluster.reset(rd_kafka_mock_cluster_new(impl_->host.get(), brokers_count));
  if (!impl_->cluster) throw Error("the mock Kafka cluster did not start");
  impl_->brokers_count = brokers_count;
}

MockCluster::MockCluster(MockCluster&&) noexcept = default;
MockCluster& MockCluster::operator=(MockCluster&&) noexcept = default;
MockCluster::~MockCluster() = default;

std::string MockCluster::brokers() const { return rd_kafka_mock_cluster_bootstraps(impl_->cluster.get()); }

void MockCluster::create_topic(const std::string& name, int partitions, int replication_factor) {
  const auto code =
      rd_kafka_mock_topic_create(impl_->cluster.get(), name.c_str(), partitions, replication_factor);
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) throw Error(rd_kafka_err2str(code));
}

void MockCluster::brokers_down() {
  for (int id = 1; id <= impl_->brokers_count; ++id) rd_kafka_mock_broker_set_down(impl_->cluster.get(), id);
}

void MockCluster::brokers_up() {
  for (int id = 1; id <= impl_->brokers_count; ++id) rd_kafka_mock_broker_set_up(impl_->cluster.get(), id);
}

void MockCluster::fail_produce(int count) {
  impl_->answer_produce(count, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS);
}

void MockCluster::refuse_produce(int count) {
  impl_->answer_produce(count, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
}

}  // namespace daybook::kafka
