#pragma once

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>

// A benchmark's command line, by CLI11. Ends with 0 after --help, and with 3 and one sentence where it is wrong.
inline void parse_or_end(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    std::fputs(app.help().c_str(), stdout);
    std::exit(0);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "%s: %s; --help tells the usage\n", app.get_name().c_str(), error.what());
    std::exit(3);
  }
}

// Ends with 1: it could not be measured.
[[noreturn]] inline void could_not(const CLI::App& app, const char* why) {
  std::fprintf(stderr, "%s: %s\n", app.get_name().c_str(), why);
  std::exit(1);
}

// Takes the command line and measures; whatever is thrown meanwhile is why it could not be.
template <typename Measure>
void run_benchmark(CLI::App& app, int argc, char** argv, Measure measure) {
  parse_or_end(app, argc, argv);
  try {
    measure();
  } catch (const std::exception& error) {
    could_not(app, error.what());
  }
}
