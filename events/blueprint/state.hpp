#pragma once
// A blueprint after its events, with what people say of it and who has bought it. Folded alike by decide and by the read models.
#include "events/blueprint/events.hpp"
#include "events/core/parts.hpp"
#include "events/core/rating.hpp"

namespace daybook::events::blueprint {

// What everybody may know of one that is listed: all but its definition, which is for those who may have it.
struct Shown : Stamp {
  BlueprintId id{};
  WorkspaceId workspace_id{};
  std::string name;
  std::optional<std::string> description;
  std::optional<std::string> category;
  Kind kind = Kind::agent;
  std::string semantic_version;                  // of the newest version
  std::int64_t revision = 0;                     // its number, from 1
  std::optional<std::string> changelog;          // of the newest version
  PricingModel pricing_model = PricingModel::free;
  Decimal price{};
  std::string currency;
  bool is_public = false;                        // listed: there for everybody
  ActorType publisher_type = ActorType::system;
  std::optional<PrincipalId> publisher_id;
  std::int64_t downloads = 0;                    // how often it was taken, by downloading or installing
  std::int64_t installs = 0;
  std::int64_t sales = 0;
  std::int64_t rating_sum = 0;                   // of the reviews here that stand
  std::int64_t reviews_count = 0;
  std::optional<double> rating;                  // the mean of all, made of integers each time
  std::optional<text::Instant> deleted_at;       // withdrawn
  std::optional<RatingBrought> rating_brought;   // what number and mean have of elsewhere
  bool operator==(const Shown&) const = default;
};
BOOST_DESCRIBE_STRUCT(Shown, (Stamp), (id, workspace_id, name, description, category, kind, semantic_version, revision, changelog,
                                       pricing_model, price, currency, is_public, publisher_type, publisher_id, downloads, installs, sales,
                                       rating_sum, reviews_count, rating, deleted_at, rating_brought))

struct Fields : Shown {
  Definition definition;
  bool operator==(const Fields&) const = default;
};
BOOST_DESCRIBE_STRUCT(Fields, (Shown), (definition))

// What one person says of it. Stamped by the events that are about it: its version is the blueprint stream's.
struct BlueprintReview : Stamp {
  BlueprintReviewId id{};
  WorkspaceId workspace_id{};
  BlueprintId blueprint_id{};
  UserId user_id{};
  std::int64_t rating = 0;
  std::optional<std::string> comment;
  bool operator==(const BlueprintReview&) const = default;
};
BOOST_DESCRIBE_STRUCT(BlueprintReview, (Stamp), (id, workspace_id, blueprint_id, user_id, rating, comment))

// That a workspace has it, and at what price.
struct BlueprintPurchase : Stamp {
  BlueprintPurchaseId id{};
  WorkspaceId workspace_id{};                    // the buyer's
  BlueprintId blueprint_id{};
  std::string name;                              // of the blueprint, then
  std::string semantic_version;                  // the newest one then
  PricingModel pricing_model = PricingModel::one_time;
  Decimal price{};
  std::string currency;
  std::optional<text::Instant> paid_until;       // of a subscription
  ActorType created_by_type = ActorType::system;
  std::optional<PrincipalId> created_by_id;
  bool operator==(const BlueprintPurchase&) const = default;
};
BOOST_DESCRIBE_STRUCT(BlueprintPurchase, (Stamp), (id, workspace_id, blueprint_id, name, semantic_version, pricing_model, price,
                                                   currency, paid_until, created_by_type, created_by_id))

struct State : Fields {
  std::vector<BlueprintReview> reviews;
  std::vector<BlueprintPurchase> purchases;
  bool operator==(const State&) const = default;
};
BOOST_DESCRIBE_STRUCT(State, (Fields), (reviews, purchases))

const BlueprintReview* find_review(const State& state, UserId user);
inline const BlueprintReview* find_part(const State& state, BlueprintReviewId id) { return part_with(state.reviews, id); }
inline const BlueprintPurchase* find_part(const State& state, BlueprintPurchaseId id) { return part_with(state.purchases, id); }

void evolve(State&, const Published&, const Envelope&);
void evolve(State&, const Described&, const Envelope&);
void evolve(State&, const Versioned&, const Envelope&);
void evolve(State&, const Priced&, const Envelope&);
void evolve(State&, const Listed&, const Envelope&);
void evolve(State&, const Unlisted&, const Envelope&);
void evolve(State&, const Purchased&, const Envelope&);
void evolve(State&, const Downloaded&, const Envelope&);
void evolve(State&, const Installed&, const Envelope&);
void evolve(State&, const Reviewed&, const Envelope&);
void evolve(State&, const ReviewChanged&, const Envelope&);
void evolve(State&, const ReviewWithdrawn&, const Envelope&);
void evolve(State&, const Withdrawn&, const Envelope&);
void evolve(State&, const Restored&, const Envelope&);
void evolve(State&, const BroughtForward&, const Envelope&);

}  // namespace daybook::events::blueprint
