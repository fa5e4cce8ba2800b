// What models cost, from when on, and that what was in force is never told anew.
#include <rapidcheck.h>

#include "command-service/domain/ai_provider/ai_provider.hpp"
#include "tests/command-service/domain/office.hpp"

namespace daybook::domain::prices_test {
namespace {

using ai_provider::Price;
using ai_provider::SetPrices;
using events::Decimal;
using events::ai_provider::ModelPrice;
using events::ai_provider::price_in_force;
using std::chrono::hours;

const auto fresh = id_of<events::AiProviderId>(90);

class Prices : public Office {
 protected:
  auto config() { return spec<AiProvider>(fresh, acme).as(ada); }
  text::Instant now() const { return context().now; }

  void SetUp() override {
    Office::SetUp();
    events::ai_provider::Added event{};
    event.provider = "openai";
    config().given(event);
  }
  static Price price(const std::string& model, std::int64_t input, std::optional<text::Instant> from = {}) {
    Price line{};
    line.model = Name(model);
    line.effective_from = from;
    line.input = Decimal{input};
    return line;
  }
  static SetPrices setting(std::vector<Price> prices) {
    SetPrices command{};
    command.prices = std::move(prices);
    return command;
  }
  static ModelPrice line(const std::string& model, std::int64_t input, text::Instant from) {
    ModelPrice line{};
    line.model = model;
    line.effective_from = from;
    line.currency = "USD";
    line.input = Decimal{input};
    return line;
  }
  std::optional<std::int64_t> input_at(text::Instant at, const std::string& model = "small") {
    const auto found = price_in_force(config().state(), model, at);
    return found ? std::optional(found->input->nanos) : std::nullopt;
  }
};

TEST_F(Prices, ThePriceInForceIsTheLatestThatBeganByThen) {
  const std::vector<ModelPrice> table{line("small", 1, now()), line("small", 2, now() + hours(2)), line("large", 9, now() - hours(9))};
  EXPECT_FALSE(price_in_force(table, "small", now() - hours(1)));
  EXPECT_EQ(price_in_force(table, "small", now()), table[0]);
  EXPECT_EQ(price_in_force(table, "small", now() + hours(2) - std::chrono::microseconds(1)), table[0]);
  EXPECT_EQ(price_in_force(table, "small", now() + hours(2)), table[1]);
  EXPECT_EQ(price_in_force(table, "large", now()), table[2]);
  EXPECT_FALSE(price_in_force(table, "medium", now()));
}

TEST_F(Prices, AreInForceFromNowOnInTheConfigsCurrencyUnlessSaid) {
  auto dear = price("large", 9, now() + hours(1));
  dear.currency = Currency("EUR");
  auto expected = line("large", 9, now() + hours(1));
  expected.currency = "EUR";
  config().when(setting({price("small", 1), dear})).then(events::ai_provider::PricesSet{{expected, line("small", 1, now())}});
  config().when(setting({dear, price("small", 1)})).then_nothing();
  config().as(max).when(setting({})).then_rejected("forbidden");
}

TEST_F(Prices, WhatWasInForceStaysByItself) {
  config().when(setting({price("small", 1)}));
  config().after(hours(1)).when(setting({price("small", 2)}));
  EXPECT_EQ(input_at(now()), 1);
  EXPECT_EQ(input_at(now() + hours(1)), 2);
  config().after(hours(2)).when(setting({}));
  EXPECT_EQ(input_at(now()), 1) << "a price does not end but by another";
  EXPECT_EQ(input_at(now() + hours(3)), 2);
}

TEST_F(Prices, WhatWasInForceIsNotToldAnew) {
  config().when(setting({price("small", 1)}));
  config().after(hours(2)).when(setting({price("small", 2, now())})).then_rejected("was-in-force", "/prices/0/effective_from");
  config().after(hours(2)).when(setting({price("large", 5), price("small", 2, now() + hours(1))})).then_rejected("was-in-force", "/prices/1/effective_from");
  config().after(hours(2)).when(setting({price("small", 1, now())})).then_nothing();
}

TEST_F(Prices, WhatWasNotKnownMayBeToldLater) {
  config().when(setting({price("small", 1)}));
  config().after(hours(2)).when(setting({price("small", 3, now() - hours(5)), price("large", 7, now() - hours(1))}));
  EXPECT_EQ(input_at(now() - hours(5)), 3);
  EXPECT_EQ(input_at(now()), 1);
  EXPECT_EQ(input_at(now(), "large"), 7);
}

TEST_F(Prices, WhatIsToComeMayBeCorrected) {
  config().when(setting({price("small", 1), price("small", 2, now() + hours(5))}));
  config().after(hours(1)).when(setting({price("small", 3, now() + hours(6))}));
  EXPECT_EQ(input_at(now() + hours(5)), 1);
  EXPECT_EQ(input_at(now() + hours(6)), 3);
}

TEST_F(Prices, AnImportBringsTheTableAsItWas) {
  config().when(setting({price("small", 1)}));
  auto bringing = config().after(hours(2));
  bringing.context().origin = events::Origin::import;
  bringing.when(setting({price("small", 2, now())})).then_rejected("was-in-force", "/prices/0/effective_from");  // an admin brings nothing in
  bringing.as(olga).when(setting({price("small", 2, now())})).then(events::ai_provider::PricesSet{{line("small", 2, now())}});
}

TEST_F(Prices, EveryLineSaysAPriceThatCanBeOne) {
  Price nothing{};
  nothing.model = Name("small");
  config().when(setting({nothing})).then_rejected("required", "/prices/0");
  config().when(setting({price("small", -1)})).then_rejected("out-of-range", "/prices/0/input");
  config().when(setting({price("small", 1'000'000'000'000'001)})).then_rejected("out-of-range", "/prices/0/input");
  config().when(setting({price("small", 1), price("small", 2)})).then_rejected("already-exists", "/prices/1");
  config().when(setting(std::vector<Price>(ai_provider::prices_max + 1, price("small", 1)))).then_rejected("too-many", "/prices");
}

// Whatever tables are sent one after another: what was in force at any time before a table was set is the same after it.
TEST_F(Prices, NoTableEverChangesWhatWasInForce) {
  const bool holds = rc::check([this] {
    events::ai_provider::State state{};
    state.version = events::StreamVersion{1};
    state.currency = "USD";
    auto clock = context();
    for (int round = *rc::gen::inRange(1, 8); round > 0; --round) {
      SetPrices command{};
      for (int lines = *rc::gen::inRange(0, 4); lines > 0; --lines) {
        const auto from = now() + hours(*rc::gen::inRange(-6, 12));
        command.prices.push_back(price(*rc::gen::element("small", "large"), *rc::gen::inRange(1, 4), from));
      }
      const auto decided = ai_provider::prices_set(state, command, clock);
      const auto before = state;
      if (decided)
        for (const auto& event : *decided) std::visit([&](const auto& e) { evolve(state, e, {}); }, event);
      for (auto at = now() - hours(8); at < clock.now; at += hours(1))
        for (const auto* model : {"small", "large"}) {
          const auto was = price_in_force(before, model, at), is = price_in_force(state, model, at);
          if (was) RC_ASSERT(is && is->input == was->input);
        }
      clock.now += hours(*rc::gen::inRange(0, 3));
    }
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace daybook::domain::prices_test
