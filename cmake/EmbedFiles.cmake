# Compiles files into a program, so that an installed binary needs no source tree:
#   daybook_embed_files(sources FUNCTION daybook::log::migration_files FILES a.sql b.sql)
# puts the name of a generated .cpp into `sources`. It defines, in the order of FILES,
#   const std::vector<std::pair<std::string_view, std::string_view>>& migration_files();   // file name, text
# which the including code declares. The step runs again when a file changes.
set(DAYBOOK_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(daybook_embed_files result)
  cmake_parse_arguments(ARG "" "FUNCTION" "FILES" ${ARGN})
  string(MAKE_C_IDENTIFIER ${ARG_FUNCTION} file_name)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${file_name}.cpp)
  string(REPLACE ";" "|" files "${ARG_FILES}")
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D FUNCTION=${ARG_FUNCTION} -D "FILES=${files}" -D OUTPUT=${output} -P ${DAYBOOK_EMBED_SCRIPT}
    DEPENDS ${ARG_FILES} ${DAYBOOK_EMBED_SCRIPT}
    COMMENT "Embedding files as ${ARG_FUNCTION}" VERBATIM)
  set(${result} ${output} PARENT_SCOPE)
endfunction()

# Run as a script: writes the .cpp. Texts become raw string literals, whose end mark must not stand in a file.
if(CMAKE_SCRIPT_MODE_FILE AND DEFINED OUTPUT)
  string(REGEX MATCH "^(.*)::([^:]+)$" _ ${FUNCTION})
  set(name_space ${CMAKE_MATCH_1})
  set(function_name ${CMAKE_MATCH_2})
  set(code "#include <string_view>\n#include <utility>\n#include <vector>\n\nnamespace ${name_space} {\n\n")
  string(APPEND code "const std::vector<std::pair<std::string_view, std::string_view>>& ${function_name}() {\n")
  string(APPEND code "  static const std::vector<std::pair<std::string_view, std::string_view>> files{\n")
  string(REPLACE "|" ";" FILES "${FILES}")
  foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME)
    file(READ ${file} text)
    string(FIND "${text}" ")embedded\"" end_mark)
    if(NOT end_mark EQUAL -1)
      message(FATAL_ERROR "${file} holds the end mark of the literal it would be embedded in.")
    endif()
    string(APPEND code "      {\"${name}\", R\"embedded(${text})embedded\"},\n")
  endforeach()
  string(APPEND code "  };\n  return files;\n}\n\n}  // namespace ${name_space}\n")
  file(WRITE ${OUTPUT} "${code}")
endif()
