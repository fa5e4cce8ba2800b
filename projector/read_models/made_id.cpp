#include "projector/read_models/made_id.hpp"

#include "platform/crypto/named_uuid.hpp"

namespace daybook::projector {

events::EntityId made_id(std::string_view words) { return events::EntityId{crypto::named_uuid({words})}; }

}  // namespace daybook::projector
