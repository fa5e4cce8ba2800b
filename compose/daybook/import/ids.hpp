#pragma once

#include <string_view>

#include "platform/text/uuid.hpp"

namespace daybook::importer {

/// An identifier of version 5 (RFC 9562 §5.5): the same space and name always give the same one, so that an
/// import that runs again speaks of the same things without having kept anything.
[[nodiscard]] text::Uuid uuid_v5(const text::Uuid& space, std::string_view name);

/// The issue that a record became.
[[nodiscard]] text::Uuid issue_id(const text::Uuid& workspace, std::string_view record);
/// The label of a case-folded name.
[[nodiscard]] text::Uuid label_id(const text::Uuid& workspace, std::string_view folded_name);

}  // namespace daybook::importer
