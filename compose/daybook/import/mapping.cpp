#include "compose/daybook/import/mapping.hpp"

#include <algorithm>
#include <utility>

#include "compose/daybook/import/ids.hpp"
#include "compose/daybook/import/texts.hpp"

namespace daybook::importer {
namespace {

/// Collects the members of a command's data.
class Data {
 public:
  Data& json(std::string_view name, std::string_view value) {
    text_ += text_.empty() ? "{" : ",";
    text_ += in_quotes(name);
    text_ += ':';
    text_ += value;
    return *this;
  }
  Data& words(std::string_view name, std::string_view value) { return json(name, in_quotes(value)); }
  Data& words(std::string_view name, const std::optional<std::string>& value) {
    return value ? words(name, std::string_view(*value)) : json(name, "null");
  }
  Data& number(std::string_view name, const std::optional<std::int64_t>& value) {
    return json(name, value ? std::to_string(*value) : "null");
  }
  Data& time(std::string_view name, const std::optional<text::Instant>& value) {
    return value ? words(name, std::string_view(text::format_instant(*value))) : json(name, "null");
  }
  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] std::string text() const { return empty() ? "{}" : text_ + "}"; }

 private:
  std::string text_;
};

bool is_gone(bool removed, const Reading& reading) { return removed || reading.tombstone; }

text::Instant no_later(const std::optional<text::Instant>& instant, text::Instant limit) {
  return instant ? std::min(*instant, limit) : limit;
}

std::string_view word_of(Statement::Kind kind) {
  return kind == Statement::Kind::blocked_by ? "blocked_by" : "related";
}

}  // namespace

Mapping::Mapping(Target target, CommandSink& sink, Report& report)
    : target_(std::move(target)),
      sink_(sink),
      report_(report),
      edges_(
          [this](const std::string& id) {
            const auto known = known_.find(id);
            return known != known_.end() && !known->second.deleted;
          },
          report) {}

void Mapping::add(const Change& change) {
  if (group_ && *group_ != change.at) end_group();
  group_ = change.at;
  report_.came_in(name_of(change.op));
  apply(change);
}

void Mapping::finish() {
  if (group_) end_group();
  edges_.finish([this](const std::string& id) { return known_.contains(id); });
}

void Mapping::apply(const Change& change) {
  const auto found = known_.find(change.id);
  if (found != known_.end()) {
    if (change.op == Operation::created) report_.left_out(reason::created_again, change.line, change.id);
    return update(found->second, change);
  }
  if (change.op == Operation::removed)
    return report_.left_out(reason::removed_unknown, change.line, change.id);
  if (change.op != Operation::created) report_.left_out(reason::never_created, change.line, change.id);
  auto& known = known_[change.id];
  known.fields = change.set;
  known.by = change.by;
  known.reading = read_record(change.id, change.by, known.fields);
  known.status = known.reading.status.value_or(std::string(first_status));
  report_notes(change, known.reading, true);
  // Nothing was stated before, so nothing can go.
  (void)edges_.state(change.id, known.reading.statements, change.line);
  emit(within_life(change, change.id, known, opening(change, known)));
  if (!known.deleted) edges_.arrived(change.id);
}

void Mapping::update(Known& known, const Change& change) {
  if (change.op == Operation::created) known.fields.clear();
  for (const auto& [name, value] : change.set) known.fields[name] = value;
  for (const auto& name : change.unset) known.fields.erase(name);
  known.removed = change.op == Operation::removed;
  if (!known.removed) known.by = change.by;
  const auto before = std::exchange(known.reading, read_record(change.id, known.by, known.fields));
  const auto status_before = known.status;
  known.status = known.reading.status.value_or(known.status);
  report_notes(change, known.reading, change.op == Operation::created);

  const auto gone = edges_.state(change.id, known.reading.statements, change.line);
  const bool parent_goes =
      std::any_of(gone.begin(), gone.end(), [](const Edge& e) { return e.kind == Statement::Kind::parent; });
  Item inner;
  if (auto patch = edit(change, known, before, status_before, parent_goes))
    inner.push_back(std::move(*patch));
  change_labels(change, before.labels, known.reading.labels, inner);
  change_comments(change, known, inner);
  for (const auto& edge : gone) {
    if (edge.kind == Statement::Kind::parent) continue;
    const auto id = dependency_ids_.extract(edge).mapped();
    auto removal = command(change, "issue.remove_dependency", issue(edge.from),
                           Data().words("dependency_id", std::string_view(id.text())).text());
    if (edge.from == change.id)
      inner.push_back(std::move(removal));
    else
      emit(within_life(change, edge.from, known_.at(edge.from), {std::move(removal)}));
  }
  auto item = within_life(change, change.id, known, std::move(inner));
  const bool says_nothing = item.empty() && before.statements == known.reading.statements;
  if (says_nothing) {
    const auto why = known.removed ? reason::removed_twice : reason::nothing_changed;
    report_.left_out(why, change.line, std::string(name_of(change.op)) + " " + change.id);
  }
  emit(std::move(item));
}

