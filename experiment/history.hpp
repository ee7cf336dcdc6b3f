#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "experiment/database.hpp"
#include "experiment/results.hpp"

namespace countercheck {

// What the history tells of a result without reading all of it.
struct StoredResult {
  std::int64_t id = 0;     // from 1; never given twice
  std::string suite{};     // the experiment's title
  std::string revision{};  // as git names it, or as the user did
  std::string began{};     // UTC, ISO 8601: of the experiment,
  std::string recorded{};  // and of its recording
  std::string machine{};   // fingerprint.hpp

  bool operator==(const StoredResult&) const = default;
};

// A results file to be stored.
struct NewResult {
  std::string content{};    // byte for byte
  Experiment experiment{};  // what that says
  std::string revision{};
};

// What became of it.
struct Recorded {
  StoredResult result{};
  bool fresh = true;  // false: `result` is the same file, recorded before
};

// Results of all times in one SQLite file, each whole, as it was written. A figure is never stored: it is computed from
// the samples whenever it is shown. Several processes may read and write it at once. Every complaint is a UserError.
class History {
 public:
  enum class Access { read, write };

  // For writing, the file and its folder are made where they are missing.
  History(const std::string& path, Access access);

  // All of them or none.
  std::vector<Recorded> record(const std::vector<NewResult>& results, const std::string& now);

  std::vector<StoredResult> list();  // in the order of time in which the experiments began
  std::string content(std::int64_t id);
  void remove(const std::vector<std::int64_t>& ids);  // all of them or none

 private:
  void check_form();
  template <typename Work>
  auto guarded(Work work);

  std::string path_;
  std::optional<Database> database_;
};

// $XDG_DATA_HOME/countercheck/history.sqlite, or as data_folder.hpp says; empty where that has no place.
std::optional<std::filesystem::path> default_history();

}  // namespace countercheck
