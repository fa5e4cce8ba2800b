// A command that nobody decides, and a command for another aggregate: neither finds an overload by
// conversion.
#include "command-service/domain/comment/comment.hpp"
#include "command-service/domain/issue/issue.hpp"

namespace daybook::domain {
auto ask(const issue::State& state, const CommandContext& context, const Facts& facts) {
#ifdef BROKEN
  return decide(state, comment::Delete{}, context, facts);
#else
  return decide(state, issue::Delete{}, context, facts);
#endif
}
}  // namespace daybook::domain
