/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulator/tool/requests.h"

#include "pub_tool_clreq.h"
#include "pub_tool_tooliface.h"
#include "simulator/tool/arrays.h"
#include "simulator/tool/region.h"

/* As in workloads/region.h. */
enum request { REQUEST_REGION_BEGIN, REQUEST_REGION_END, REQUEST_NAME_ARRAY };

Bool request_take(ThreadId id, UWord* arguments, UWord* result) {
  if (!VG_IS_TOOL_USERREQ('C', 'K', arguments[0])) return False;
  *result = 1;
  switch ((enum request)(arguments[0] & 0xffff)) {
    case REQUEST_REGION_BEGIN:
      region_begin();
      return True;
    case REQUEST_REGION_END:
      region_end();
      return True;
    case REQUEST_NAME_ARRAY:
      arrays_name(arguments[1], arguments[2], (const HChar*)arguments[3]);
      return True;
  }
  return False;
}
