#pragma once

#include <chrono>

#include "experiment/runner.hpp"

namespace countercheck {

// One line on standard error, with a bar where there is room for it and the time that is left, written over before each
// sample, on a terminal only; failures on lines of their
// own, always.
class Progress : public Observer {
 public:
  explicit Progress(bool quiet);
  ~Progress() override;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void about_to_launch(const Experiment& experiment, const Turn& turn) override;
  void announce(const std::string& sentence) override;
  void failed(const std::string& sentence) override;

 private:
  void wipe();

  bool quiet_;
  bool shown_;
  bool line_is_there_ = false;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace countercheck
