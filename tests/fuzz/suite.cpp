#include <cstdlib>
#include <sstream>
#include <string>
#include <string_view>

#include "counters/user_error.hpp"
#include "experiment/suite.hpp"
#include "experiment/suite_text.hpp"
#include "experiment/suite_variants.hpp"
#include "tests/fuzz/target.hpp"

using namespace countercheck;

namespace {

std::string written(const Suite& suite) {
  std::ostringstream out;
  put_suite(out, suite);
  return out.str();
}

}  // namespace

// What can be read can be written, and reads as the same again.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    Suite suite = parse_suite({reinterpret_cast<const char*>(data), size}, "fuzzed");
    name_variants(suite);
    const std::string once = written(suite);
    if (written(parse_suite(once, "again")) != once) std::abort();
    variants_of(suite, [](const SuiteVariant& variant, const SuiteValues& values) {
      values.value("size");
      return Variant{.command = {"workload", variant.builtin}};
    });
  } catch (const UserError& error) {
    if (std::string_view(error.what()).starts_with("again")) std::abort();
  }
  return 0;
}
