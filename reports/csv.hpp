#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace countercheck {

// One line of the long form: one event or metric of one variant. Empty numbers are empty fields.
struct CsvLine {
  std::string variant{};
  std::vector<std::string> parameters{};  // their values, one for each that the header names
  std::string event{};
  std::string source{};
  std::string privilege{};
  std::string unit{};
  std::size_t n = 0;
  std::optional<double> value{};  // the median
  std::optional<double> mean{};
  std::optional<double> standard_deviation{};
  std::optional<double> ratio_to_baseline{};
  std::optional<double> coverage{};
  std::string absent{};  // the stored name of the reason: "no_pmu"
  std::string reason{};  // its sentence
  // Of an event of a variant that was compared with the baseline: the median over the rounds of their ratio, empty
  // where both have 0, the ends of its interval, empty where they are unbounded, and the verdict. Of a factor and of an
  // expectation: the interval of the value.
  std::optional<double> paired_ratio{};
  std::optional<double> ratio_low{};
  std::optional<double> ratio_high{};
  std::string verdict{};  // "better", "worse", "equal", "undecided"; of a factor "less", of an expectation "confirmed"
  std::optional<double> better_layouts{};  // in how many memory layouts it has less than the baseline,
  std::optional<double> layouts{};         // of how many
};

// The first line: the names of the fields. Those of a scan's parameters stand after the variant's; one that is called
// as another field is ("n") becomes "parameter_n".
void put_csv_header(std::ostream& out, const std::vector<std::string>& parameters = {});
void put_csv(std::ostream& out, const CsvLine& line);

// A field as RFC 4180 has it: quoted where it holds a comma, a quote or a line break.
std::string csv_field(std::string_view text);

}  // namespace countercheck
