#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace countercheck {

// One word after `countercheck`: it declares its options and, when chosen, does its work.
class Subcommand {
 public:
  virtual ~Subcommand() = default;
  // The exit status. `command` holds the words after "--".
  virtual int run(const std::vector<std::string>& command) = 0;

  CLI::App* app() const { return app_; }

 protected:
  explicit Subcommand(CLI::App* app) : app_(app) {}

 private:
  CLI::App* app_;
};

std::unique_ptr<Subcommand> make_run(CLI::App& parent);
std::unique_ptr<Subcommand> make_compare(CLI::App& parent);
std::unique_ptr<Subcommand> make_stat(CLI::App& parent);
std::unique_ptr<Subcommand> make_check(CLI::App& parent);
std::unique_ptr<Subcommand> make_misses(CLI::App& parent);
std::unique_ptr<Subcommand> make_events(CLI::App& parent);
std::unique_ptr<Subcommand> make_certify(CLI::App& parent);
std::unique_ptr<Subcommand> make_list(CLI::App& parent);
std::unique_ptr<Subcommand> make_doctor(CLI::App& parent);
std::unique_ptr<Subcommand> make_import(CLI::App& parent);
std::unique_ptr<Subcommand> make_report_command(CLI::App& parent);
std::unique_ptr<Subcommand> make_history(CLI::App& parent);
std::unique_ptr<Subcommand> make_verify(CLI::App& parent);
std::unique_ptr<Subcommand> make_book(CLI::App& parent);

}  // namespace countercheck
