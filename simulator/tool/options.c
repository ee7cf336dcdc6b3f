/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/options.h"

#include "pub_tool_libcbase.h"
#include "pub_tool_libcprint.h"
#include "pub_tool_options.h"

struct options options = {.interleave = 1000, .repeats = True, .history_bits = 23};

static Bool take_attribution(const HChar* name) {
  if (VG_(strcmp)(name, "none") == 0) {
    options.attribution = ATTRIBUTE_NOTHING;
  } else if (VG_(strcmp)(name, "lines") == 0) {
    options.attribution = ATTRIBUTE_LINES;
  } else if (VG_(strcmp)(name, "arrays") == 0) {
    options.attribution = ATTRIBUTE_ARRAYS;
  } else {
    return False;
  }
  return True;
}

Bool options_take(const HChar* argument) {
  const HChar* attribution;
  if VG_STR_CLO(argument, "--machine-file", options.machine_file) {
  } else if VG_STR_CLO(argument, "--output-folder", options.output_folder) {
  } else if VG_BOOL_CLO(argument, "--region", options.region) {
  } else if VG_BINT_CLO(argument, "--interleave", options.interleave, 1, 100000) {
  } else if VG_BOOL_CLO(argument, "--check-code", options.check_code) {
  } else if VG_BOOL_CLO(argument, "--repeats", options.repeats) {
  } else if VG_BINT_CLO(argument, "--history-bits", options.history_bits, 14, 28) {
  } else if VG_STR_CLO(argument, "--attribution", attribution) {
    return take_attribution(attribution);
  } else {
    return False;
  }
  return True;
}

void options_print_usage(void) {
  VG_(printf)("    (countercheck starts this tool itself)\n"
              "    --machine-file=PATH               the machine to simulate\n"
              "    --output-folder=PATH              where each process leaves its counts\n"
              "    --region=no|yes                   count between the program's marks only [no]\n"
              "    --attribution=none|lines|arrays   say where the misses are [none]\n"
              "    --interleave=NUMBER               blocks a thread runs before another's turn [1000]\n");
}

void options_print_debug_usage(void) {
  VG_(printf)("    --check-code=no|yes               look for faults in what blocks are translated to [no]\n"
              "    --repeats=no|yes                  do not simulate again what repeats itself [yes]\n"
              "    --history-bits=NUMBER             of the words, 8 bytes each, of the longest that is known [23]\n");
}
