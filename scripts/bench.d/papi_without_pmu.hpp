#pragma once

// Whether libpfm4 knows a PMU of this processor's cores; without one PAPI counts by the favour of papi_without_pmu.cpp.
bool papi_knows_the_processor();
