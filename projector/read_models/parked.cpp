#include "projector/read_models/parked.hpp"

namespace daybook::projector {

template <>
const Table& table_of<ParkedRow>() {
  static const auto t = without_versions(table<ParkedRow>(15, "parked", {}, {}));
  return t;
}

ReadModel parked() { return {{&table_of<ParkedRow>()}}; }

}  // namespace daybook::projector
