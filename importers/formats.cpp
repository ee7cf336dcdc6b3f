#include "importers/formats.hpp"

#include <algorithm>

#include "importers/google_benchmark.hpp"
#include "importers/hyperfine.hpp"
#include "importers/likwid.hpp"
#include "importers/papi_high_level.hpp"
#include "importers/perf_csv.hpp"
#include "importers/perf_json.hpp"
#include "importers/perf_text.hpp"

namespace countercheck {
namespace {

// Those whose marks are plain come first: almost any text may have a line that looks like one of perf stat -x.
constexpr ImportFormat kFormats[] = {
    {"perf", "what perf stat prints", looks_like_perf_text, read_perf_text},
    {"perf-json", "perf stat -j", looks_like_perf_json, read_perf_json},
    {"hyperfine", "hyperfine's JSON", looks_like_hyperfine, read_hyperfine},
    {"google-benchmark", "Google Benchmark's JSON", looks_like_google_benchmark, read_google_benchmark},
    {"papi", "PAPI's high-level JSON", looks_like_papi_high_level, read_papi_high_level},
    {"likwid", "likwid-perfctr's CSV", looks_like_likwid, read_likwid},
    {"perf-csv", "perf stat -x", looks_like_perf_csv, read_perf_csv},
};

}  // namespace

std::span<const ImportFormat> import_formats() {
  return kFormats;
}

const ImportFormat* recognise(std::string_view text) {
  const auto* const found = std::find_if(std::begin(kFormats), std::end(kFormats),
                                         [&](const ImportFormat& format) { return format.looks_like(text); });
  return found == std::end(kFormats) ? nullptr : found;
}

std::string list_of_import_formats() {
  std::string list;
  for (std::size_t at = 0; at < std::size(kFormats); ++at) {
    if (at > 0) list += at + 1 == std::size(kFormats) ? " and " : ", ";
    list += kFormats[at].words;
  }
  return list;
}

}  // namespace countercheck
