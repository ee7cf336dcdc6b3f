#include "experiment/results_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <system_error>

#include "counters/user_error.hpp"
#include "experiment/results_json.hpp"
#include "experiment/text_file.hpp"

namespace countercheck {
namespace {

std::string message(int error) {
  return std::generic_category().message(error);
}

bool write_all(int file, std::string_view text, std::int64_t at) {
  while (!text.empty()) {
    const ssize_t written = pwrite(file, text.data(), text.size(), at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
    at += written;
  }
  return true;
}

// Text from the outside (a command line, a message) need not be UTF-8, and one bad byte must not lose a sample.
std::string dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// What is known at the end.
std::string end_of(const Experiment& experiment) {
  std::string load;
  if (const auto& seen = experiment.load) {
    load = "\n\"load\":" + dump({{"before", seen->before}, {"after", seen->after}, {"cpus", seen->cpus}}) + ",";
  }
  return fmt::format("\n],\n\"rounds\":{},{}\n\"notes\":{}}}\n", experiment.rounds, load, dump(experiment.notes));
}

}  // namespace

ResultsFile::ResultsFile(const std::string& path, const Experiment& experiment)
    : path_(path), file_(open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
  if (!file_) {
    throw UserError(Trouble::file, fmt::format("the results file '{}' cannot be written: {}", path, message(errno)));
  }
  struct stat status {};
  if (fstat(file_.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    throw UserError(Trouble::file,
                    fmt::format("the results file '{}' is not a regular file: it is rewritten after every "
                                "sample, which a pipe or a device cannot be",
                                path));
  }
  auto object = to_json(experiment);
  object.erase("rounds");  // how many there are is known at the end
  std::string head = dump(object);
  head.pop_back();  // the closing brace: the samples come before it
  write(head + ",\"samples\":[", end_of(experiment));
}

void ResultsFile::append_last_sample(const Experiment& experiment) {
  write((samples_ == 0 ? "\n" : ",\n") + dump(to_json(experiment.samples.back())), end_of(experiment));
  ++samples_;
}

void ResultsFile::finish(const Experiment& experiment) {
  write("", end_of(experiment));
}

void ResultsFile::write(const std::string& text, const std::string& end) {
  const auto length = [&] { return end_at_ + static_cast<std::int64_t>(text.size() + end.size()); };
  const bool shorter = text.size() + end.size() < end_.size();
  if (write_all(file_.get(), text + end, end_at_) && (!shorter || ftruncate(file_.get(), length()) == 0)) {
    end_at_ += static_cast<std::int64_t>(text.size());
    end_ = end;
    return;
  }
  const int error = errno;
  // The old end fits: its blocks were there before.
  const bool restored = !end_.empty() && write_all(file_.get(), end_, end_at_) &&
                        ftruncate(file_.get(), end_at_ + static_cast<std::int64_t>(end_.size())) == 0;
  if (!restored) {
    throw UserError(Trouble::file,
                    fmt::format("the results file '{}' could not be written: {}", path_, message(error)));
  }
  throw UserError(Trouble::file,
                  fmt::format("the results file '{}' could not be written further: {}; it holds the {} samples "
                              "taken before",
                              path_, message(error), samples_));
}

Experiment results_from(const std::string& text, const std::string& name) {
  try {
    return experiment_from(nlohmann::json::parse(text));
  } catch (const nlohmann::json::parse_error& error) {
    throw UserError(Trouble::file,
                    fmt::format("'{}' is not a results file: it is no whole JSON (at byte {})", name, error.byte));
  } catch (const std::exception& error) {
    throw UserError(Trouble::file,
                    fmt::format("'{}' is not a results file that this countercheck can read: {}", name, error.what()));
  }
}

std::string results_text(const std::string& path) {
  return read_text_file(path, "results file", kMostResults);
}

Experiment read_results(const std::string& path) {
  return results_from(results_text(path), path);
}

}  // namespace countercheck
