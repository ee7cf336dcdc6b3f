#include <ostream>
#include <string_view>

#include "counters/user_error.hpp"
#include "experiment/points.hpp"
#include "experiment/results_file.hpp"
#include "reports/report.hpp"
#include "tests/fuzz/target.hpp"

using namespace countercheck;

// What the reader takes must be shown by every report: none of them checks again.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const Experiment experiment = results_from({reinterpret_cast<const char*>(data), size}, "fuzzed");
    std::ostream nowhere(nullptr);
    for (const Form form : {Form::text, Form::markdown, Form::csv}) {
      make_report(form, experiment)->render(nowhere);
      make_report(form, experiment, {.width = 20, .colour = true, .per_item = true})->render(nowhere);
    }
  } catch (const UserError&) {
  }
  return 0;
}
