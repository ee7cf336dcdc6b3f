#include "importers/join.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace countercheck {
namespace {

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at > 0) text += at + 1 == items.size() ? " and " : ", ";
    text += items[at];
  }
  return text;
}

std::string file_name(const std::string& path) {
  const std::string name = std::filesystem::path(path).filename().string();
  return name.empty() ? path : name;
}

std::string stem(const std::string& path) {
  const std::string name = std::filesystem::path(path).stem().string();
  return name.empty() ? path : name;
}

// Names in the order of the variants of all files.
std::vector<std::string> names_of(const std::vector<ImportedFile>& files) {
  std::map<std::string, std::size_t> times;
  for (const auto& file : files) {
    for (const auto& variant : file.imported.variants) ++times[variant.name];
  }
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const auto& file : files) {
    for (const auto& variant : file.imported.variants) {
      std::string name = variant.name;
      if (name.empty()) {
        name = stem(file.path);
      } else if (times[name] > 1 && files.size() > 1) {
        name = stem(file.path) + ": " + name;
      }
      std::string unique = name;
      for (unsigned number = 2; !taken.insert(unique).second; ++number) unique = fmt::format("{} ({})", name, number);
      names.push_back(std::move(unique));
    }
  }
  return names;
}

class Joiner {
 public:
  explicit Joiner(const std::vector<ImportedFile>& files) : files_(files) {}

  Experiment join() {
    find_events();
    const std::vector<std::string> names = names_of(files_);
    experiment_.rounds = 0;
    for (const ImportedFile& file : files_) {
      for (const ImportedVariant& variant : file.imported.variants) {
        note_summary(variant, names[experiment_.variants.size()], file.imported.tool);
        add(variant, names[experiment_.variants.size()]);
      }
    }
    describe();
    note_machines();
    note_files();
    return std::move(experiment_);
  }

 private:
  void find_events() {
    std::set<std::string> known;
    std::size_t samples = 0;
    std::size_t variants = 0;
    for (const ImportedFile& file : files_) {
      variants += file.imported.variants.size();
      for (const ImportedVariant& variant : file.imported.variants) {
        samples += variant.samples.size();
        for (const ImportedSample& sample : variant.samples) {
          for (const Reading& reading : sample.readings) {
            if (known.insert(reading.event).second) experiment_.events.push_back(reading.event);
          }
        }
      }
    }
    refuse("commands or benchmarks", variants, kMostImportedVariants);
    refuse("events", experiment_.events.size(), kMostImportedEvents);
    refuse("readings", samples * experiment_.events.size(), kMostImportedReadings);
    for (std::size_t event = 0; event < experiment_.events.size(); ++event) places_[experiment_.events[event]] = event;
  }

  static void refuse(const char* what, std::size_t number, std::size_t most) {
    if (number <= most) return;
    throw std::runtime_error(fmt::format("there are {} {}, and at most {} are read at a time", number, what, most));
  }

  void add(const ImportedVariant& variant, const std::string& name) {
    const std::size_t index = experiment_.variants.size();
    experiment_.variants.push_back({.name = name});
    unsigned round = 0;
    for (const ImportedSample& imported : variant.samples) {
      Sample sample{.variant = index,
                    .round = round++,
                    .status = imported.status,
                    .region_entries = imported.region_entries,
                    .work_items = imported.work_items};
      for (const std::string& event : experiment_.events) {
        sample.readings.push_back({.event = event,
                                   .source = Source::import,
                                   .value = Absence{AbsenceReason::not_told, "the imported file says nothing of it"}});
      }
      for (const Reading& reading : imported.readings) sample.readings[places_.at(reading.event)] = reading;
      experiment_.samples.push_back(std::move(sample));
    }
    experiment_.rounds = std::max(experiment_.rounds, round);
  }

  void note_summary(const ImportedVariant& variant, const std::string& name, const std::string& tool) {
    const auto& readings = variant.samples.front().readings;
    const auto found =
        std::find_if(readings.begin(), readings.end(), [](const Reading& r) { return r.summary.has_value(); });
    if (found == readings.end()) return;
    const std::string runs = found->summary->runs ? fmt::format("{} runs", *found->summary->runs)
                                                  : std::string("several runs, it does not say how many");
    experiment_.notes.push_back(fmt::format(
        "{}: {} told the means of {}; without the runs one by one no verdict can be given", name, tool, runs));
  }

  void describe() {
    std::vector<std::string> tools;
    bool region = true;
    for (const ImportedFile& file : files_) {
      const Imported& imported = file.imported;
      if (std::find(tools.begin(), tools.end(), imported.tool) == tools.end()) tools.push_back(imported.tool);
      region = region && imported.region;
      if (experiment_.work_item.empty()) experiment_.work_item = imported.work_item;
      for (const std::string& note : imported.notes) {
        if (std::find(experiment_.notes.begin(), experiment_.notes.end(), note) == experiment_.notes.end()) {
          experiment_.notes.push_back(note);
        }
      }
    }
    const bool alone = experiment_.variants.size() == 1;
    experiment_.kind = alone ? Kind::stat : Kind::comparison;
    experiment_.title = alone ? experiment_.variants.front().name : "imported from " + listed(tools);
    experiment_.region = region;
    experiment_.plan.order = Order::sequential;
  }

  void note_machines() {
    std::vector<std::string> names;
    std::set<std::string> cpus;
    for (const ImportedFile& file : files_) {
      names.push_back(file_name(file.path));
      cpus.insert(file.imported.cpu);
    }
    if (cpus.size() == 1) experiment_.machine.cpu = *cpus.begin();
    if (files_.size() < 2) return;
    if (cpus.size() == 1 && !cpus.contains("")) {
      experiment_.notes.push_back(fmt::format(
          "{} name the same processor, {}, but not whether it is the same machine: a difference in time may be "
          "one of the machines",
          listed(names), *cpus.begin()));
    } else {
      experiment_.notes.push_back(
          fmt::format("{} are from other machines or unknown ones: a difference in time may be one of the machines",
                      listed(names)));
    }
  }

  void note_files() {
    for (const ImportedFile& file : files_) {
      const std::size_t unread = file.imported.unread.size() + file.imported.unread_more;
      if (unread == 0) continue;
      experiment_.notes.push_back(fmt::format("{} of {} {} left out: countercheck import tells which and why",
                                              unread == 1 ? std::string("one part") : fmt::format("{} parts", unread),
                                              file_name(file.path), unread == 1 ? "was" : "were"));
    }
  }

  const std::vector<ImportedFile>& files_;
  Experiment experiment_;
  std::map<std::string, std::size_t, std::less<>> places_;  // of the events
};

}  // namespace

Experiment join(const std::vector<ImportedFile>& files) {
  return Joiner(files).join();
}

}  // namespace countercheck