void Mapping::report_notes(const Change& change, const Reading& reading, bool all) {
  for (const auto& note : reading.notes) {
    const bool touched =
        change.set.contains(note.field) ||
        std::find(change.unset.begin(), change.unset.end(), note.field) != change.unset.end();
    if (all || touched || note.field.empty()) report_.left_out(note.reason, change.line, note.what);
  }
}

Item Mapping::opening(const Change& change, Known& known) {
  const auto& reading = known.reading;
  Data data;
  data.words("title", std::string_view(reading.title)).words("type", std::string_view(reading.type));
  data.words("status", std::string_view(known.status)).words("priority", std::string_view(reading.priority));
  if (reading.description) data.words("description", reading.description);
  if (reading.acceptance_criteria) data.words("acceptance_criteria", reading.acceptance_criteria);
  if (reading.estimated_minutes) data.number("estimated_minutes", reading.estimated_minutes);
  if (reading.due_at) data.time("due_at", reading.due_at);
  data.json("custom_fields", reading.custom_fields);
  auto open = command(change, "issue.open", issue(change.id), data.text());
  open.occurred_at = no_later(reading.created_at, change.at);
  if (reading.created_at && *reading.created_at > change.at)
    report_.left_out(reason::born_later, change.line, change.id);
  Item item{std::move(open)};
  change_labels(change, {}, reading.labels, item);
  change_comments(change, known, item);
  return item;
}

std::optional<Command> Mapping::edit(const Change& change, const Known& known, const Reading& before,
                                     const std::string& status_before, bool parent_goes) {
  const auto& after = known.reading;
  Data data;
  int events = 0;
  if (after.title != before.title) data.words("title", std::string_view(after.title));
  if (after.type != before.type) data.words("type", std::string_view(after.type));
  if (after.description != before.description) data.words("description", after.description);
  if (after.acceptance_criteria != before.acceptance_criteria)
    data.words("acceptance_criteria", after.acceptance_criteria);
  if (after.custom_fields != before.custom_fields) data.json("custom_fields", after.custom_fields);
  if (!data.empty()) ++events;
  if (known.status != status_before) ++events, data.words("status", std::string_view(known.status));
  if (after.priority != before.priority) ++events, data.words("priority", std::string_view(after.priority));
  if (after.estimated_minutes != before.estimated_minutes)
    ++events, data.number("estimated_minutes", after.estimated_minutes);
  if (after.due_at != before.due_at) ++events, data.time("due_at", after.due_at);
  if (parent_goes) ++events, data.json("parent_id", "null");
  if (data.empty()) return std::nullopt;
  auto patch = command(change, "issue.change", issue(change.id), data.text());
  patch.events_max = events;
  return patch;
}

void Mapping::change_labels(const Change& change, const std::vector<LabelName>& before,
                            const std::vector<LabelName>& after, Item& item) {
  const auto has = [](const std::vector<LabelName>& labels, const std::string& folded) {
    return std::any_of(labels.begin(), labels.end(),
                       [&](const auto& label) { return label.folded == folded; });
  };
  for (const auto& label : before) {
    if (has(after, label.folded)) continue;
    const auto id = target_.labels.at(label.folded);
    item.push_back(command(change, "issue.detach_label", issue(change.id),
                           Data().words("label_id", std::string_view(id.text())).text()));
  }
  for (const auto& label : after) {
    if (has(before, label.folded)) continue;
    const auto id = label_for(change, label, item);
    const auto link = derived("link", change.id + "/" + label.folded + "/" + std::to_string(change.line));
    Data data;
    data.words("id", std::string_view(link.text())).words("label_id", std::string_view(id.text()));
    item.push_back(command(change, "issue.attach_label", issue(change.id), data.text()));
  }
}

