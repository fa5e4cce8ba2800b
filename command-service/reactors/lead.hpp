#pragma once
// One process of several does the work of a name: whoever has its lock, over outages of the database. What could not be done
// is left where it is, for this process or another to begin again. `run` on one thread; `standing` from any.
#include <chrono>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>

#include "command-service/reactors/checkpoint.hpp"

namespace daybook::reactors {

inline constexpr std::chrono::milliseconds retry_interval{500};  // after trouble, and between tries to take the lead

struct Standing {
  bool leads = false;
  std::uint64_t retries = 0;
  std::string last_error;  // empty again with the next step that went well
};

class Lead {
 public:
  using Work = std::function<void(Checkpoint&)>;

  Lead(std::string name, std::string database_url, std::chrono::milliseconds retry = retry_interval);

  // Until told to stop: `begin` whenever this process has taken the lead, `step` again and again while it has it.
  void run(const std::stop_token& stop, const Work& begin, const Work& step);
  Standing standing() const;

 private:
  void lead(const std::stop_token& stop, const Work& begin, const Work& step);
  void note(bool leads, const std::string& error);

  const std::string name_, database_url_;
  const std::chrono::milliseconds retry_;
  mutable std::mutex mutex_;
  Standing standing_;
};

}  // namespace daybook::reactors
