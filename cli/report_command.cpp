#include <CLI/CLI.hpp>

#include "cli/exit_status.hpp"
#include "cli/measuring.hpp"
#include "cli/subcommand.hpp"
#include "experiment/results_file.hpp"

namespace countercheck {
namespace {

class ReportCommand : public Subcommand {
 public:
  explicit ReportCommand(CLI::App& parent)
      : Subcommand(parent.add_subcommand("report", "Print a results file again, as text, Markdown or CSV")) {
    app()->add_option("FILE", file_, "A results file written with -o")->required();
    report_.declare(*app());
  }

  int run(const std::vector<std::string>&) override {
    print_report(read_results(file_), report_);
    return kSuccess;
  }

 private:
  std::string file_;
  ReportChoice report_;
};

}  // namespace

std::unique_ptr<Subcommand> make_report_command(CLI::App& parent) {
  return std::make_unique<ReportCommand>(parent);
}

}  // namespace countercheck
