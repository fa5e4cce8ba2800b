#pragma once
// One thing of the story, as the API shows it.
#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace daybook::test {

struct Witness {
  std::string name;                                       ///< for whoever reads a failure
  std::string entity;
  std::set<std::string> only;                             ///< of these views; empty: of every view of that entity
  std::map<std::string, boost::json::value> documents;    ///< of the entity, and further ones that tell more of it
  std::string raw;                                        ///< all of these as they came

  [[nodiscard]] bool stands_in(const std::string& view) const { return only.empty() || only.contains(view); }
  /// Null where there is none.
  [[nodiscard]] const boost::json::object* document(const std::string& which) const {
    const auto found = documents.find(which);
    return found == documents.end() ? nullptr : found->second.if_object();
  }
};

/// Which number stands for a UUID where a model has integer keys.
class Numbers {
 public:
  /// From the API's own document of a thing.
  void learn(const boost::json::value& document) {
    const auto* thing = document.if_object();
    if (thing == nullptr || !thing->contains("id")) return;
    if (const auto number = of_document(*thing)) numbers_[std::string(thing->at("id").as_string())] = *number;
  }
  /// What happened has no first event of its own: it is one.
  static std::optional<std::int64_t> of_document(const boost::json::object& thing) {
    for (const auto* place : {"born", "position"})
      if (const auto* at = thing.if_contains(place); at != nullptr && at->is_int64()) return first_made_here + at->get_int64();
    return std::nullopt;
  }
  [[nodiscard]] std::optional<std::int64_t> of(const std::string& id) const {
    const auto found = numbers_.find(id);
    if (found == numbers_.end()) return std::nullopt;
    return found->second;
  }

 private:
  // Lower ones are those that imported things had.
  static constexpr std::int64_t first_made_here = 1'000'000'000'000;
  std::map<std::string, std::int64_t> numbers_;
};

}  // namespace daybook::test
