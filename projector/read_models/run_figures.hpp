#pragma once
// What runs used and cost, added up by contributions: a run counts in its issue and its agent, an issue in its project, a project
// in the workspace. A correction adds the difference along the way, an issue that moves takes its sums along, so none of it
// costs more the longer a history is. What is itself deleted counts nowhere; what merely lies in something deleted counts on. Only
// runs that have ended count, and what an import brought forward, which is no run; of those whose cost or usage nobody knows it is said how many there are.
#include "events/execution/usage.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

struct Amount {
  std::string currency;
  events::Decimal cost;
  bool operator==(const Amount&) const = default;
};
BOOST_DESCRIBE_STRUCT(Amount, (), (currency, cost))

// Tokens of disjoint kinds.
struct TokenSums {
  std::int64_t input = 0;
  std::int64_t cache_read = 0;
  std::int64_t cache_write = 0;
  std::int64_t output = 0;
  std::int64_t reasoning = 0;
  std::int64_t unsplit = 0;
  bool operator==(const TokenSums&) const = default;
};
BOOST_DESCRIBE_STRUCT(TokenSums, (), (input, cache_read, cache_write, output, reasoning, unsplit))

// A base of rows, and by itself what they grow by.
struct RunFigures {
  std::vector<Amount> costs;            // one for each currency, by its letters; none that is 0
  std::optional<TokenSums> token_usage; // none where every sum is 0
  std::int64_t run_count = 0;
  std::int64_t runs_without_cost = 0;   // it is unknown
  std::int64_t runs_without_usage = 0;  // it was not reported
  bool operator==(const RunFigures&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunFigures, (), (costs, token_usage, run_count, runs_without_cost, runs_without_usage))

// Throws std::bad_optional_access where a sum does not fit: the rules let nothing in that does so.
void add(RunFigures& to, const RunFigures& more, std::int64_t sign);
events::Decimal amount_in(const RunFigures& figures, const std::string& currency);

}  // namespace daybook::projector
