#include <string_view>

#include "analysis/expectation.hpp"
#include "counters/user_error.hpp"
#include "tests/fuzz/target.hpp"

using namespace countercheck;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const Expectation expectation = parse_expectation({reinterpret_cast<const char*>(data), size});
    events_wanted(expectation);
    check_names(expectation, {"a", "roll-add"}, [](const std::string& name) { return name == "cycles"; });
  } catch (const UserError&) {
  }
  return 0;
}
