#include "platform/metrics/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace daybook::metrics {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr double buckets[] = {1, 10};
constexpr Definition definitions[] = {{"a_total", Kind::counter, "Counted here."},
                                      {"b_bytes", Kind::gauge, "As it stands."},
                                      {"c_seconds", Kind::histogram, "Measured.", buckets}};

TEST(Metrics, AreWrittenAsPrometheusReadsThem) {
  Registry registry(definitions);
  registry.add("a_total", {{"code", "x"}});
  registry.add("a_total", {{"code", "x"}}, 2);
  registry.set("b_bytes", {}, 7);
  registry.observe("c_seconds", {}, 5);
  const auto text = registry.text();
  EXPECT_THAT(text, HasSubstr("# HELP a_total Counted here.\n# TYPE a_total counter\na_total{code=\"x\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE b_bytes gauge\nb_bytes 7\n"));
  EXPECT_THAT(text, HasSubstr("c_seconds_bucket{le=\"1\"} 0\nc_seconds_bucket{le=\"10\"} 1\nc_seconds_bucket{le=\"+Inf\"} 1\n"));
}

TEST(Metrics, CanBeFoundOnceAndCountedOften) {
  Registry registry(definitions);
  const auto counter = registry.counter("a_total", {{"code", "x"}});
  const auto histogram = registry.histogram("c_seconds", {});
  counter.add();
  counter.add(2);
  registry.add("a_total", {{"code", "x"}});
  histogram.observe(5);
  EXPECT_THAT(registry.text(), HasSubstr("a_total{code=\"x\"} 4\n"));
  EXPECT_THAT(registry.text(), HasSubstr("c_seconds_bucket{le=\"10\"} 1\n"));
  EXPECT_THROW((void)registry.counter("c_seconds", {}), std::logic_error) << "it is no counter";
}

TEST(Metrics, ATotalFromElsewhereNeverGoesBack) {
  Registry registry(definitions);
  registry.total("a_total", {}, 5);
  registry.total("a_total", {}, 3);
  EXPECT_THAT(registry.text(), HasSubstr("a_total 5\n"));
  registry.total("a_total", {}, 8);
  EXPECT_THAT(registry.text(), HasSubstr("a_total 8\n"));
}

TEST(Metrics, AreNotThereBeforeTheyHaveAValue) { EXPECT_THAT(Registry(definitions).text(), Not(HasSubstr("a_total"))); }

TEST(Metrics, ANameThatWasNotDeclaredIsAnError) {
  Registry registry(definitions);
  EXPECT_THROW(registry.add("nobody_total", {}), std::logic_error);
  EXPECT_THROW(registry.add("b_bytes", {}), std::logic_error) << "it is no counter";
}

}  // namespace
}  // namespace daybook::metrics
