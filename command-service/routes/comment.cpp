// Commands about a comment.
#include "command-service/domain/comment/comment.hpp"

#include "command-service/domain/agent/work.hpp"
#include "command-service/routes/declare.hpp"
#include "command-service/routes/registry.hpp"

namespace daybook::routes {

std::vector<Command> comment_commands() {
  using namespace domain::comment;
  using domain::Comment;
  const auto the_comment = by_id<events::CommentId>("comment");
  auto view = fields_of<State, events::comment::Fields>();
  view.collection = "/comments";
  return {
      creates<Comment, Post>({"POST /issues/{issue}/comments"}, view),
      changes<Comment, Edit>(the_comment, {"PATCH /comments/{comment}"}, view),
      removes<Comment, Delete>(the_comment, {"DELETE /comments/{comment}"}, view),
      changes<Comment, Restore>(the_comment, {"POST /comments/{comment}/restore"}, view),
      changes<Comment, React>(the_comment, {"POST /comments/{comment}/reactions"}, view),
      removes<Comment, WithdrawReaction>(the_comment, {"DELETE /comments/{comment}/reactions/{emoji}"}, view),
  };
}

}  // namespace daybook::routes
