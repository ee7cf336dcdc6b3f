#pragma once

#include <iosfwd>
#include <memory>
#include <optional>
#include <string_view>

#include "experiment/results.hpp"

namespace countercheck {

enum class Form { text, markdown, csv };

std::string_view to_string(Form form);                 // "text", "markdown", "csv"
std::optional<Form> form_from(std::string_view name);  // the same names, and "md"

struct ReportOptions {
  unsigned width = 80;    // columns of the terminal; text only
  bool colour = false;    // text only; nothing is told by colour alone
  bool utf8 = true;       // the terminal shows more than ASCII; text only
  bool per_item = false;  // every count and time divided by the sample's work items
};

// A finished result that can be written in one form. Rendering computes nothing and does not fail; whether the stream
// took everything is the caller's to check.
class Report {
 public:
  virtual ~Report() = default;
  virtual void render(std::ostream& out) const = 0;
};

// The report of an experiment in the form asked for: the block of perf stat or the table of variants, by its kind.
// The report keeps what it needs; the experiment may go away. Every experiment has a report, one without a single
// completed sample included.
std::unique_ptr<Report> make_report(Form form, const Experiment& experiment, const ReportOptions& options = {});

}  // namespace countercheck
