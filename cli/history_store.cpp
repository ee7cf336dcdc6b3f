#include "cli/history_store.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "counters/nearest.hpp"
#include "counters/user_error.hpp"
#include "experiment/results_file.hpp"
#include "experiment/revision.hpp"

namespace countercheck {

void StoreChoice::declare(CLI::App& app) {
  app.add_option("--store", path_,
                 "The history's file (default: countercheck/history.sqlite in XDG_DATA_HOME or ~/.local/share)");
}

History StoreChoice::open(History::Access access) const {
  if (!path_.empty()) return {path_, access};
  const auto path = default_history();
  if (path) return {path->string(), access};
  throw UserError(Trouble::file, "neither XDG_DATA_HOME nor HOME says where the history is: name it with --store FILE");
}

std::vector<StoredResult> named(const std::vector<StoredResult>& results, const std::string& word) {
  std::vector<StoredResult> found;
  std::vector<std::string> revisions;
  for (const StoredResult& result : results) {
    if (std::to_string(result.id) == word) return {result};
    revisions.push_back(result.revision);
    if (is_meant_by(result.revision, word)) found.push_back(result);
  }
  if (!found.empty()) return found;
  throw UserError(Trouble::usage, fmt::format("the history has no result and no revision '{}'{}: countercheck history "
                                              "list shows what it has",
                                              word, did_you_mean(word, revisions)));
}

StoredResult one_named(const std::vector<StoredResult>& results, const std::string& word) {
  const auto found = named(results, word);
  if (found.size() == 1) return found.front();
  std::vector<std::int64_t> ids;
  for (const StoredResult& result : found) ids.push_back(result.id);
  throw UserError(Trouble::usage, fmt::format("of revision '{}' there are the results {}: name one of them", word,
                                              fmt::join(ids, ", ")));
}

Experiment experiment_of(History& history, std::int64_t id) {
  return results_from(history.content(id), fmt::format("result {} of the history", id));
}

}  // namespace countercheck
