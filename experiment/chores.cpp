#include "experiment/chores.hpp"

#include <fmt/format.h>

#include <utility>

#include "counters/user_error.hpp"
#include "experiment/captured_output.hpp"
#include "experiment/ending.hpp"

namespace countercheck {

Chores::~Chores() {
  try {
    finish();
  } catch (const UserError&) {
    // There is another exception on its way, which says more.
  }
}

std::optional<ChoreFailure> Chores::before_sample(std::size_t variant) {
  const Variant& of = experiment_.variants[variant];
  if (!begun_[variant]) {
    begun_[variant] = true;
    if (auto failure = run("setup", variant, of.setup)) return failure;
  }
  return run("prepare", variant, of.prepare);
}

std::vector<ChoreFailure> Chores::finish() {
  std::vector<ChoreFailure> failures;
  for (std::size_t variant = 0; variant < begun_.size(); ++variant) {
    if (!begun_[variant]) continue;
    begun_[variant] = false;
    if (auto failure = run("cleanup", variant, experiment_.variants[variant].cleanup)) failures.push_back(*failure);
  }
  return failures;
}

std::optional<ChoreFailure> Chores::run(const char* what, std::size_t variant, const std::string& command) {
  if (command.empty()) return std::nullopt;
  const Variant& of = experiment_.variants[variant];
  if (!launcher_) {
    LaunchSettings settings;
    settings.leave_running = true;
    launcher_ = std::make_unique<Launcher>(std::move(settings));
  }
  const std::vector<std::string> words = {"sh", "-c", command};
  const Sample sample = launcher_->launch("/bin/sh", words, 0, {.environment = of.environment, .folder = of.folder});
  if (sample.ending == Ending::completed) return std::nullopt;
  if (sample.ending == Ending::interrupted) interrupted_by_ = sample.status;
  std::string sentence =
      fmt::format("the {} of {}: {}", what, of.name, explain_ending(sample, Variant{.command = words}));
  return ChoreFailure{sentence, with_output(sentence, launcher_->output())};
}

}  // namespace countercheck
