#pragma once
// The PraisonAI Platform's API below /compat/platform, for its client and whoever speaks as it does. A client in front of Daybook's own
// API: every call becomes requests of that, in the name and with the token of whoever called, so that what is permitted, limited,
// logged and counted is so there. Reads go to queries alone and everything else to commands alone, so it serves in either service.
// Made once by the composition root; handles requests from any thread.
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "events/core/id.hpp"
#include "platform/http/router.hpp"
#include "schemas/api/access_token.hpp"
#include "schemas/api/api.hpp"

namespace daybook::compat {

inline constexpr std::string_view base = "/compat/platform";
inline constexpr std::chrono::hours token_lifetime{24 * 30};   // nobody refreshes it; it ends before with its session

struct Tools {
  const api::Api* api{};
  std::shared_ptr<const api::AccessTokens> tokens;
  // Where the log ends at this moment; nothing where it cannot be reached. Calls back once, from any thread.
  std::function<void(std::function<void(std::optional<events::Position>)>)> log_end;
  // The issues that lie in a project, at most so many; nothing where the log cannot be reached. Of the command service alone.
  using Issues = std::optional<std::vector<events::IssueId>>;
  std::function<void(events::ProjectId, std::size_t max, std::function<void(Issues)>)> issues_in;
};

class Gateway {
 public:
  explicit Gateway(Tools tools);

  // Whether the request is for it.
  static bool takes(const http::Request& request);
  void handle(http::Request request, http::Respond respond) const;

 private:
  std::shared_ptr<const Tools> tools_;
  http::Router router_;
};

}  // namespace daybook::compat
