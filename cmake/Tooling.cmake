# Compiler, linker and cache settings that hold for every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
option(DAYBOOK_TESTS "Build the test programs" ON)

add_compile_options(-Wall -Wextra -Werror=return-type -Werror=unused-result -Werror=switch)
# Warnings inside GCC 12's own headers that are known to be wrong.
add_compile_options(-Wno-maybe-uninitialized -Wno-restrict)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # ccache leaves alone what includes a precompiled header unless it may assume that no macro of the including file and no
  # __TIME__ changes what that header means; ours hold other people's headers alone. It hashes the precompiled file itself
  # where GCC leaves its name in the preprocessed text (-fpch-preprocess), which changes nothing else.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# Several sources of one target make a translation unit: what they instantiate alike is compiled once (docs/decisions/0042).
# More of them build faster from nothing, fewer after a change of one.
option(DAYBOOK_UNITY "Compile several sources of a target at a time" ON)
set(CMAKE_UNITY_BUILD ${DAYBOOK_UNITY})
set(CMAKE_UNITY_BUILD_BATCH_SIZE 4)
if(DAYBOOK_UNITY)
  # A class of a source with a member of its unnamed namespace: to the compiler, which sees it in an included file, a header's.
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()

# GCC looks for garbage whenever its heap has grown by a part, precompiled headers included, and finds little. It takes 0.4 to
# 0.8 GiB for a translation unit without, 1.5 at most.
add_compile_options("$<$<CXX_COMPILER_ID:GNU>:SHELL:--param ggc-min-heapsize=1048576>")   # KiB
