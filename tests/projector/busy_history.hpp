#pragma once
// The parts of the busy history; private to it.
#include "tests/projector/history.hpp"

namespace daybook::projector::test::busy {

using namespace events;

inline UserId person(int n) { return id_of<UserId>(n); }
inline WorkspaceId space(int w) { return id_of<WorkspaceId>(0x10000 * w); }
template <class IdType>
IdType in(int w, int kind, int n) {
  return id_of<IdType>(0x10000 * w + 0x1000 * kind + n);
}

// What a workspace has beside its issues (busy_records.cpp).
void refuse_and_export(History& history, int w);
void bill(History& history, int w);
void plan_sprints(History& history, int w);
void invite(History& history, int w);
void issue_keys(History& history, int w);
void run_things(History& history, int w);
void set_up_records(History& history, int w);
void write_documents(History& history, int w);
void publish_skills(History& history, int w);
void publish_templates(History& history, int w);
void define_workflows(History& history, int w);
void publish_blueprints(History& history, int w);

}  // namespace daybook::projector::test::busy
