#include "cli/terms_choice.hpp"

#include "cli/accepted.hpp"

namespace countercheck {

void TermsChoice::declare(CLI::App& app) {
  app.add_option("--tolerance", tolerance, "Percent within which two variants are called equal (default: 1)")
      ->check(between(0.0, 100.0));
  app.add_option("--confidence", confidence,
                 "Percent at which all intervals of the verdicts hold together (default: 95)")
      ->check(between(50.0, 99.9999));
  app.add_flag_function(
      "--aa,!--no-aa", [this](std::int64_t times) { again = times > 0; },
      "Measure the baseline a second time under another name: the verdicts on it are false alarms, and tell "
      "what this machine can see");
}

void TermsChoice::apply(Suite& suite) const {
  if (tolerance) suite.tolerance = *tolerance / 100;
  if (confidence) suite.confidence = *confidence / 100;
  if (again) suite.again = again;
}

Terms TermsChoice::terms(const Suite& suite) const {
  Terms terms;
  terms.tolerance = tolerance ? *tolerance / 100 : suite.tolerance.value_or(terms.tolerance);
  terms.confidence = confidence ? *confidence / 100 : suite.confidence.value_or(terms.confidence);
  return terms;
}

}  // namespace countercheck
