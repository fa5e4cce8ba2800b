#include "tests/compose/import/generator.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <string_view>

#include "platform/text/instant.hpp"

namespace daybook::importer::testing {
namespace json = boost::json;
namespace {

constexpr std::string_view title_words[] = {"paint",  "the",  "door",      "größer",   "日本",   "🚲",
                                            "ladder", "with", "tab\there", "a\nbreak", "\u2028", "é"};
constexpr std::string_view status_words[] = {"open",   "open",     "in_progress", "blocked",   "closed", "closed",
                                             "hooked", "deferred", "pinned",      "tombstone", "adrift", "done"};
constexpr std::string_view type_words[] = {"task", "task", "bug", "feature", "epic", "chore", "molecule", "gate"};
constexpr std::string_view edge_types[] = {"blocks",          "blocks",       "blocks",  "parent-child",
                                           "parent-child",    "parent-child", "related", "tracks",
                                           "discovered-from", "blocked-by"};
constexpr std::string_view label_words[] = {"ui", "UI", "Straße",   "STRASSE",
                                            "",   "  ", "deep sea", "line\nbreak"};
constexpr std::string_view rare_fields[] = {"design",   "notes", "close_reason", "external_ref",
                                            "assignee", "owner", "metadata"};

struct Item {
  std::string id;
  json::object fields;
  bool gone = false;
};

/// One log in the making. Random numbers by SplitMix64, because the standard's distributions differ between
/// libraries and the same seed shall give the same log everywhere.
class Generator {
 public:
  // The first number is taken away and becomes the state: neighbouring seeds shall not give shifted
  // sequences.
  explicit Generator(std::uint64_t seed) : state_(seed) { state_ = random(); }

  std::vector<std::string> lines(std::size_t changes) {
    std::vector<std::string> out;
    while (out.size() < changes) {
      if (one_in(3)) now_ += std::chrono::seconds(1 + below(5000));
      auto line = next();
      line["seq"] = out.size() + 1;
      line["at"] = text::format_instant(now_);
      line["by"] = person();
      out.push_back(json::serialize(line));
    }
    return out;
  }

 private:
  std::uint64_t random() {
    auto z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random() % n); }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <class Many>
  std::string any_of(const Many& many) {
    return std::string(many[below(std::size(many))]);
  }
  std::string person() { return "p" + std::to_string(below(5)); }

  json::object next() {
    const auto kind = below(20);
    if (items_.size() < 3 || kind < 6) return created();
    if (one_in(60)) return stranger();
    // The first few change most, so that they circle around each other.
    auto& item = items_[below(one_in(2) ? std::min<std::size_t>(items_.size(), 8) : items_.size())];
    if (item.gone) return one_in(8) ? changed(item, "removed") : restored(item);
    if (kind < 8) return removed(item);
    return changed(item, one_in(40) ? "restored" : "changed");
  }

  json::object line(std::string_view op, const std::string& id) { return {{"op", op}, {"id", id}}; }

  json::object created() {
    Item item;
    // Now and then the creation of what others have named already, or the same thing again.
    if (!promised_.empty() && one_in(2)) {
      item.id = promised_.back();
      promised_.pop_back();
    } else {
      item.id = "x-" + std::to_string(++last_id_);
    }
    const auto known =
        std::find_if(items_.begin(), items_.end(), [&](const Item& i) { return i.id == item.id; });
    if (known != items_.end()) return changed(*known, "changed");
    for (const auto field : {"title", "status", "priority", "issue_type", "created_at", "description"})
      if (!one_in(12)) item.fields[field] = value_for(field, item.id);
    for (const auto field : {"labels", "dependencies", "comments"})
      if (one_in(3)) item.fields[field] = value_for(field, item.id);
    auto out = line("created", item.id);
    out["set"] = item.fields;
    items_.push_back(std::move(item));
    return out;
  }

  // A change, a removal or a restoration of something never created.
  json::object stranger() {
    constexpr std::string_view ops[] = {"changed", "removed", "restored"};
    auto out = line(any_of(ops), "stranger-" + std::to_string(below(3)));
    if (out["op"] != "removed") out["set"] = json::object{{"title", "from nowhere"}};
    return out;
  }

  json::object removed(Item& item) {
    item.gone = true;
    return line("removed", item.id);
  }

  json::object restored(Item& item) {
    item.gone = false;
    return one_in(3) ? line("restored", item.id) : changed(item, "restored");
  }

