# PAPI ships a pkg-config file in Debian 12, but older distributions do not: this gives an imported target either way.
#   PAPI::PAPI      the library, linked dynamically
#   PAPI_VERSION    from PAPI_VERSION in its header, as major.minor.revision
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_check_modules(PC_PAPI QUIET papi)
endif()
find_path(PAPI_INCLUDE_DIR papi.h HINTS ${PC_PAPI_INCLUDE_DIRS})
find_library(PAPI_LIBRARY papi HINTS ${PC_PAPI_LIBRARY_DIRS})

if(PAPI_INCLUDE_DIR)
  file(STRINGS "${PAPI_INCLUDE_DIR}/papi.h" PAPI_VERSION_LINE REGEX "#define[ \t]+PAPI_VERSION[ \t]")
  string(REGEX MATCH "\\(([0-9]+),([0-9]+),([0-9]+)" PAPI_VERSION_MATCH "${PAPI_VERSION_LINE}")
  set(PAPI_VERSION "${CMAKE_MATCH_1}.${CMAKE_MATCH_2}.${CMAKE_MATCH_3}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PAPI REQUIRED_VARS PAPI_LIBRARY PAPI_INCLUDE_DIR VERSION_VAR PAPI_VERSION
  REASON_FAILURE_MESSAGE "install libpapi-dev (Debian) or papi-devel (Fedora)")
mark_as_advanced(PAPI_INCLUDE_DIR PAPI_LIBRARY)

if(PAPI_FOUND AND NOT TARGET PAPI::PAPI)
  add_library(PAPI::PAPI UNKNOWN IMPORTED)
  set_target_properties(PAPI::PAPI PROPERTIES
    IMPORTED_LOCATION "${PAPI_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${PAPI_INCLUDE_DIR}")
endif()
