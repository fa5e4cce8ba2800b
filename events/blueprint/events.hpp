#pragma once
// What happens to a blueprint. Names and shapes are storage format: add optional members or a new event; never rename, retype
// or reuse. A price is in major units of its currency (ISO 4217).
#include "events/core/event_type.hpp"
#include "events/workflow/definition.hpp"

namespace daybook::events::blueprint {

using workflow::Definition;

BOOST_DEFINE_ENUM_CLASS(Kind, agent, workflow)               // what it makes
BOOST_DEFINE_ENUM_CLASS(PricingModel, free, one_time, subscription)

// The first version.
struct Published {
  static constexpr std::string_view type = "blueprint.published";
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> category;
  Kind kind = Kind::agent;
  std::string semantic_version;
  Definition definition;
  std::optional<std::string> changelog;
  PricingModel pricing_model = PricingModel::free;
  Decimal price{};
  std::string currency;
  bool is_public = false;
  bool operator==(const Published&) const = default;
};
BOOST_DESCRIBE_STRUCT(Published, (), (name, description, category, kind, semantic_version, definition, changelog, pricing_model, price,
                                      currency, is_public))

struct Described {
  static constexpr std::string_view type = "blueprint.described";
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> category;
  bool operator==(const Described&) const = default;
};
BOOST_DESCRIBE_STRUCT(Described, (), (name, description, category))

// A further version, whole.
struct Versioned {
  static constexpr std::string_view type = "blueprint.versioned";
  std::string semantic_version;
  Definition definition;
  std::optional<std::string> changelog;
  bool operator==(const Versioned&) const = default;
};
BOOST_DESCRIBE_STRUCT(Versioned, (), (semantic_version, definition, changelog))

struct Priced {
  static constexpr std::string_view type = "blueprint.priced";
  PricingModel pricing_model = PricingModel::free;
  Decimal price{};
  std::string currency;
  bool operator==(const Priced&) const = default;
};
BOOST_DESCRIBE_STRUCT(Priced, (), (pricing_model, price, currency))

struct Listed {
  static constexpr std::string_view type = "blueprint.listed";
  bool operator==(const Listed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Listed, (), ())

struct Unlisted {
  static constexpr std::string_view type = "blueprint.unlisted";
  bool operator==(const Unlisted&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unlisted, (), ())

// By a workspace, at the price of that moment. A subscription is paid until then; anything else for ever.
struct Purchased {
  static constexpr std::string_view type = "blueprint.purchased";
  BlueprintPurchaseId purchase_id{};
  WorkspaceId workspace_id{};
  std::string name;               // of the blueprint, then
  std::string semantic_version;
  PricingModel pricing_model = PricingModel::one_time;
  Decimal price{};
  std::string currency;
  std::optional<text::Instant> paid_until;
  bool operator==(const Purchased&) const = default;
};
BOOST_DESCRIBE_STRUCT(Purchased, (), (purchase_id, workspace_id, name, semantic_version, pricing_model, price, currency, paid_until))

// Its definition was handed out. To which workspace is not said.
struct Downloaded {
  static constexpr std::string_view type = "blueprint.downloaded";
  std::string semantic_version;
  bool operator==(const Downloaded&) const = default;
};
BOOST_DESCRIBE_STRUCT(Downloaded, (), (semantic_version))

// An agent or workflow of this id was made of it. In which workspace is not said.
struct Installed {
  static constexpr std::string_view type = "blueprint.installed";
  EntityId installed_id{};
  std::string semantic_version;
  bool operator==(const Installed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Installed, (), (installed_id, semantic_version))

struct Reviewed {
  static constexpr std::string_view type = "blueprint.reviewed";
  BlueprintReviewId review_id{};
  UserId user_id{};
  std::int64_t rating = 0;
  std::optional<std::string> comment;
  bool operator==(const Reviewed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reviewed, (), (review_id, user_id, rating, comment))

struct ReviewChanged {
  static constexpr std::string_view type = "blueprint.review_changed";
  BlueprintReviewId review_id{};
  std::int64_t rating = 0;
  std::optional<std::string> comment;
  bool operator==(const ReviewChanged&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReviewChanged, (), (review_id, rating, comment))

struct ReviewWithdrawn {
  static constexpr std::string_view type = "blueprint.review_withdrawn";
  BlueprintReviewId review_id{};
  bool operator==(const ReviewWithdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(ReviewWithdrawn, (), (review_id))

struct Withdrawn {
  static constexpr std::string_view type = "blueprint.withdrawn";
  bool operator==(const Withdrawn&) const = default;
};
BOOST_DESCRIBE_STRUCT(Withdrawn, (), ())

struct Restored {
  static constexpr std::string_view type = "blueprint.restored";
  bool operator==(const Restored&) const = default;
};
BOOST_DESCRIBE_STRUCT(Restored, (), ())

// Said by an import, of how the blueprint stood in the system that it comes from: figures to which those of here are added.
struct BroughtForward {
  static constexpr std::string_view type = "blueprint.brought_forward";
  std::optional<std::int64_t> downloads;
  std::optional<double> rating;  // the mean of the reviews that are not told of one by one
  std::optional<std::int64_t> reviews_count;  // how many those are
  bool operator==(const BroughtForward&) const = default;
};
BOOST_DESCRIBE_STRUCT(BroughtForward, (), (downloads, rating, reviews_count))

using Event = std::variant<Published, Described, Versioned, Priced, Listed, Unlisted, Purchased, Downloaded, Installed, Reviewed, ReviewChanged,
                           ReviewWithdrawn, Withdrawn, Restored, BroughtForward>;

}  // namespace daybook::events::blueprint

namespace daybook::events::detail {

// The words of the trade have hyphens.
template <>
inline TypeInfo make_type_info<blueprint::PricingModel>() {
  auto info = make_enumeration<blueprint::PricingModel>();
  info.words = {"free", "one-time", "subscription"};
  return info;
}

}  // namespace daybook::events::detail