  json::object changed(Item& item, std::string_view op) {
    json::object set;
    json::array unset;
    for (std::size_t i = 0; i < 1 + below(4); ++i) {
      const auto field = any_field();
      if (set.contains(field)) continue;
      if (one_in(5) && item.fields.contains(field)) {
        item.fields.erase(field);
        unset.emplace_back(field);
        continue;
      }
      item.fields[field] = set[field] = value_for(field, item.id);
    }
    // What was set and then unset in one line stays unset.
    for (const auto& name : unset) set.erase(name.get_string());
    for (const auto& name : unset) item.fields.erase(name.get_string());
    auto out = line(op, item.id);
    if (!set.empty()) out["set"] = std::move(set);
    if (!unset.empty()) out["unset"] = std::move(unset);
    return out;
  }

  std::string any_field() {
    constexpr std::string_view common[] = {
        "title",      "status",       "status",       "priority",          "issue_type",
        "labels",     "dependencies", "dependencies", "comments",          "description",
        "updated_at", "created_at",   "parent",       "estimated_minutes", "acceptance_criteria"};
    return one_in(4) ? any_of(rare_fields) : any_of(common);
  }

  json::value value_for(const std::string& field, const std::string& id) {
    if (field == "title") return title();
    if (field == "status") return json::value(any_of(status_words));
    if (field == "issue_type") return json::value(any_of(type_words));
    if (field == "priority")
      return one_in(20) ? json::value("high") : json::value(static_cast<std::int64_t>(below(6)));
    if (field == "created_at" || field == "updated_at") return time();
    if (field == "estimated_minutes")
      return one_in(5) ? json::value(-5) : json::value(static_cast<std::int64_t>(below(900)));
    if (field == "labels") return labels();
    if (field == "dependencies") return dependencies(id);
    if (field == "comments") return comments(id);
    if (field == "parent") return json::value(some_id(id));
    if (field == "metadata")
      return json::object{{"depth", json::array{1, 2.5, nullptr}}, {"", std::string("n\0l", 3)}};
    if (field == "description" && one_in(40)) return json::value(std::string(70'000, 'd'));
    if (field == "design" && one_in(20)) return json::value(std::string(66'000, 'D'));
    return one_in(30) ? json::value(std::string("a\0b", 3)) : json::value(words(1 + below(30)));
  }

  std::string words(std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += (i ? " " : "") + any_of(title_words);
    return out;
  }

  json::value title() {
    if (one_in(25)) return json::value(" ");
    if (one_in(25)) return json::value(static_cast<std::int64_t>(42));
    return json::value(words(one_in(15) ? 90 : 1 + below(6)));
  }

  // With another zone's offset, so that it can lie after the change that brings it.
  json::value time() {
    auto words = text::format_instant(now_ - std::chrono::hours(below(40)));
    words.replace(words.size() - 1, 1, one_in(6) ? "-11:00" : "+02:00");
    return json::value(one_in(30) ? "some day" : words);
  }

  json::value labels() {
    json::array out;
    for (std::size_t i = below(4); i > 0; --i) out.emplace_back(any_of(label_words));
    return out;
  }

  std::string some_id(const std::string& self) {
    if (one_in(25)) return self;
    if (one_in(10)) return "nowhere-" + std::to_string(below(4));
    if (one_in(8)) {
      promised_.push_back("x-later-" + std::to_string(++last_id_));
      return promised_.back();
    }
    // Mostly among few, so that circles close and edges repeat.
    const auto near = std::min<std::size_t>(items_.size(), 6);
    if (near == 0) return "x-1";
    return items_[one_in(3) ? below(items_.size()) : below(near)].id;
  }

  json::value dependencies(const std::string& id) {
    json::array out;
    for (std::size_t i = below(4); i > 0; --i) {
      json::object edge{{"issue_id", id}, {"depends_on_id", some_id(id)}, {"type", any_of(edge_types)}};
      if (one_in(2)) edge["created_by"] = person();
      if (one_in(30)) edge["issue_id"] = "another";
      if (one_in(40)) edge.erase("depends_on_id");
      out.push_back(std::move(edge));
    }
    return out;
  }

  // Grows or shrinks by one, or has a text edited.
  json::value comments(const std::string& id) {
    auto& list = comments_[id];
    if (!list.empty() && one_in(4))
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(below(list.size())));
    else if (!list.empty() && one_in(4))
      list[below(list.size())].as_object()["text"] = words(3);
    else
      list.push_back({{"id", static_cast<std::int64_t>(list.size())},
                      {"issue_id", id},
                      {"author", person()},
                      {"text", one_in(15) ? std::string(" ") : words(2)},
                      {"created_at", time()}});
    return list;
  }

  std::uint64_t state_;
  text::Instant now_{*text::parse_instant("2025-03-01T08:00:00Z")};
  std::vector<Item> items_;
  std::vector<std::string> promised_;
  std::map<std::string, json::array> comments_;
  std::size_t last_id_ = 0;
};

}  // namespace

std::vector<std::string> generate_log(std::uint64_t seed, std::size_t changes) {
  return Generator(seed).lines(changes);
}

}  // namespace daybook::importer::testing
