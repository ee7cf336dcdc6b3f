#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "counters/reading.hpp"

namespace countercheck {

// What a file of another tool says, in our words. A reader of such a file is a pure function from its text to this. It
// throws std::runtime_error, with what is wrong, for a text of which nothing may be used.

// One run, or a summary of several (Reading::summary). Readings have distinct names.
struct ImportedSample {
  std::vector<Reading> readings{};
  int status = 0;  // exit status of a run that was used although it was not 0
  std::uint64_t region_entries = 0;
  std::optional<std::uint64_t> work_items{};
};

// One command, benchmark or region.
struct ImportedVariant {
  std::string name{};  // as the file has it; empty: the file names none
  std::vector<ImportedSample> samples{};
};

// A line, a row or a key that was left out.
struct Unread {
  std::string place{};  // "line 12", "benchmarks[3].cells"
  std::string why{};    // a clause

  bool operator==(const Unread&) const = default;
};

struct Imported {
  std::string tool{};       // "perf stat"
  std::string work_item{};  // what a work item is; may be empty
  bool region = false;      // part of a process was counted, not all of it
  std::string cpu{};        // the processor's name, where the file tells it
  std::vector<ImportedVariant> variants{};
  std::vector<std::string> notes{};  // what the reader must know, a sentence each
  std::vector<Unread> unread{};      // the first kMostUnread of them
  std::size_t unread_more = 0;       // and how many others
};

// No file that a person made reaches these; one that was made to fill memory does.
inline constexpr std::size_t kMostUnread = 1000;
inline constexpr std::size_t kMostImportedVariants = 1000;
inline constexpr std::size_t kMostImportedReadings = 2'000'000;  // of all samples together, absent ones included
inline constexpr std::size_t kMostImportedEvents = 1000;         // of all samples together

inline void leave_out(Imported& imported, std::string place, std::string why) {
  if (imported.unread.size() < kMostUnread) {
    imported.unread.push_back({std::move(place), std::move(why)});
  } else {
    ++imported.unread_more;
  }
}

}  // namespace countercheck
