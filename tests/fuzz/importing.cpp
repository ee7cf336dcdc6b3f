#include <ostream>
#include <stdexcept>
#include <string_view>

#include "importers/formats.hpp"
#include "importers/join.hpp"
#include "reports/report.hpp"
#include "tests/fuzz/target.hpp"

using namespace countercheck;

// Every form is tried on every text, for --as may say so; what was read must be shown by a report.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  recognise(text);
  for (const ImportFormat& format : import_formats()) {
    try {
      const Experiment experiment = join({{"a", format.read(text)}, {"b", format.read(text)}});
      std::ostream nowhere(nullptr);
      make_report(Form::text, experiment)->render(nowhere);
    } catch (const std::runtime_error&) {  // as it is told to the user
    }
  }
  return 0;
}
