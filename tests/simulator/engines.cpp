#include "tests/simulator/engines.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/simulator/machine_texts.hpp"

namespace countercheck {
namespace {

// The line that begins with this word, without it.
std::istringstream line_of(const std::string& text, const std::string& word) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind(word, 0) == 0) return std::istringstream(line.substr(word.size()));
  }
  return {};
}

// simulator/tool's JSON of one process, in Cachegrind's words.
Counts in_cachegrinds_words(const nlohmann::json& process) {
  Counts counts;
  for (const auto& thread : process.at("threads")) {
    const auto add = [&](const char* name, const nlohmann::json& number) {
      counts[name] += number.get<std::uint64_t>();
    };
    add("Ir", thread.at("instructions"));
    add("Dr", thread.at("loads"));
    add("Dw", thread.at("stores"));
    const auto& levels = thread.at("misses");
    add("I1mr", levels.at(0).at(0));
    add("D1mr", levels.at(0).at(1));
    add("D1mw", levels.at(0).at(2));
    add("ILmr", levels.at(1).at(0));
    add("DLmr", levels.at(1).at(1));
    add("DLmw", levels.at(1).at(2));
    add("Bc", thread.at("conditional-branches"));
    add("Bcm", thread.at("conditional-misses"));
    add("Bi", thread.at("indirect-branches"));
    add("Bim", thread.at("indirect-misses"));
  }
  return counts;
}

}  // namespace

Engines::Engines(const std::string& tools) : folder_(tools) {
  if (folder_.missing().empty()) std::ofstream(folder_.path() + "/machine") << two_levels();
}

Counts Engines::cachegrind(const Program& program) const {
  const std::string file = folder_.path() + "/cachegrind.out";
  std::vector<std::string> options(std::begin(kTwoLevelsOfCachegrind), std::end(kTwoLevelsOfCachegrind));
  options.insert(options.end(), {"--cache-sim=yes", "--branch-sim=yes", "--cachegrind-out-file=" + file});
  if (folder_.run("cachegrind", options, program) != 0) return {};
  const std::string text = text_of(file);
  std::istringstream names = line_of(text, "events:");
  std::istringstream numbers = line_of(text, "summary:");
  Counts counts;
  std::uint64_t number = 0;
  for (std::string name; names >> name && numbers >> number;) counts[name] = number;
  return counts;
}

Counts Engines::ours(const Program& program, const std::vector<std::string>& options) const {
  std::vector<std::string> all = options;
  all.push_back("--machine-file=" + folder_.path() + "/machine");
  const auto processes = folder_.simulate(all, program);
  if (processes.size() == 1) return in_cachegrinds_words(processes.front());
  ADD_FAILURE() << program.name << " left the counts of " << processes.size() << " processes, not of one";
  return {};
}

}  // namespace countercheck
