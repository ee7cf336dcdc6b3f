#include "experiment/repository.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string_view>

#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "experiment/ending.hpp"
#include "experiment/launch.hpp"
#include "experiment/program.hpp"

namespace countercheck {
namespace {

// What git wrote, without the last line end, and whether it ended well.
struct Answer {
  bool well = false;
  std::string text{};
};

Answer ask(const std::string& program, std::vector<std::string> words, const std::vector<std::string>& variables) {
  words.insert(words.begin(), "git");
  Launcher launcher(LaunchSettings{});
  const Sample sample = launcher.launch_with(program, words, variables);
  if (sample.ending == Ending::interrupted) {
    throw UserError(Trouble::interrupted, explain_ending(sample, Variant{.command = words}), sample.status);
  }
  Answer answer{sample.ending == Ending::completed, launcher.output().text()};
  while (!answer.text.empty() && answer.text.back() == '\n') answer.text.pop_back();
  return answer;
}

// Of an answer of one line: what git warns of comes before it.
std::string last_line(const std::string& text) {
  return text.substr(text.rfind('\n') + 1);  // npos + 1 is 0
}

std::string git_program() {
  const auto found = find_program("git");
  if (const auto* path = std::get_if<std::string>(&found)) return *path;
  throw UserError(Trouble::not_started, "git, which knows the revisions, is not on PATH: install it");
}

}  // namespace

std::vector<std::string> variables_of_no_worktree() {
  // git-rev-parse(1), --local-env-vars: those of them that say which worktree and index are meant. In a hook they are
  // set, and a worktree added under them would write over the index of the user's.
  constexpr std::string_view kOfOne[] = {
      "GIT_DIR=", "GIT_WORK_TREE=", "GIT_IMPLICIT_WORK_TREE=", "GIT_INDEX_FILE=", "GIT_COMMON_DIR=", "GIT_PREFIX="};
  std::vector<std::string> variables = inherited_variables();
  std::erase_if(variables, [&](const std::string& variable) {
    return std::any_of(std::begin(kOfOne), std::end(kOfOne),
                       [&](std::string_view name) { return variable.starts_with(name); });
  });
  return variables;
}

Repository::Repository() : program_(git_program()) {
  const Answer answer =
      ask(program_, {"rev-parse", "--path-format=absolute", "--git-common-dir"}, inherited_variables());
  if (!answer.well) {
    throw UserError(Trouble::usage,
                    fmt::format("a revision can be named within a git repository only, and git says of this folder: {}",
                                answer.text));
  }
  folder_ = last_line(answer.text);
}

std::optional<Revision> Repository::find(const std::string& name) const {
  // An option of git's is no revision, whatever follows it.
  if (name.empty() || name.front() == '-') return std::nullopt;
  const Answer commit =
      ask(program_, {"-c", "core.warnAmbiguousRefs=false", "rev-parse", "--verify", "--quiet", name + "^{commit}"},
          inherited_variables());
  const std::string digits = last_line(commit.text);
  if (!commit.well || digits.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
  const Answer subject = ask(program_, {"show", "--no-patch", "--format=%s", digits}, inherited_variables());
  return Revision{name, digits, subject.well ? last_line(subject.text) : ""};
}

Revision Repository::get(const std::string& name) const {
  if (auto revision = find(name)) return *revision;
  const Answer names = ask(program_, {"for-each-ref", "--format=%(refname:short)"}, inherited_variables());
  std::vector<std::string> known;
  std::istringstream lines(names.text);
  for (std::string line; std::getline(lines, line);) known.push_back(line);
  throw UserError(Trouble::usage, fmt::format("git knows no revision '{}' here{}: git log shows them", name,
                                              did_you_mean(name, known)));
}

std::string Repository::within(const std::string& folder) const {
  // "bench/", with a slash at its end; an empty line for the root.
  const Answer answer = ask(program_, {"-C", folder, "rev-parse", "--show-prefix"}, inherited_variables());
  if (answer.well) return last_line(answer.text);
  throw UserError(Trouble::usage,
                  fmt::format("'{}' is in no working tree of this repository: {}", folder, answer.text));
}

void Repository::add_worktree(const std::string& folder, const std::string& commit) const {
  // A hook after checkout would be run for a tree that nobody works in.
  const Answer answer = ask(program_,
                            {"--git-dir=" + folder_, "-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet",
                             "--detach", folder, commit},
                            variables_of_no_worktree());
  if (answer.well) return;
  throw UserError(Trouble::failed, fmt::format("git could not check out {} into {}: {}", commit, folder, answer.text));
}

bool Repository::remove_worktree(const std::string& folder) const {
  return ask(program_, {"--git-dir=" + folder_, "worktree", "remove", "--force", folder}, variables_of_no_worktree())
      .well;
}

}  // namespace countercheck
