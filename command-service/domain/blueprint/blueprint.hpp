#pragma once
// A blueprint: an agent or workflow to be, with its versions and its price. Members publish them; their publisher or an admin changes
// and withdraws them; whoever may know of one downloads, installs and reviews it, once it is paid for.
#include "command-service/domain/core/aggregate.hpp"
#include "command-service/domain/core/fields.hpp"
#include "command-service/domain/core/permission.hpp"
#include "command-service/domain/core/texts.hpp"
#include "events/blueprint/state.hpp"

namespace daybook::domain {

struct Blueprint {
  using State = events::blueprint::State;
  using Event = events::blueprint::Event;
  static constexpr auto stream_type = events::StreamType::blueprint;
};

namespace scope {
inline constexpr std::string_view blueprint_review = "blueprint-review";  // by blueprint and user
}  // namespace scope

namespace blueprint {

using events::blueprint::Definition;
using events::blueprint::Event;
using events::blueprint::PricingModel;
using events::blueprint::State;

inline constexpr std::string_view first_version = "1.0.0";     // where none is named
inline constexpr std::size_t purchases_max = 10'000;           // of one blueprint
inline constexpr std::chrono::days subscription_days{30};      // that one payment is good for

// What a publisher calls a version. That it is semantic and greater than those before, the rules ask.
struct VersionName : events::Text<VersionName> {
  using Text::Text;
  static constexpr std::size_t code_points_min = 1;
  static constexpr std::size_t code_points_max = short_text_characters_max;
  static Refusal rule(std::string_view words) { return Tag::rule(words); }
};

struct Publish {
  static constexpr std::string_view verb = "blueprint.publish";
  static constexpr Permission permission = Permission::blueprints_write;
  using Birth = events::blueprint::Published;
  std::optional<events::BlueprintId> id;
  Name name{};
  std::optional<Description> description;
  std::optional<Name> category;
  std::optional<VersionName> semantic_version;
  Definition definition{};                          // definition.hpp
  std::optional<Description> changelog;
  std::optional<PricingModel> pricing_model;
  std::optional<events::Decimal> price;
  std::optional<Currency> currency;
  std::optional<bool> is_public;
};
BOOST_DESCRIBE_STRUCT(Publish, (), (id, name, description, category, semantic_version, definition, changelog, pricing_model, price, currency,
                                    is_public))

struct Change {
  static constexpr std::string_view verb = "blueprint.change";
  static constexpr Permission permission = Permission::blueprints_write;
  events::Patch<Name> name;
  events::Patch<Description> description;
  events::Patch<Name> category;
  events::Patch<PricingModel> pricing_model;
  events::Patch<events::Decimal> price;
  events::Patch<Currency> currency;
};
BOOST_DESCRIBE_STRUCT(Change, (), (name, description, category, pricing_model, price, currency))

struct AddVersion {
  static constexpr std::string_view verb = "blueprint.add_version";
  static constexpr Permission permission = Permission::blueprints_write;
  VersionName semantic_version{};
  Definition definition{};
  std::optional<Description> changelog;
};
BOOST_DESCRIBE_STRUCT(AddVersion, (), (semantic_version, definition, changelog))

struct List {
  static constexpr std::string_view verb = "blueprint.list";
  static constexpr Permission permission = Permission::blueprints_write;
};
BOOST_DESCRIBE_STRUCT(List, (), ())

struct Unlist {
  static constexpr std::string_view verb = "blueprint.unlist";
  static constexpr Permission permission = Permission::blueprints_write;
};
BOOST_DESCRIBE_STRUCT(Unlist, (), ())

// For the workspace it is sent to. What the caller takes for the price may be sent along: where it is another one by now, nothing is bought.
struct Purchase {
  static constexpr std::string_view verb = "blueprint.purchase";
  static constexpr Permission permission = Permission::blueprints_manage;
  using Birth = events::blueprint::Purchased;
  static constexpr auto birth_id = &Birth::purchase_id;
  std::optional<events::BlueprintPurchaseId> id;
  std::optional<events::Decimal> price;
  std::optional<Currency> currency;
};
BOOST_DESCRIBE_STRUCT(Purchase, (), (id, price, currency))

struct Download {
  static constexpr std::string_view verb = "blueprint.download";
  static constexpr Permission permission = Permission::blueprints_write;
};
BOOST_DESCRIBE_STRUCT(Download, (), ())

struct Review {
  static constexpr std::string_view verb = "blueprint.review";
  static constexpr Permission permission = Permission::blueprints_write;
  using Birth = events::blueprint::Reviewed;
  static constexpr auto birth_id = &Birth::review_id;
  std::optional<events::BlueprintReviewId> id;
  std::int64_t rating = 0;
  std::optional<Description> comment;
};
BOOST_DESCRIBE_STRUCT(Review, (), (id, rating, comment))

struct ChangeReview {
  static constexpr std::string_view verb = "blueprint.change_review";
  static constexpr Permission permission = Permission::blueprints_write;
  std::optional<events::BlueprintReviewId> blueprint_review_id;  // filled from the path, or named in a bulk command
  events::Patch<std::int64_t> rating;
  events::Patch<Description> comment;
};
BOOST_DESCRIBE_STRUCT(ChangeReview, (), (blueprint_review_id, rating, comment))

struct WithdrawReview {
  static constexpr std::string_view verb = "blueprint.withdraw_review";
  static constexpr Permission permission = Permission::blueprints_write;
  std::optional<events::BlueprintReviewId> blueprint_review_id;
};
BOOST_DESCRIBE_STRUCT(WithdrawReview, (), (blueprint_review_id))

struct Withdraw {
  static constexpr std::string_view verb = "blueprint.withdraw";
  static constexpr Permission permission = Permission::blueprints_write;
};
BOOST_DESCRIBE_STRUCT(Withdraw, (), ())

struct Restore {
  static constexpr std::string_view verb = "blueprint.restore";
  static constexpr Permission permission = Permission::blueprints_write;
};
BOOST_DESCRIBE_STRUCT(Restore, (), ())

Decision<Event> decide(const State&, const Publish&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Change&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const AddVersion&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const List&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Unlist&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Purchase&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Download&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Review&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const ChangeReview&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const WithdrawReview&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Withdraw&, const CommandContext&, const Facts&);
Decision<Event> decide(const State&, const Restore&, const CommandContext&, const Facts&);

// Whether callers in that workspace know of the blueprint at all: it is theirs, or listed, or they have bought it.
bool is_known_in(const State& state, events::WorkspaceId workspace);

bool repeats(const events::blueprint::Published& first, const Publish& again, const CommandContext&, const Facts&);
bool repeats(const events::blueprint::Purchased& first, const Purchase& again, const CommandContext&, const Facts&);
bool repeats(const events::blueprint::Reviewed& first, const Review& again, const CommandContext&, const Facts&);

}  // namespace blueprint

void effects(const blueprint::State&, const events::blueprint::Published&, const events::Envelope&, Effects&);
void effects(const blueprint::State&, const events::blueprint::Withdrawn&, const events::Envelope&, Effects&);
void effects(const blueprint::State&, const events::blueprint::Restored&, const events::Envelope&, Effects&);
void effects(const blueprint::State&, const events::blueprint::Reviewed&, const events::Envelope&, Effects&);
void effects(const blueprint::State&, const events::blueprint::ReviewChanged&, const events::Envelope&, Effects&);
void effects(const blueprint::State&, const events::blueprint::ReviewWithdrawn&, const events::Envelope&, Effects&);
// Of no concern to anything outside the stream.
template <one_of<events::blueprint::Described, events::blueprint::Versioned, events::blueprint::Priced, events::blueprint::Listed,
                 events::blueprint::Unlisted, events::blueprint::Purchased, events::blueprint::Downloaded, events::blueprint::Installed,
                 events::blueprint::BroughtForward> E>
void effects(const blueprint::State&, const E&, const events::Envelope&, Effects&) {}

extern template const AggregateOps& aggregate_ops<Blueprint>();

}  // namespace daybook::domain
