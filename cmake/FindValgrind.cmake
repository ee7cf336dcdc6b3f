# Valgrind's core as Debian's package ships it for tools of one's own: libcoregrind and libvex as archives, the tool
# headers, and the files that a tool needs beside it at run time. Defines the imported target Valgrind::Core, for one
# platform, and
#   Valgrind_PLATFORM      amd64-linux or arm64-linux
#   Valgrind_EXEC_FOLDER   where the tools and the preloaded objects are
include(FindPackageHandleStandardArgs)

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  set(_architecture amd64)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  set(_architecture arm64)
else()
  set(_architecture ${CMAKE_SYSTEM_PROCESSOR})
endif()
set(Valgrind_PLATFORM ${_architecture}-linux)

find_path(Valgrind_INCLUDE_DIR pub_tool_tooliface.h PATH_SUFFIXES valgrind)
find_library(Valgrind_COREGRIND libcoregrind-${Valgrind_PLATFORM}.a PATH_SUFFIXES valgrind)
find_library(Valgrind_VEX libvex-${Valgrind_PLATFORM}.a PATH_SUFFIXES valgrind)
# What libgcc asks of the C library, on arm64.
find_library(Valgrind_GCC_SUPPORT libgcc-sup-${Valgrind_PLATFORM}.a PATH_SUFFIXES valgrind)
find_path(Valgrind_EXEC_FOLDER vgpreload_core-${Valgrind_PLATFORM}.so
  PATHS /usr/libexec/valgrind /usr/lib/valgrind /usr/local/libexec/valgrind NO_DEFAULT_PATH)

find_package_handle_standard_args(Valgrind REQUIRED_VARS
  Valgrind_INCLUDE_DIR Valgrind_COREGRIND Valgrind_VEX Valgrind_GCC_SUPPORT Valgrind_EXEC_FOLDER)
mark_as_advanced(Valgrind_INCLUDE_DIR Valgrind_COREGRIND Valgrind_VEX Valgrind_GCC_SUPPORT Valgrind_EXEC_FOLDER)

if(Valgrind_FOUND AND NOT TARGET Valgrind::Core)
  add_library(Valgrind::Core INTERFACE IMPORTED)
  target_include_directories(Valgrind::Core INTERFACE "${Valgrind_INCLUDE_DIR}")
  target_compile_definitions(Valgrind::Core INTERFACE
    VGA_${_architecture}=1 VGO_linux=1 VGP_${_architecture}_linux=1 VGPV_${_architecture}_linux_vanilla=1)
  # The core refers to libvex and back, and both to the compiler's own helpers.
  target_link_libraries(Valgrind::Core INTERFACE
    -Wl,--start-group "${Valgrind_COREGRIND}" "${Valgrind_VEX}" "${Valgrind_GCC_SUPPORT}" -lgcc -Wl,--end-group)
endif()
