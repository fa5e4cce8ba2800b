#pragma once

#include <initializer_list>
#include <string_view>

#include "platform/text/uuid.hpp"

namespace daybook::crypto {

/// The identifier that follows from the parts one after another: the same ones always give the same, others another. Of version
/// 8 (RFC 9562 §5.8), made from their SHA-256. Nothing separates the parts, so the caller makes them unambiguous.
[[nodiscard]] text::Uuid named_uuid(std::initializer_list<std::string_view> parts);

}  // namespace daybook::crypto
