#pragma once
// Metrics in Prometheus' names, over prometheus-cpp's registry. Safe from any thread.
#include <memory>
#include <string>
#include <string_view>

namespace daybook::app {

class Metrics {
 public:
  Metrics();
  ~Metrics();

  void answered(std::string_view route, int status);
  void set(const std::string& name, const std::string& help, double value);
  std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace daybook::app
