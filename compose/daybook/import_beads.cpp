#include "compose/daybook/import/importer.hpp"
#include "compose/daybook/tools.hpp"

namespace daybook::app {

int import_beads(const BeadsOptions& options) {
  return importer::import_command({options.file, options.url, options.token, options.workspace, options.run});
}

}  // namespace daybook::app
