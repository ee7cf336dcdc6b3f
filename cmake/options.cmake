# What every target of ours is compiled with: an interface target, linked privately, so that nothing global is set.
# countercheck_warnings is for programs whose behaviour must stay as written; all others get countercheck_options, which
# adds the sanitizers.
add_library(countercheck_warnings INTERFACE)
target_include_directories(countercheck_warnings INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(countercheck_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wcast-align -Wimplicit-fallthrough
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor;-Wold-style-cast;-Woverloaded-virtual>)
# GCC 12 at -O3 sees overlapping copies in std::string's own operator+ (GCC bug 105651, mended in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(countercheck_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()

if(COUNTERCHECK_WARNINGS_AS_ERRORS)
  target_compile_options(countercheck_warnings INTERFACE -Werror)
endif()

add_library(countercheck_options INTERFACE)
target_link_libraries(countercheck_options INTERFACE countercheck_warnings)

if(COUNTERCHECK_SANITIZE)
  target_compile_options(countercheck_options INTERFACE -fsanitize=${COUNTERCHECK_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(countercheck_options INTERFACE -fsanitize=${COUNTERCHECK_SANITIZE})
endif()
