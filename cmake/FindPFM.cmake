# libpfm4 ships no CMake package and no pkg-config file in Debian 12: this gives it an imported target.
#   PFM::PFM      the library, linked dynamically
#   PFM_VERSION   major.minor of the interface from its header (4.0 in every release of libpfm4 so far)
find_path(PFM_INCLUDE_DIR perfmon/pfmlib_perf_event.h)
find_library(PFM_LIBRARY pfm)

if(PFM_INCLUDE_DIR)
  file(STRINGS "${PFM_INCLUDE_DIR}/perfmon/pfmlib.h" PFM_VERSION_LINE REGEX "#define[ \t]+LIBPFM_VERSION[ \t]")
  string(REGEX MATCH "\\(([0-9]+) << 16 \\| ([0-9]+)" PFM_VERSION_MATCH "${PFM_VERSION_LINE}")
  set(PFM_VERSION "${CMAKE_MATCH_1}.${CMAKE_MATCH_2}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PFM REQUIRED_VARS PFM_LIBRARY PFM_INCLUDE_DIR VERSION_VAR PFM_VERSION
  REASON_FAILURE_MESSAGE "install libpfm4-dev (Debian) or libpfm-devel (Fedora)")
mark_as_advanced(PFM_INCLUDE_DIR PFM_LIBRARY)

if(PFM_FOUND AND NOT TARGET PFM::PFM)
  add_library(PFM::PFM UNKNOWN IMPORTED)
  set_target_properties(PFM::PFM PROPERTIES
    IMPORTED_LOCATION "${PFM_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${PFM_INCLUDE_DIR}")
endif()
