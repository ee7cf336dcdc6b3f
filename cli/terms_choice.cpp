#include "cli/terms_choice.hpp"

#include "analysis/expectation.hpp"

namespace countercheck {

void TermsChoice::declare(CLI::App& app) {
  tolerance_option_ = app.add_option("--tolerance", tolerance_, "A ratio within so many percent of 1 is called equal")
                          ->check(CLI::Range(0.0, 100.0))
                          ->type_name("PERCENT")
                          ->capture_default_str();
  confidence_option_ = app.add_option("--confidence", confidence_, "With which all intervals hold together")
                           ->check(CLI::Range(50.0, 99.9999))
                           ->type_name("PERCENT")
                           ->capture_default_str();
  app.add_option("--expect", expectations_,
                 "A hypothesis, stated before the run and judged after it: 'candidate.instructions < 0.9 * "
                 "baseline.instructions'; may be given several times")
      ->type_name("EXPECTATION")
      ->allow_extra_args(false);
}

void TermsChoice::take_from(const Suite& suite) {
  if (tolerance_option_->count() == 0 && suite.tolerance) tolerance_ = 100 * *suite.tolerance;
  if (confidence_option_->count() == 0 && suite.confidence) confidence_ = 100 * *suite.confidence;
}

Terms TermsChoice::terms() const {
  for (const auto& text : expectations_) parse_expectation(text);
  return {.tolerance = tolerance_ / 100, .confidence = confidence_ / 100, .expectations = expectations_};
}

}  // namespace countercheck
