#pragma once
// Random requests as values: drawn and made smaller by RapidCheck, handed to another process as a line of numbers, and turned
// into the same request wherever they are. They are about a few issues, labels, people and keys, so that they meet each other.
#include <rapidcheck.h>

#include <iosfwd>

#include "tests/command-service/log/appender/commands.hpp"

namespace daybook::log::test {

struct Word {
  int kind = 0, subject = 0, other = 0;
};
struct Step {
  bool atomic = true;
  int key = -1;  // none
  int body = 0;
  std::vector<Word> words;
};
// What one writer does, one after the other.
using Lane = std::vector<Step>;

rc::Gen<Lane> lanes_about(int subjects, int steps_max);
void showValue(const Step& step, std::ostream& out);

std::ostream& operator<<(std::ostream& out, const Step& step);
std::istream& operator>>(std::istream& in, Step& step);

// Which step of which lane: what it wrote bears it, as its correlation id.
struct StepName {
  int lane = 0, number = 0;
  events::CorrelationId correlation() const;
};
Request request_of(const Place& place, const Step& step, StepName name);

// What the sender heard, in words, but for what is drawn anew or told by a clock.
std::string words(const Outcome& outcome);
// An event but for its clock and its drawn ids.
std::string words(const Envelope& event);

}  // namespace daybook::log::test
