#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "analysis/consistency.hpp"
#include "analysis/turn_check.hpp"
#include "cli/exit_status.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"
#include "counters/counted_noun.hpp"
#include "counters/user_error.hpp"
#include "experiment/results_file.hpp"
#include "experiment/text_file.hpp"
#include "reports/saved_report.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kShown = 20;  // contradictions of one file

// Results of schema 3 and before tell no plan; they were taken in another order.
bool tells_plan(const std::string& text) {
  return nlohmann::json::parse(text).contains("plan");
}

bool is_imported(const Experiment& experiment) {
  return std::any_of(experiment.samples.begin(), experiment.samples.end(), [](const Sample& sample) {
    return std::any_of(sample.readings.begin(), sample.readings.end(),
                       [](const Reading& reading) { return reading.source == Source::import; });
  });
}

class Verify : public Subcommand {
 public:
  explicit Verify(CLI::App& parent)
      : Subcommand(parent.add_subcommand(
            "verify", "Check results files, and printed reports of them, against the samples they hold")) {
    app()->add_option("FILE", files_, "Results files written with -o")->required();
    app()->add_option("--report", reports_,
                      "A report of the results file that was printed and kept: text, Markdown or CSV; may be repeated");
    app()->footer("  countercheck verify results.json --report report.txt");
  }

  int run(const std::vector<std::string>&) override {
    if (!reports_.empty() && files_.size() > 1) {
      throw UserError(Trouble::usage, "a report is of one results file: name that one only");
    }
    std::vector<std::string> lines;
    bool verified = true;
    for (const std::string& file : files_) {
      const std::string text = results_text(file);
      const Experiment experiment = results_from(text, file);
      verified = check_file(file, experiment, tells_plan(text), lines) && verified;
      for (const std::string& report : reports_) verified = check_report(report, experiment, lines) && verified;
    }
    write_to_stdout([&](std::ostream& out) {
      for (const std::string& line : lines) out << line << '\n';
    });
    return verified ? kSuccess : kFinding;
  }

 private:
  static bool check_file(const std::string& file, const Experiment& experiment, bool planned,
                         std::vector<std::string>& lines) {
    Consistency found = consistency_of(experiment);
    auto& wrong = found.contradictions;
    if (planned && !is_imported(experiment)) {
      const TurnCheck turns = check_turns(experiment);
      if (!turns.contradiction.empty()) wrong.push_back(turns.contradiction);
      if (!turns.remark.empty()) found.remarks.push_back(turns.remark);
    }
    std::size_t readings = 0;
    for (const Sample& sample : experiment.samples) readings += sample.readings.size();
    lines.push_back(fmt::format(
        "{}: {} with {}: {}", file, counted_noun(experiment.samples.size(), "sample"),
        counted_noun(readings, "reading"),
        wrong.empty() ? "they agree with each other and with the plan" : counted_noun(wrong.size(), "contradiction")));
    for (std::size_t at = 0; at < std::min(wrong.size(), kShown); ++at) lines.push_back("  " + wrong[at]);
    if (wrong.size() > kShown) lines.push_back(fmt::format("  and {} more", wrong.size() - kShown));
    for (const std::string& remark : found.remarks) lines.push_back("  remarkable, but possible: " + remark);
    return wrong.empty();
  }

  static bool check_report(const std::string& report, const Experiment& experiment, std::vector<std::string>& lines) {
    const ReportCheck check = check_saved_report(experiment, read_text_file(report, "report", kMostReport));
    const std::string twice =
        check.recounted == 0 ? "" : fmt::format(", {} of them worked out a second way", check.recounted);
    lines.push_back(
        fmt::format("{}: {}, {}{}: {}", report, check.form, counted_noun(check.figures, "figure"), twice,
                    check.difference.empty() ? "all are what the samples give" : "not what the samples give"));
    if (check.difference.empty()) return true;
    lines.push_back("  " + check.difference);
    return false;
  }

  std::vector<std::string> files_;
  std::vector<std::string> reports_;
};

}  // namespace

std::unique_ptr<Subcommand> make_verify(CLI::App& parent) {
  return std::make_unique<Verify>(parent);
}

}  // namespace countercheck
