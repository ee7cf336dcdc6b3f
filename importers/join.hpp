#pragma once

#include <string>
#include <vector>

#include "experiment/results.hpp"
#include "importers/imported.hpp"

namespace countercheck {

struct ImportedFile {
  std::string path{};
  Imported imported{};
};

// One experiment of all that was read: a block of counts where there is one variant, else a comparison in which the
// first is the baseline. Variants have the names that the files give them, or the file's own; where two are the same,
// the file's name stands before them. Nothing is made up: the machine is not known but for what all files tell of the
// processor, the samples were taken one variant after the other, and an event that one file does not have is absent
// there. Throws std::runtime_error where it would be more than countercheck takes.
Experiment join(const std::vector<ImportedFile>& files);

}  // namespace countercheck
