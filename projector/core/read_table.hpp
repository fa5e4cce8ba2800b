#pragma once
// The PostgreSQL side of a read model, generated from its row type: DDL, whole-row upserts, deletes.
#include "platform/postgres/connection.hpp"
#include "projector/core/generations.hpp"
#include "projector/core/state_store.hpp"

namespace daybook::projector {

// Where the checkpoint's growth is announced, for services in other processes.
std::string checkpoint_channel(int generation);

// Creates the generation's schema with every read table, `people` and the checkpoint, if it is not there.
void create_generation(pg::Connection& connection, int generation);
// The indexes beyond the primary keys, where they are not there yet.
void create_indexes(pg::Connection& connection, int generation);
void drop_generation(pg::Connection& connection, int generation);

// Which of the changed rows the read tables had before: what the changes say, or, where the tables were ahead, maybe any.
enum class Before { known, unknown };

// Brings the changed rows of a batch into the read tables; inside the caller's transaction.
void write_changes(pg::Connection& connection, int generation, const Changes& changes, Before before = Before::known);

}  // namespace daybook::projector
