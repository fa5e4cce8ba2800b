#pragma once
// Batches as settling would make them, for tests of what stands below it.
#include "command-service/log/store.hpp"

namespace daybook::log::test {

text::Uuid new_uuid();
StreamId new_stream();

// An issue's event with every field filled, not placed in the log yet.
Envelope some_event(StreamId stream, std::int64_t version,
                    std::string data = R"({"title":"Grüße, \"Ada\"\\ \u0001"})");

// Places the events after the head and computes leaves and the new head.
BatchWrite batch_after(const LogIdentity& log, const Head& head, std::vector<Envelope> events);

// Opens a batch, appends the events and commits.
BatchWrite append(Store& store, std::vector<Envelope> events);
// So many events, each the first of a stream of its own.
std::vector<Envelope> births(int count);

inline constexpr std::size_t page_events_max = 1000;
inline constexpr std::size_t page_bytes_max = 64 << 20;
std::vector<Envelope> all_events(Store& store);

}  // namespace daybook::log::test