text::Uuid Mapping::label_for(const Change& change, const LabelName& label, Item& item) {
  if (const auto known = target_.labels.find(label.folded); known != target_.labels.end())
    return known->second;
  const auto id = label_id(target_.workspace, label.folded);
  target_.labels[label.folded] = id;
  item.push_back(
      command(change, "label.define", id, Data().words("name", std::string_view(label.name)).text()));
  return id;
}

void Mapping::change_comments(const Change& change, Known& known, Item& item) {
  auto standing = std::exchange(known.comments, {});
  std::vector<std::pair<std::size_t, CommentText>> fresh;
  const auto& comments = known.reading.comments;
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const auto same = std::find_if(standing.begin(), standing.end(),
                                   [&](const auto& c) { return c.comment == comments[i]; });
    if (same == standing.end()) {
      fresh.emplace_back(i, comments[i]);
      continue;
    }
    known.comments.push_back(std::move(*same));
    standing.erase(same);
  }
  for (const auto& comment : standing) item.push_back(command(change, "comment.delete", comment.id));
  for (auto& [place, comment] : fresh) {
    const auto id =
        derived("comment", change.id + "/" + std::to_string(change.line) + "/" + std::to_string(place));
    Data data;
    data.words("issue_id", std::string_view(issue(change.id).text()))
        .words("content", std::string_view(comment.text));
    auto post = command(change, "comment.post", id, data.text());
    post.occurred_at = no_later(text::parse_instant(comment.created_at), change.at);
    item.push_back(std::move(post));
    known.comments.push_back({std::move(comment), id});
  }
}

Item Mapping::within_life(const Change& change, const std::string& record, Known& known, Item inner) {
  const auto id = issue(record);
  const bool gone = is_gone(known.removed, known.reading);
  const bool was_deleted = std::exchange(known.deleted, gone);
  if (gone && was_deleted && inner.empty()) return inner;
  if (was_deleted) inner.insert(inner.begin(), command(change, "issue.restore", id));
  if (gone) inner.push_back(command(change, "issue.delete", id));
  if (was_deleted && !gone) edges_.arrived(record);
  return inner;
}

void Mapping::emit(Item item) {
  if (item.empty()) return;
  for (const auto& command : item) report_.mapped(command.type);
  sink_.item(std::move(item));
}

void Mapping::end_group() {
  for (const auto& join : edges_.settle()) {
    Command made;
    made.id = issue(join.edge.from);
    made.occurred_at = *group_;
    made.line = join.line;
    const auto other = issue(join.edge.to).text();
    if (join.edge.kind == Statement::Kind::parent) {
      made.type = "issue.change";
      made.data = Data().words("parent_id", std::string_view(other)).text();
    } else {
      const auto id = derived("dependency", join.edge.from + "/" + std::string(word_of(join.edge.kind)) +
                                                "/" + join.edge.to + "/" + std::to_string(join.line));
      dependency_ids_[join.edge] = id;
      made.type = "issue.add_dependency";
      made.data = Data()
                      .words("id", std::string_view(id.text()))
                      .words("depends_on_id", std::string_view(other))
                      .words("dependency_type", word_of(join.edge.kind))
                      .text();
    }
    emit({std::move(made)});
  }
  sink_.end_of_group();
}

Command Mapping::command(const Change& change, std::string_view type, const text::Uuid& id,
                         std::string data) const {
  Command made;
  made.type = type;
  made.id = id;
  made.occurred_at = change.at;
  made.data = std::move(data);
  made.line = change.line;
  return made;
}

text::Uuid Mapping::issue(const std::string& record) const { return issue_id(target_.workspace, record); }

text::Uuid Mapping::derived(std::string_view kind, const std::string& name) const {
  return uuid_v5(target_.workspace, "beads/" + std::string(kind) + "/" + name);
}

}  // namespace daybook::importer
