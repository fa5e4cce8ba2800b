#include "compose/daybook/import/record.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <set>

#include "compose/daybook/import/report.hpp"
#include "compose/daybook/import/texts.hpp"
#include "platform/text/unicode.hpp"

namespace daybook::importer {
namespace json = boost::json;
namespace {

struct Word {
  std::string_view theirs;
  std::string_view ours;
};

constexpr Word statuses[] = {{"open", "todo"},
                             {"closed", "done"},
                             {"in_progress", "in_progress"},
                             {"blocked", "blocked"},
                             {"hooked", "in_progress"},
                             {"pinned", "backlog"},
                             {"deferred", "backlog"},
                             {"in-progress", "in_progress"}};
constexpr std::string_view own_statuses[] = {"backlog",        "todo", "draft",  "ready",     "in_review",
                                             "needs_approval", "done", "failed", "cancelled", "archived"};
constexpr std::string_view own_types[] = {"task", "story", "bug", "epic", "feature", "chore"};
constexpr std::array<std::string_view, 5> priorities = {"urgent", "high", "medium", "low", "none"};
// The words that come back as they went; a status told by any other is kept beside it.
constexpr std::string_view plain_statuses[] = {"open", "closed", "in_progress", "blocked"};

// Fields that have a place of their own in an issue; the rest goes among the custom fields.
constexpr std::string_view placed_fields[] = {
    "title",      "description", "acceptance_criteria", "status",   "priority",
    "issue_type", "labels",      "dependencies",        "comments", "parent"};

template <class Word, class Words>
bool among(const Word& word, const Words& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// Reads one record; lives for one reading.
class Reader {
 public:
  Reader(std::string_view id, std::string_view by, const Fields& fields)
      : id_(id), by_(by), fields_(fields) {}

  Reading read() {
    read_title();
    read_words();
    read_priority();
    reading_.description = long_text("description");
    reading_.acceptance_criteria = long_text("acceptance_criteria");
    read_numbers_and_times();
    read_labels();
    read_statements();
    read_comments();
    write_custom_fields();
    return std::move(reading_);
  }

 private:
  void note(std::string_view why, std::string_view field, std::string_view what) {
    reading_.notes.push_back(
        {why, std::string(field), std::string(id_) + (what.empty() ? "" : " ") + std::string(what)});
  }

  std::optional<json::value> value_of(std::string_view field) const {
    const auto found = fields_.find(field);
    if (found == fields_.end() || found->second == "null") return std::nullopt;
    boost::system::error_code trouble;
    auto value = json::parse(found->second, trouble);
    if (trouble) return std::nullopt;
    return value;
  }

  // A text without U+0000; what is no text is written as one.
  std::string text_from(const json::value& value, std::string_view field) {
    if (!value.is_string()) {
      note(reason::not_a_text, field, field);
      return json::serialize(value);
    }
    const std::string_view words(value.get_string().data(), value.get_string().size());
    if (words.find('\0') == words.npos) return std::string(words);
    note(reason::nul_removed, field, field);
    return without_nul(words);
  }

  std::optional<std::string> text_of(std::string_view field) {
    const auto value = value_of(field);
    if (!value) return std::nullopt;
    return text_from(*value, field);
  }

  std::string cut(std::string words, std::string_view field) {
    if (words.size() <= text_bytes_max) return words;
    note(reason::text_cut, field, field);
    return std::string(first_bytes(words, text_bytes_max));
  }

  std::optional<std::string> long_text(std::string_view field) {
    auto words = text_of(field);
    if (words) words = cut(std::move(*words), field);
    return words;
  }

  std::string name_from(const std::string& words, std::string_view field, std::string_view why_line) {
    auto line = on_one_line(words);
    if (line != words) note(why_line, field, "");
    const auto kept = first_characters(line, title_characters_max);
    if (kept.size() != line.size()) note(reason::title_cut, field, kept);
    return std::string(kept);
  }

  void read_title() {
    reading_.title = name_from(text_of("title").value_or(""), "title", reason::title_one_line);
    if (!is_blank(reading_.title)) return;
    note(reason::title_filled, "title", "");
    reading_.title = first_characters(on_one_line(without_nul(id_)), title_characters_max);
    if (is_blank(reading_.title)) reading_.title = "?";
  }

  void read_words() {
    const auto type = text_of("issue_type").value_or("task");
    reading_.type = among(type, own_types) ? type : "task";
    if (reading_.type != type) {
      note(reason::unknown_type, "issue_type", type);
      keep("issue_type", in_quotes(type));
    }
    const auto status = text_of("status").value_or("open");
    if (!among(status, plain_statuses)) keep("status", in_quotes(status));
    reading_.tombstone = status == "tombstone";
    if (reading_.tombstone) return;
    reading_.status = std::string(first_status);
    const auto* known = std::find_if(std::begin(statuses), std::end(statuses),
                                     [&](const Word& word) { return word.theirs == status; });
    if (known != std::end(statuses))
      reading_.status = std::string(known->ours);
    else if (among(status, own_statuses))
      reading_.status = status;
    else
      note(reason::unknown_status, "status", status);
  }

  void read_priority() {
    const auto value = value_of("priority");
    // The tracker writes no zeros in this form: a record that loses its priority has risen to the highest.
    if (!value) note(reason::no_priority, "priority", "");
    const auto number = value ? value->if_int64() : nullptr;
    const auto place = !value ? 0 : number ? *number : -1;
    if (place >= 0 && place < static_cast<std::int64_t>(priorities.size())) {
      reading_.priority = std::string(priorities[static_cast<std::size_t>(place)]);
      return;
    }
    reading_.priority = "medium";
    note(reason::unknown_priority, "priority", json::serialize(*value));
    keep("priority", json::serialize(*value));
  }

  void read_numbers_and_times() {
    if (const auto minutes = value_of("estimated_minutes")) {
      const auto* number = minutes->if_int64();
      if (number && *number >= 0 && *number <= estimated_minutes_max)
        reading_.estimated_minutes = *number;
      else {
        note(reason::estimate_odd, "estimated_minutes", json::serialize(*minutes));
        keep("estimated_minutes", json::serialize(*minutes));
      }
    }
    if (const auto due = value_of("due_at")) {
      if (due->is_string()) reading_.due_at = text::parse_instant(std::string(due->get_string()));
      if (!reading_.due_at) keep("due_at", json::serialize(*due));
    }
    const auto created = value_of("created_at");
    if (created && created->is_string())
      reading_.created_at = text::parse_instant(std::string(created->get_string()));
  }

  void read_labels() {
    const auto value = value_of("labels");
    if (!value) return;
    if (!value->is_array()) return note(reason::label_odd, "labels", json::serialize(*value));
    std::set<std::string> seen;
    for (const auto& entry : value->get_array()) {
      auto name = name_from(text_from(entry, "labels"), "labels", reason::label_odd);
      if (is_blank(name)) {
        note(reason::label_odd, "labels", "(blank)");
        continue;
      }
      auto folded = text::fold_case(name);
      if (!seen.insert(folded).second)
        note(reason::label_twice, "labels", name);
      else if (reading_.labels.size() == labels_max)
        note(reason::labels_many, "labels", name);
      else
        reading_.labels.push_back({std::move(folded), std::move(name)});
    }
  }

  void read_statements() {
    if (const auto parent = text_of("parent"); parent && !parent->empty())
      state(*parent, "parent-child", "parent");
    const auto value = value_of("dependencies");
    if (!value) return finish_statements();
    if (!value->is_array())
      note(reason::edge_odd, "dependencies", json::serialize(*value));
    else
      for (const auto& entry : value->get_array()) read_dependency(entry);
    finish_statements();
  }

  void read_dependency(const json::value& entry) {
    const auto* object = entry.if_object();
    const auto member = [&](std::string_view name) -> std::string {
      const auto* found = object ? object->if_contains(name) : nullptr;
      return found && found->is_string() ? without_nul(std::string(found->get_string())) : std::string();
    };
    const auto target = member("depends_on_id");
    if (target.empty()) return note(reason::edge_odd, "dependencies", json::serialize(entry));
    const auto owner = member("issue_id");
    if (!owner.empty() && owner != id_) note(reason::edge_of_another, "dependencies", owner);
    if (object->contains("created_at") || object->contains("created_by"))
      note(reason::edge_details, "dependencies", target);
    state(target, member("type"), "dependencies");
  }

  void state(const std::string& target, const std::string& type, std::string_view field) {
    if (target == id_) return note(reason::edge_to_itself, field, type);
    auto kind = type == "blocks" ? Statement::Kind::blocked_by : Statement::Kind::related;
    if (type == "parent-child") {
      // The field `parent` and the edge say the same thing; the first of all is the parent.
      if (parent_.empty()) parent_ = target;
      if (parent_ == target)
        kind = Statement::Kind::parent;
      else
        note(reason::second_parent, field, target);
    }
    const Statement statement{kind, target};
    if (among(statement, reading_.statements)) {
      const bool said_by_both = kind == Statement::Kind::parent && fields_.contains("parent");
      if (!said_by_both) note(reason::edge_twice, field, target);
      return;
    }
    if (reading_.statements.size() == statements_max) return note(reason::edges_many, field, target);
    reading_.statements.push_back(statement);
    if (kind == Statement::Kind::related && type != "related") types_[target] = type;
  }

  void finish_statements() {
    if (types_.empty()) return;
    std::string object;
    for (const auto& [target, type] : types_)
      object += (object.empty() ? "{" : ",") + in_quotes(target) + ":" + in_quotes(type);
    keep("type", object + "}");
  }

  void read_comments() {
    const auto value = value_of("comments");
    if (!value) return;
    if (!value->is_array()) return note(reason::comment_odd, "comments", json::serialize(*value));
    json::array rest;
    for (const auto& entry : value->get_array()) {
      if (const auto* object = entry.if_object())
        read_comment(*object, rest);
      else
        note(reason::comment_odd, "comments", json::serialize(entry));
    }
    if (!rest.empty()) keep("comments", json::serialize(rest));
  }

  void read_comment(const json::object& object, json::array& rest) {
    const auto member = [&](std::string_view name) {
      const auto* found = object.if_contains(name);
      return found ? text_from(*found, "comments") : std::string();
    };
    const auto words = cut(member("text"), "comments");
    if (is_blank(words)) return note(reason::comment_odd, "comments", member("author"));
    reading_.comments.push_back({member("author"), member("created_at"), words});
    auto about = object;
    about.erase("text");
    about.erase("issue_id");
    rest.push_back(std::move(about));
  }

  void keep(std::string_view name, std::string value) {
    custom_["beads." + std::string(name)] = std::move(value);
  }

  void write_custom_fields() {
    keep("id", in_quotes(id_));
    if (!by_.empty()) keep("by", in_quotes(by_));
    for (const auto& [name, value] : fields_) {
      if (among(name, placed_fields) || name == "estimated_minutes" || name == "due_at" || value == "null")
        continue;
      // `id`, `by` and `type` have a meaning of our own.
      keep(custom_.contains("beads." + name) ? "set." + name : name, value);
    }
    clean_custom_fields();
    drop_the_largest();
    std::string object;
    for (const auto& [name, value] : custom_)
      object += (object.empty() ? "{" : ",") + in_quotes(name) + ":" + value;
    reading_.custom_fields = object + "}";
  }

  // The value without U+0000, which jsonb cannot hold.
  static json::value cleaned(const json::value& value) {
    if (value.is_string()) return json::value(without_nul(std::string(value.get_string())));
    if (value.is_array()) {
      json::array out;
      for (const auto& entry : value.get_array()) out.push_back(cleaned(entry));
      return out;
    }
    if (!value.is_object()) return value;
    json::object out;
    for (const auto& [name, entry] : value.get_object()) out[without_nul(std::string(name))] = cleaned(entry);
    return out;
  }

  void clean_custom_fields() {
    Fields clean;
    for (auto& [name, value] : custom_) {
      auto kept = value.find("\\u0000") != value.npos ? json::serialize(cleaned(json::parse(value))) : value;
      if (kept != value) note(reason::nul_removed, name.substr(std::string_view("beads.").size()), name);
      clean[without_nul(name)] = std::move(kept);
    }
    custom_ = std::move(clean);
  }

  void drop_the_largest() {
    constexpr std::size_t around = 8;  // quotes, colon, comma, braces and room
    const auto size = [](const auto& field) {
      return in_quotes(field.first).size() + field.second.size() + around;
    };
    std::size_t total = 0;
    for (const auto& field : custom_) total += size(field);
    while (total > custom_fields_bytes_max) {
      const auto largest = std::max_element(custom_.begin(), custom_.end(),
                                            [&](const auto& a, const auto& b) { return size(a) < size(b); });
      note(reason::custom_dropped, "", largest->first);
      total -= size(*largest);
      custom_.erase(largest);
    }
  }

  std::string_view id_;
  std::string_view by_;
  const Fields& fields_;
  Reading reading_;
  std::string parent_;
  Fields types_;
  Fields custom_;
};

}  // namespace

Reading read_record(std::string_view id, std::string_view by, const Fields& fields) {
  return Reader(id, by, fields).read();
}

}  // namespace daybook::importer
