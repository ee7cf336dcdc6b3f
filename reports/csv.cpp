#include "reports/csv.hpp"

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

void put_csv_header(std::ostream& out) {
  put_fields(out, {"variant", "event", "source", "privilege", "unit", "n", "value", "mean", "standard_deviation",
                   "ratio_to_baseline", "coverage", "absent", "reason"});
}

void put_csv(std::ostream& out, const CsvLine& line) {
  put_fields(out, {line.variant, line.event, line.source, line.privilege, line.unit, std::to_string(line.n),
                   number(line.value), number(line.mean), number(line.standard_deviation),
                   number(line.ratio_to_baseline), number(line.coverage), line.absent, line.reason});
}

}  // namespace countercheck
