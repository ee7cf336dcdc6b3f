#include "tests/guest/row.hpp"

#include <sstream>

#include "experiment/results_file.hpp"
#include "tests/cli/tool.hpp"

namespace countercheck {

Experiment Row::results() const {
  return read_results(folder + "/results.json");
}

std::vector<Reading> Row::readings(const std::string& event) const {
  std::vector<Reading> found;
  for (const auto& sample : results().samples) {
    for (const auto& reading : sample.readings) {
      if (reading.event == event) found.push_back(reading);
    }
  }
  EXPECT_FALSE(found.empty()) << event << " is not in " << folder;
  return found;
}

std::vector<std::uint64_t> Row::values(const std::string& event) const {
  std::vector<std::uint64_t> values;
  for (const auto& reading : readings(event)) {
    if (const auto* why = absence(reading)) ADD_FAILURE() << folder << ": " << event << ": " << why->sentence;
    values.push_back(raw(reading).value_or(0));
  }
  return values;
}

std::uint64_t Row::value(const std::string& event) const {
  const auto all = values(event);
  for (const auto value : all) EXPECT_EQ(value, all.front()) << folder << ": " << event << " is not the same each time";
  return all.empty() ? 0 : all.front();
}

void Row::expect_absent(const std::string& event, AbsenceReason reason, const std::string& sentence) const {
  for (const auto& reading : readings(event)) {
    ASSERT_NE(absence(reading), nullptr) << event << " reads " << raw(reading).value_or(0);
    EXPECT_EQ(to_string(absence(reading)->reason), to_string(reason)) << event;
    EXPECT_EQ(absence(reading)->sentence, sentence) << event;
  }
}

std::string Row::finding(const std::string& subject) const {
  std::istringstream lines(out);
  std::string found;
  bool within = false;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(' ')) within = line.starts_with(subject + " ");
    if (within) found += line + "\n";
  }
  const std::string whole = unwrapped(found);
  return whole.substr(0, whole.find_last_not_of(' ') + 1);
}

void Guest::SetUp() {
  const std::string skipped = read_file(GUEST_FOLDER "/skipped");
  if (!skipped.empty()) GTEST_SKIP() << skipped;
}

std::string Guest::folder(const std::string& name) const {
  return GUEST_FOLDER "/results/" + machine_ + "/" + name;
}

Row Guest::row(const std::string& name) const {
  Row row{.folder = folder(name)};
  const std::string status = read_file(row.folder + "/status");
  if (status.empty()) {
    ADD_FAILURE() << "the machine left no " << row.folder;
    return row;
  }
  row.status = std::stoi(status);
  row.out = read_file(row.folder + "/out");
  row.err = read_file(row.folder + "/err");
  return row;
}

}  // namespace countercheck
