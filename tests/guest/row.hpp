#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "experiment/results.hpp"

namespace countercheck {

// What one row of a machine's cases gave back from the emulated machine. See tests/guest/init.
struct Row {
  std::string folder{};
  int status = -1;
  std::string out{};
  std::string err{};

  Experiment results() const;                                         // of stat or run with -o results.json
  std::vector<Reading> readings(const std::string& event) const;      // of that event, in each sample
  std::vector<std::uint64_t> values(const std::string& event) const;  // the same, where all have a value
  std::uint64_t value(const std::string& event) const;                // the same, where all have the same one

  void expect_absent(const std::string& event, AbsenceReason reason, const std::string& sentence) const;
  // A finding of doctor in one line: "hardware events part cycles, ..."
  std::string finding(const std::string& subject) const;
};

// Judges the rows of one machine; skips where the machines could not be made.
class Guest : public testing::Test {
 protected:
  explicit Guest(std::string machine) : machine_(std::move(machine)) {}
  void SetUp() override;
  Row row(const std::string& name) const;

 private:
  std::string folder(const std::string& name) const;

  std::string machine_;
};

}  // namespace countercheck
