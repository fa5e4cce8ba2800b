#pragma once
// The parts of the platform model, for the file that puts them in order.
#include "compose/daybook/import/models/run.hpp"

namespace daybook::importer::models::platform {

// Issues, comments, the labels of issues, dependencies.
void bring_work(Source& source, Sink& sink);

}  // namespace daybook::importer::models::platform
