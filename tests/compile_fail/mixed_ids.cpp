// An id of one kind where another is meant.
#include "events/core/id.hpp"

namespace daybook::events {
void close(IssueId issue);
void test(IssueId issue, [[maybe_unused]] ProjectId project) {
#ifdef BROKEN
  close(project);
#else
  close(issue);
#endif
}
}  // namespace daybook::events
