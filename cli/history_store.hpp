#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "experiment/history.hpp"

namespace countercheck {

// Which history, wherever one is read or written.
class StoreChoice {
 public:
  void declare(CLI::App& app);

  History open(History::Access access) const;

 private:
  std::string path_;
};

// The results that a word names: an ID, or a revision. Throws UserError where it names none.
std::vector<StoredResult> named(const std::vector<StoredResult>& results, const std::string& word);

// Of a word that must name one only.
StoredResult one_named(const std::vector<StoredResult>& results, const std::string& word);

Experiment experiment_of(History& history, std::int64_t id);

}  // namespace countercheck
