#pragma once
// A program's metrics. All are declared when it is made; another name is a programming error and throws std::logic_error. Safe
// from any thread.
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace prometheus {
class Counter;
class Histogram;
}  // namespace prometheus

namespace daybook::metrics {

enum class Kind { counter, gauge, histogram };

struct Definition {
  std::string_view name;                        // as Prometheus wants it: _total, _seconds, _bytes
  Kind kind;
  std::string_view help;
  std::span<const double> buckets = {};         // of a histogram: upper bounds, ascending
};

using Labels = std::map<std::string, std::string>;

// One counter or histogram of given labels, found once for what is counted all the time. Lives no longer than its registry.
class Counter {
 public:
  explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
  void add(double by = 1) const;

 private:
  prometheus::Counter* counter_;
};

class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
  void observe(double value) const;

 private:
  prometheus::Histogram* histogram_;
};

class Registry {
 public:
  // The definitions must outlive it.
  explicit Registry(std::span<const Definition> definitions);
  ~Registry();

  Counter counter(std::string_view name, const Labels& labels);
  Histogram histogram(std::string_view name, const Labels& labels);

  void add(std::string_view counter, const Labels& labels, double by = 1);
  // A counter that is counted elsewhere stands here now; it never goes back.
  void total(std::string_view counter, const Labels& labels, double value);
  void set(std::string_view gauge, const Labels& labels, double value);
  void observe(std::string_view histogram, const Labels& labels, double value);

  // Prometheus' text format, version 0.0.4.
  std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::metrics
