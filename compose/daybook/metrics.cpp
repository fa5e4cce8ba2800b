#include "compose/daybook/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace daybook::app {

struct Metrics::Impl {
  prometheus::Registry registry;
  prometheus::Family<prometheus::Counter>* requests{};
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {
  impl_->requests = &prometheus::BuildCounter().Name("daybook_http_requests_total").Help("Requests answered, by route and status.").Register(impl_->registry);
}
Metrics::~Metrics() = default;

void Metrics::answered(std::string_view route, int status) {
  impl_->requests->Add({{"route", std::string(route)}, {"status", std::to_string(status)}}).Increment();
}

void Metrics::set(const std::string& name, const std::string& help, double value) {
  prometheus::BuildGauge().Name(name).Help(help).Register(impl_->registry).Add({}).Set(value);
}

std::string Metrics::text() const { return prometheus::TextSerializer().Serialize(impl_->registry.Collect()); }

}  // namespace daybook::app
