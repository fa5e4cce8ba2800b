// A property of every list and every sort key: who walks through it while others write meets each row whose
// sort key stays as it is exactly once, forwards and backwards.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <map>
#include <set>

#include "query-service/core/rows.hpp"
#include "tests/query-service/read_tables.hpp"
#include "tests/query-service/requests.hpp"

namespace daybook::query::test {
namespace {

constexpr const char* walks_of_each_key = "max_success=10 max_size=40";  // unless RC_PARAMS says otherwise

struct Plan {
  int rows = 0, page = 1, changes = 0;  // changes between two pages
  bool descending = false, backwards = false;
};

// One walk over one list with others at work.
class Walk {
 public:
  Walk(ReadTables& tables, const Resource& resource, std::string_view key, const Plan& plan)
      : tables_(tables), resource_(resource), key_(key), plan_(plan), cursors_(cursors_of("log.1")) {
    tables_.clear(resource);
    for (int i = 0; i < plan.rows; ++i) ids_.push_back(tables.add(resource));
    steady_.insert(ids_.begin(), ids_.end());
  }

  // How often each row was met.
  std::map<std::string, int> run() {
    std::map<std::string, int> met;
    auto request = asked();
    if (plan_.backwards) request.place = beyond_the_end(request);
    const auto most = plan_.rows + 200;
    for (int pages = 0; pages < most; ++pages) {
      auto page = read(request);
      const bool more = page.size() > request.limit;
      if (more) page.pop_back();
      for (const auto& row : page) ++met[row.back().value()];
      if (!more) return met;
      // As a client goes on: by a cursor that was sealed and comes back.
      const auto cursor = cursors_.write(Place{page.back(), plan_.backwards}, request);
      auto place = std::get<Place>(cursors_.read(cursor, request));
      request.place = std::move(place);
      interfere();
    }
    return {};  // the walk does not end
  }

  const std::set<std::string>& steady() const { return steady_; }

 private:
  ListRequest asked() const {
    auto request = test::request(resource_, "limit=" + std::to_string(plan_.page) +
                                                "&sort=" + (plan_.descending ? "-" : "") + std::string(key_) +
                                                what_must_be_asked(resource_));
    request.scope = {{resource_.owner_column, tables_.owner()}};
    return request;
  }

  // Keys and id of a page's rows and one more, in walking order.
  std::vector<std::vector<std::optional<std::string>>> read(const ListRequest& request) {
    const Columns columns{{}, {key_, "id"}};
    std::vector<std::vector<std::optional<std::string>>> out;
    for (auto& row :
         rows_of(run_sql(tables_.connection(), list_sql(request, columns, sight(tables_.schema()))), columns))
      out.push_back(std::move(row.keys));
    return out;
  }

  // Behind the last row of all: where a walk backwards begins.
  Place beyond_the_end(ListRequest request) {
    request.limit = 1000;
    const auto last = read(request).back();
    auto place = Place{last, true};
    steady_.erase(last.back().value());  // the place itself is not met
    return place;
  }

  // Some are added, some go, some change all but their sort key, and some change that too.
  void interfere() {
    for (int i = 0; i < plan_.changes; ++i) {
      const auto& id = ids_[tables_.draw(ids_.size())];
      switch (tables_.draw(4)) {
        case 0:
          tables_.add(resource_);
          break;
        case 1:
          tables_.remove(resource_, id);
          steady_.erase(id);
          break;
        case 2:
          tables_.change(resource_, id, key_);
          break;
        default:
          tables_.change(resource_, id, "");
          steady_.erase(id);
      }
    }
  }

  ReadTables& tables_;
  const Resource& resource_;
  std::string_view key_;
  Plan plan_;
  Cursors cursors_;
  std::vector<std::string> ids_;
  std::set<std::string> steady_;  // whose sort key stays as it is
};

TEST(Walking, MeetsEveryRowWhoseSortKeyStaysExactlyOnce) {
  setenv("RC_PARAMS", walks_of_each_key, 0);
  ReadTables tables;
  for (const auto* resource : all_lists())
    for (const auto key : resource->sorts)
      for (const bool descending : {false, true})
        for (const bool backwards : {false, true}) {
          const auto name = std::string(resource->title) + " by " + (descending ? "-" : "") +
                            std::string(key) + (backwards ? ", backwards" : "");
          const bool holds = rc::check(name, [&] {
            tables.draw_from(*rc::gen::arbitrary<std::uint32_t>());
            Plan plan;
            plan.rows = *rc::gen::inRange(1, 40);
            plan.page = *rc::gen::inRange(1, 8);
            plan.changes = *rc::gen::inRange(0, 4);
            plan.descending = descending;
            plan.backwards = backwards;
            Walk walk(tables, *resource, key, plan);
            const auto met = walk.run();
            RC_ASSERT(plan.rows == 1 || backwards || !met.empty());
            for (const auto& id : walk.steady()) RC_ASSERT(met.count(id) == 1u && met.at(id) == 1);
          });
          EXPECT_TRUE(holds) << name;
        }
}

}  // namespace
}  // namespace daybook::query::test
