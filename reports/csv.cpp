#include "reports/csv.hpp"

#include <algorithm>

#include "reports/quantities.hpp"

namespace countercheck {
namespace {

std::string number(std::optional<double> value) {
  return value ? plain_number(*value) : "";
}

void put_fields(std::ostream& out, const std::vector<std::string>& fields) {
  for (std::size_t at = 0; at < fields.size(); ++at) out << (at > 0 ? "," : "") << csv_field(fields[at]);
  out << '\n';
}

}  // namespace

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

void put_csv_header(std::ostream& out, const std::vector<std::string>& parameters) {
  const std::vector<std::string> names = {"event",
                                          "source",
                                          "privilege",
                                          "unit",
                                          "n",
                                          "value",
                                          "mean",
                                          "standard_deviation",
                                          "ratio_to_baseline",
                                          "coverage",
                                          "absent",
                                          "reason",
                                          "paired_ratio",
                                          "ratio_low",
                                          "ratio_high",
                                          "verdict",
                                          "better_layouts",
                                          "layouts"};
  std::vector<std::string> fields = {"variant"};
  for (const std::string& parameter : parameters) {
    const bool taken = parameter == "variant" || std::find(names.begin(), names.end(), parameter) != names.end();
    fields.push_back((taken ? "parameter_" : "") + parameter);
  }
  fields.insert(fields.end(), names.begin(), names.end());
  put_fields(out, fields);
}

void put_csv(std::ostream& out, const CsvLine& line) {
  std::vector<std::string> fields = {line.variant};
  fields.insert(fields.end(), line.parameters.begin(), line.parameters.end());
  fields.insert(fields.end(),
                {line.event, line.source, line.privilege, line.unit, std::to_string(line.n), number(line.value),
                 number(line.mean), number(line.standard_deviation), number(line.ratio_to_baseline),
                 number(line.coverage), line.absent, line.reason, number(line.paired_ratio), number(line.ratio_low),
                 number(line.ratio_high), line.verdict, number(line.better_layouts), number(line.layouts)});
  put_fields(out, fields);
}

}  // namespace countercheck
