#include "tests/command-service/log/appender/model_steps.hpp"

#include <iostream>

namespace daybook::log::test {
namespace {

constexpr int kinds = 8, names = 8, people = 10, keys = 24, bodies = 3;
constexpr int words_max = 4;

text::Uuid numbered(int what, int first, int second) {
  text::Uuid id{};
  id.bytes[0] = static_cast<std::uint8_t>(what);
  id.bytes[6] = 0x70;  // a version 7 UUID, as every id here
  id.bytes[8] = 0x80;
  id.bytes[13] = static_cast<std::uint8_t>(first);
  id.bytes[14] = static_cast<std::uint8_t>(second >> 8);
  id.bytes[15] = static_cast<std::uint8_t>(second);
  return id;
}

events::IssueId issue(int subject) { return events::IssueId{numbered(1, 0, subject)}; }

Execute command_of(const Place& place, const Word& word) {
  switch (word.kind) {
    case 0:
    case 1: return open_issue(place, issue(word.subject), "Issue " + std::to_string(word.other % names));
    case 2:
    case 3: return rename_issue(place, issue(word.subject), "Issue " + std::to_string(word.other % names));
    case 4: return define_label(place, "label " + std::to_string(word.other));
    case 5: return block(place, issue(word.subject), issue(word.other));
    case 6: return register_user(events::UserId{numbered(2, 0, word.other % people)}, "user" + std::to_string(word.other % people));
    default: return refuse();
  }
}

rc::Gen<Word> word_about(int subjects) {
  return rc::gen::build<Word>(rc::gen::set(&Word::kind, rc::gen::inRange(0, kinds)),
                              rc::gen::set(&Word::subject, rc::gen::inRange(0, subjects)),
                              rc::gen::set(&Word::other, rc::gen::inRange(0, std::max(subjects, names))));
}

rc::Gen<Step> step_about(int subjects) {
  const auto some_words = rc::gen::resize(words_max, rc::gen::nonEmpty(rc::gen::container<std::vector<Word>>(word_about(subjects))));
  return rc::gen::build<Step>(rc::gen::set(&Step::atomic, rc::gen::arbitrary<bool>()),
                              rc::gen::set(&Step::key, rc::gen::weightedOneOf<int>({{2, rc::gen::just(-1)}, {1, rc::gen::inRange(0, keys)}})),
                              rc::gen::set(&Step::body, rc::gen::weightedOneOf<int>({{3, rc::gen::just(0)}, {1, rc::gen::inRange(0, bodies)}})),
                              rc::gen::set(&Step::words, some_words));
}

}  // namespace

rc::Gen<Lane> lanes_about(int subjects, int steps_max) {
  return rc::gen::resize(steps_max, rc::gen::nonEmpty(rc::gen::container<Lane>(step_about(subjects))));
}

void showValue(const Step& step, std::ostream& out) { out << step; }

std::ostream& operator<<(std::ostream& out, const Step& step) {
  out << step.atomic << ' ' << step.key << ' ' << step.body << ' ' << step.words.size();
  for (const auto& word : step.words) out << ' ' << word.kind << ' ' << word.subject << ' ' << word.other;
  return out;
}

std::istream& operator>>(std::istream& in, Step& step) {
  std::size_t count = 0;
  in >> step.atomic >> step.key >> step.body >> count;
  step.words.resize(count);
  for (auto& word : step.words) in >> word.kind >> word.subject >> word.other;
  return in;
}

events::CorrelationId StepName::correlation() const { return events::CorrelationId{numbered(3, lane, number)}; }

Request request_of(const Place& place, const Step& step, StepName name) {
  std::vector<Execute> executes;
  for (const auto& word : step.words) executes.push_back(command_of(place, word));
  auto request = many(std::move(executes), step.atomic);
  request.caller.correlation_id = name.correlation();
  return step.key < 0 ? request : with_key(std::move(request), std::to_string(step.key), std::to_string(step.body));
}

std::string words(const Outcome& outcome) {
  std::string all = "at " + std::to_string(outcome.position.value) + (outcome.replayed ? " replayed" : "");
  if (outcome.failed) all += " failed " + *outcome.failed;
  if (outcome.refused) all += " refused " + outcome.refused->code;
  if (outcome.refused_item) all += " for item " + std::to_string(*outcome.refused_item);
  for (const auto& item : outcome.items)
    all += item ? " " + item->entity.text() + " v" + std::to_string(item->version.value) + " " + std::to_string(item->status)
                : " " + item.error().code;
  return all;
}

std::string words(const Envelope& event) {
  return std::to_string(event.position.value) + " " + event.stream_id.text() + " v" +
         std::to_string(event.stream_version.value) + " " + event.type + (event.personal ? " sealed" : "") + " for " +
         event.correlation_id.text();
}

}  // namespace daybook::log::test
