#include "platform/metrics/registry.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <stdexcept>
#include <unordered_map>

namespace daybook::metrics {
namespace {

template <class Metric>
struct Declared {
  prometheus::Family<Metric>* family = nullptr;
  std::span<const double> buckets;
};

}  // namespace

struct Registry::Impl {
  template <class Metric>
  using ByName = std::unordered_map<std::string_view, Declared<Metric>>;

  template <class Metric, class Builder>
  void declare(ByName<Metric>& into, Builder builder, const Definition& definition) {
    auto& family = builder.Name(std::string(definition.name)).Help(std::string(definition.help)).Register(registry);
    into[definition.name] = {&family, definition.buckets};
  }
  template <class Metric>
  static const Declared<Metric>& found(const ByName<Metric>& in, std::string_view name) {
    const auto at = in.find(name);
    if (at == in.end()) throw std::logic_error("no metric of this kind is declared: " + std::string(name));
    return at->second;
  }

  prometheus::Registry registry;
  ByName<prometheus::Counter> counters;
  ByName<prometheus::Gauge> gauges;
  ByName<prometheus::Histogram> histograms;
};

Registry::Registry(std::span<const Definition> definitions) : impl_(std::make_unique<Impl>()) {
  for (const auto& definition : definitions) {
    switch (definition.kind) {
      case Kind::counter:
        impl_->declare(impl_->counters, prometheus::BuildCounter(), definition);
        break;
      case Kind::gauge:
        impl_->declare(impl_->gauges, prometheus::BuildGauge(), definition);
        break;
      case Kind::histogram:
        impl_->declare(impl_->histograms, prometheus::BuildHistogram(), definition);
        break;
    }
  }
}
Registry::~Registry() = default;

void Counter::add(double by) const { counter_->Increment(by); }
void Histogram::observe(double value) const { histogram_->Observe(value); }

Counter Registry::counter(std::string_view name, const Labels& labels) {
  return Counter(Impl::found(impl_->counters, name).family->Add(labels));
}

Histogram Registry::histogram(std::string_view name, const Labels& labels) {
  const auto& declared = Impl::found(impl_->histograms, name);
  return Histogram(declared.family->Add(labels, prometheus::Histogram::BucketBoundaries(declared.buckets.begin(), declared.buckets.end())));
}

void Registry::add(std::string_view counter_name, const Labels& labels, double by) { counter(counter_name, labels).add(by); }

void Registry::total(std::string_view counter, const Labels& labels, double value) {
  auto& metric = Impl::found(impl_->counters, counter).family->Add(labels);
  metric.Increment(value - metric.Value());   // one that would go back is left where it is
}

void Registry::set(std::string_view gauge, const Labels& labels, double value) { Impl::found(impl_->gauges, gauge).family->Add(labels).Set(value); }

void Registry::observe(std::string_view histogram_name, const Labels& labels, double value) {
  histogram(histogram_name, labels).observe(value);
}

std::string Registry::text() const { return prometheus::TextSerializer().Serialize(impl_->registry.Collect()); }

}  // namespace daybook::metrics
