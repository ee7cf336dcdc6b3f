#include <ostream>

#include "cli/columns.hpp"
#include "cli/diagnosis.hpp"
#include "cli/exit_status.hpp"
#include "cli/subcommand.hpp"
#include "cli/terminal.hpp"

namespace countercheck {
namespace {

class Doctor : public Subcommand {
 public:
  explicit Doctor(CLI::App& parent)
      : Subcommand(
            parent.add_subcommand("doctor", "Say what can be counted on this machine, and what would change it")) {
    app()->footer("Exit status: 0 hardware events can be counted, 1 only software events, 2 nothing.");
  }

  int run(const std::vector<std::string>&) override {
    const Diagnosis diagnosis = diagnose();
    std::vector<std::vector<std::string>> rows;
    for (const auto& finding : diagnosis.findings)
      rows.push_back({finding.subject, finding.state, finding.explanation});
    write_to_stdout([&](std::ostream& out) {
      print_columns(out, rows, terminal_width());
      out << '\n'
          << summary(diagnosis.countability)
          << (diagnosis.simulates ? " Instructions, branches and cache misses can be simulated.\n" : "\n");
    });
    switch (diagnosis.countability) {
      case Countability::hardware:
        return kSuccess;
      case Countability::software_only:
        return kFinding;
      case Countability::nothing:
        break;
    }
    return kNothingCounts;
  }

 private:
  static const char* summary(Countability countability) {
    switch (countability) {
      case Countability::hardware:
        return "Hardware events can be counted here.";
      case Countability::software_only:
        return "Only software events, rusage and the clock can be counted here.";
      case Countability::nothing:
        break;
    }
    return "Only the clock can be read here.";
  }
};

}  // namespace

std::unique_ptr<Subcommand> make_doctor(CLI::App& parent) {
  return std::make_unique<Doctor>(parent);
}

}  // namespace countercheck
