#pragma once
// Lists in parameters, `a,b,c`, and strings that outlive every route.
#include <string>
#include <string_view>
#include <vector>

namespace daybook::query {

// "a,b" → a, b; an empty text is one empty part.
std::vector<std::string_view> split(std::string_view list, char separator = ',');

// Declarations of routes hold views; what is composed for them lives here until the process ends. Called while routes are
// made, from one thread.
std::string_view keep(std::string text);

}  // namespace daybook::query
