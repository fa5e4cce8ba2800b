# Headers that nearly every source includes, parsed once: they were 29 to 59 % of what a compilation took. Every library
# and program uses the first list, every test program the second, or the third where it reads JSON with Boost: what a header
# leaves to be instantiated is compiled by whoever precompiled it, used or not, and Boost's was 0.2 to 0.3 s of every test.
#
# They save time and nothing else. A source still includes what it uses, and builds with
# -D CMAKE_DISABLE_PRECOMPILE_HEADERS=ON. Only what nobody here edits stands in them, for a change compiles everything
# again; names in angle brackets alone, so that ccache finds the same text in every folder.
set(DAYBOOK_PRECOMPILED_HEADERS
  <algorithm> <array> <atomic> <charconv> <chrono> <compare> <condition_variable> <cstddef> <cstdint> <cstring> <deque>
  <filesystem> <functional> <limits> <list> <map> <memory> <mutex> <optional> <set> <span> <sstream> <stdexcept> <string>
  <string_view> <thread> <type_traits> <typeinfo> <unordered_map> <utility> <variant> <vector>
  <boost/describe/class.hpp> <boost/describe/enum.hpp> <boost/describe/enumerators.hpp> <boost/describe/members.hpp>
  <boost/mp11/algorithm.hpp> <boost/mp11/list.hpp>)
set(DAYBOOK_PRECOMPILED_TEST_HEADERS ${DAYBOOK_PRECOMPILED_HEADERS} <fstream> <iostream> <gtest/gtest.h>)
set(DAYBOOK_PRECOMPILED_JSON_TEST_HEADERS ${DAYBOOK_PRECOMPILED_TEST_HEADERS} <boost/json.hpp>)

# A target of which others reuse what it precompiled. They need its compiler flags; a macro that one of these headers looks
# at and the two see differently makes GCC say so (-Winvalid-pch) and parse the text instead.
function(daybook_precompile name)
  cmake_parse_arguments(ARG "" "" "HEADERS;DEPS" ${ARGN})
  set(source ${PROJECT_BINARY_DIR}/${name}.cpp)
  file(GENERATE OUTPUT ${source} CONTENT "// Precompiles headers for others.\n")
  add_library(${name} OBJECT ${source})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

daybook_precompile(daybook_precompiled HEADERS ${DAYBOOK_PRECOMPILED_HEADERS} DEPS Boost::headers)
if(DAYBOOK_TESTS)
  daybook_precompile(daybook_precompiled_tests HEADERS ${DAYBOOK_PRECOMPILED_TEST_HEADERS} DEPS Boost::json GTest::gtest)
  daybook_precompile(daybook_precompiled_json_tests HEADERS ${DAYBOOK_PRECOMPILED_JSON_TEST_HEADERS} DEPS Boost::json GTest::gtest)
endif()
