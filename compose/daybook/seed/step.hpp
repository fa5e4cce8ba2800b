#pragma once
// One command of the story that is told: who gave it, when, about what. The list of steps follows from seed, scale and day alone.
#include <string>

#include "platform/text/instant.hpp"
#include "platform/text/uuid.hpp"

namespace daybook::seed {

// Whoever gives a command: the program itself, a person, an agent.
struct Actor {
  enum class Kind { program, person, agent };
  Kind kind = Kind::program;
  text::Uuid id{};
  bool operator==(const Actor&) const = default;
};

struct Step {
  Actor by;
  text::Uuid workspace{};  // in which it happens; nil: in none
  std::string type;        // issue.open
  text::Uuid id{};         // of the new thing, else of the one it is about; nil: it finds that itself
  text::Instant at{};
  std::string data = "{}";  // as the API takes it
  bool operator==(const Step&) const = default;
};

// Takes the steps in the order in which they are to stand in the log.
class StepSink {
 public:
  virtual ~StepSink() = default;
  virtual void take(Step step) = 0;
};

}  // namespace daybook::seed
