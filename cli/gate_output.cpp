#include "cli/gate_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string_view>
#include <system_error>

#include "cli/accepted.hpp"
#include "cli/terminal.hpp"
#include "counters/user_error.hpp"
#include "reports/gate_report.hpp"

namespace countercheck {
namespace {

std::string_view variable(const char* name) {
  const char* const value = std::getenv(name);
  return value ? value : "";
}

void write_file(const std::string& path, const Gate& gate, GateForm form, std::ios::openmode mode) {
  errno = 0;
  std::ofstream stream(path, std::ios::out | mode);
  make_gate_report(form, gate)->render(stream);
  stream.close();
  if (stream) return;
  throw UserError(Trouble::file, fmt::format("'{}' cannot be written: {}", path,
                                             errno ? std::generic_category().message(errno) : "the disk is full"));
}

void print(const Gate& gate, GateForm form) {
  const auto report = make_gate_report(form, gate, {.width = terminal_width(), .colour = wants_colour()});
  write_to_stdout([&](std::ostream& out) { report->render(out); },
                  "the answer can be kept in files with --json and --junit");
}

// GitHub's runner reads its commands from both. What is printed as a file must stay one.
void annotate(const Gate& gate, bool on_stdout) {
  if (on_stdout) return print(gate, GateForm::annotations);
  make_gate_report(GateForm::annotations, gate)->render(std::cerr);
}

struct FormName {
  std::string_view name;
  GateForm form;
  bool for_people;
};
constexpr FormName kForms[] = {{"text", GateForm::text, true},
                               {"markdown", GateForm::markdown, true},
                               {"json", GateForm::json, false},
                               {"junit", GateForm::junit, false}};

const FormName& form_of(std::string_view name) {
  return *std::find_if(std::begin(kForms), std::end(kForms), [&](const FormName& form) { return form.name == name; });
}

}  // namespace

void GateOutput::declare(CLI::App& app) {
  app.add_option("--form", form_, "text, markdown (for a pull request), json or junit")
      ->check(one_of({"text", "markdown", "json", "junit"}))
      ->capture_default_str();
  app.add_option("--junit", junit_, "Write JUnit XML to this file too, for GitLab and Jenkins");
  app.add_option("--json", json_, "Write every figure to this file too");
  github_option_ = app.add_flag("--github,!--no-github", github_,
                                "Annotate GitHub's workflow run, and append the Markdown to $GITHUB_STEP_SUMMARY "
                                "(default: where GITHUB_ACTIONS is true)");
}

bool GateOutput::in_workflow() const {
  return github_option_->count() > 0 ? github_ : variable("GITHUB_ACTIONS") == "true";
}

void GateOutput::put(const Gate& gate, bool quiet) const {
  // The files first: a closed pipe must not cost them.
  if (!junit_.empty()) write_file(junit_, gate, GateForm::junit, std::ios::trunc);
  if (!json_.empty()) write_file(json_, gate, GateForm::json, std::ios::trunc);
  const std::string summary(variable("GITHUB_STEP_SUMMARY"));
  if (in_workflow() && !summary.empty()) write_file(summary, gate, GateForm::markdown, std::ios::app);
  const FormName& form = form_of(form_);
  if (!quiet) print(gate, form.form);
  if (in_workflow()) annotate(gate, form.for_people);
}

}  // namespace countercheck
