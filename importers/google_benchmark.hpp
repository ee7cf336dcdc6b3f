#pragma once

#include <string_view>

#include "importers/imported.hpp"

namespace countercheck {

// What Google Benchmark writes with --benchmark_out_format=json. Every repetition is a sample; where the file has the
// aggregates alone, their mean and deviation are a summary. Its times and its perf counters are per iteration, down to
// parts of a nanosecond, and the number of iterations differs between benchmarks: what is kept is that of a million
// iterations of each, with the iterations as work items. Other counters are not read: the file tells neither what they
// are per nor whether less of them is better.
Imported read_google_benchmark(std::string_view text);

bool looks_like_google_benchmark(std::string_view text);

}  // namespace countercheck
