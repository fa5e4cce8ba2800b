#pragma once
// A program's metrics. All are declared when it is made; another name is a programming error and throws std::logic_error. Safe
// from any thread.
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace daybook::metrics {

enum class Kind { counter, gauge, histogram };

struct Definition {
  std::string_view name;                        // as Prometheus wants it: _total, _seconds, _bytes
  Kind kind;
  std::string_view help;
  std::span<const double> buckets = {};         // of a histogram: upper bounds, ascending
};

using Labels = std::map<std::string, std::string>;

class Registry {
 public:
  // The definitions must outlive it.
  explicit Registry(std::span<const Definition> definitions);
  ~Registry();

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
