#pragma once
// Makes of a step what the appender carries out: the command that the API would make of it, decided by the domain for whoever gives it,
// at the time it is told of. It asks for no session and no right to say when something occurred: whoever runs it has the log's keys.
// Whatever the domain draws at random elsewhere follows from the step here. Steps are made on one thread and run on the appender's.
#include "command-service/log/appender.hpp"
#include "compose/daybook/seed/chance.hpp"
#include "compose/daybook/seed/step.hpp"

namespace daybook::seed {

class Teller {
 public:
  // Everybody signs in with the password of this hash.
  Teller(std::uint64_t seed, std::string password_hash);
  Teller(const Teller&) = delete;
  Teller& operator=(const Teller&) = delete;

  // `number`: of the step in the whole story, from 1. Throws std::logic_error for what is no command.
  log::Item item(const Step& step, std::int64_t number);
  // For the appender: the events of a step have ids that follow from it, however often it runs.
  events::EventId next_event_id();
  // Whose name the whole is brought in under.
  log::Caller importer() const;

 private:
  log::Caller caller(const Step& step) const;
  log::Execute execution(const Step& step, std::int64_t number);

  const std::uint64_t seed_;
  const std::string password_hash_;
  std::int64_t running_ = 0, events_ = 0;  // the appender's thread alone
};

}  // namespace daybook::seed
