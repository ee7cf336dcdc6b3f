#pragma once

#include <optional>
#include <string>
#include <vector>

namespace countercheck {

// One commit, and how it was asked for.
struct Revision {
  std::string name{};     // "HEAD~1"
  std::string commit{};   // all its digits
  std::string subject{};  // the first line of its message

  bool operator==(const Revision&) const = default;
};

// The git repository around the working directory, asked through the program git. Nothing here changes it but
// add_worktree and remove_worktree, and these only what git keeps of the worktree itself.
class Repository {
 public:
  // Throws UserError where there is no git or no repository.
  Repository();

  // The commit that git knows by a name, or nothing.
  std::optional<Revision> find(const std::string& name) const;
  // The same; throws UserError with the nearest branch or tag.
  Revision get(const std::string& name) const;

  // A folder as it is named from the root of the working tree it is in: "" for the root itself. Throws UserError where
  // it is in none of this repository.
  std::string within(const std::string& folder) const;

  // Checks a commit out into a new folder, on no branch, without hooks.
  void add_worktree(const std::string& folder, const std::string& commit) const;
  // False where git could not; what it keeps of the worktree then goes with its next `git worktree prune`.
  bool remove_worktree(const std::string& folder) const;

 private:
  std::string program_;  // git
  std::string folder_;   // where all worktrees of the repository have what they share
};

// What is in our environment, without what git tells its hooks of one worktree and its index: for whoever works in
// another.
std::vector<std::string> variables_of_no_worktree();

}  // namespace countercheck
