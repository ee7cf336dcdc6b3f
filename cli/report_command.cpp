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
    app()
        ->add_option("--form", form_, "text, markdown or csv")
        ->check(CLI::IsMember({"text", "markdown", "csv"}))
        ->capture_default_str();
    app()->add_flag("--per-item", per_item_, "Divide every count by the work items of the region");
  }

  int run(const std::vector<std::string>&) override {
    print_report(read_results(file_), form_, per_item_);
    return kSuccess;
  }

 private:
  std::string file_;
  std::string form_ = "text";
  bool per_item_ = false;
};

}  // namespace

std::unique_ptr<Subcommand> make_report_command(CLI::App& parent) {
  return std::make_unique<ReportCommand>(parent);
}

}  // namespace countercheck
