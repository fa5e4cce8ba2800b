#pragma once
// The facts as one caller may know them: a project that is restricted to others is not there, nor is what belongs alone to somebody
// who is deleted, and so nothing that lies in either is. Every rule asks these, so that a reference to such a thing is refused as one to a thing that never was; the frame asks
// them about what a command is about (routes/command.cpp). Lives for one command.
#include "command-service/domain/core/context.hpp"

namespace daybook::domain {

class SeenFacts final : public Facts {
 public:
  SeenFacts(const Facts& all, const CommandContext& context) : all_(all), context_(context) {}

  std::optional<StreamId> claimed(std::string_view scope, std::string_view key) const override { return all_.claimed(scope, key); }
  std::optional<StreamId> claimed_personal(std::string_view scope, std::string_view text) const override {
    return all_.claimed_personal(scope, text);
  }
  std::vector<HeldBy> held_beside(std::string_view scope, std::string_view prefix, std::string_view key, Side side,
                                  std::size_t most) const override {
    return all_.held_beside(scope, prefix, key, side, most);
  }
  std::optional<Reference> reference(StreamId stream) const override;
  std::int64_t counter(std::string_view scope, StreamId key) const override { return all_.counter(scope, key); }
  bool reaches(std::string_view kind, text::Uuid from, text::Uuid to) const override { return all_.reaches(kind, from, to); }
  const void* folded(const AggregateOps& aggregate, StreamId stream) const override { return all_.folded(aggregate, stream); }

 private:
  bool is_let_in(StreamId project) const;
  bool is_gone(StreamId owner) const;

  const Facts& all_;
  const CommandContext& context_;
};

// What is claimed for each who is let into a project: its members always, its owner while it is private.
std::string key_of_person(StreamId project, events::UserId user);

}  // namespace daybook::domain
