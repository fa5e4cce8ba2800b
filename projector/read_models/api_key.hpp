#pragma once
// API keys. Their digests stay sealed in the log.
#include "events/api_key/state.hpp"
#include "projector/read_models/read_model.hpp"

namespace daybook::projector {

using ApiKeyRow = events::api_key::Fields;
template <> const Table& table_of<ApiKeyRow>();
ReadModel api_keys();

}  // namespace daybook::projector
