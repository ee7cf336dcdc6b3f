#include "workloads/command_line.hpp"

#include <fmt/format.h>
#include <getopt.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "workloads/failure.hpp"

namespace countercheck::workloads {
namespace {

// Above any character, so that getopt's optopt tells long options from short ones.
enum Option : int { size = 256, iterations, initial, seed, threads, schedule, passive_wait, list, help };

constexpr std::array kOptions = {option{"size", required_argument, nullptr, Option::size},
                                 option{"iterations", required_argument, nullptr, Option::iterations},
                                 option{"initial", required_argument, nullptr, Option::initial},
                                 option{"seed", required_argument, nullptr, Option::seed},
                                 option{"threads", required_argument, nullptr, Option::threads},
                                 option{"schedule", required_argument, nullptr, Option::schedule},
                                 option{"passive-wait", no_argument, nullptr, Option::passive_wait},
                                 option{"list", no_argument, nullptr, Option::list},
                                 option{"help", no_argument, nullptr, Option::help},
                                 option{nullptr, 0, nullptr, 0}};

constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kMostThreads =
    1024;  // more is a slip of the keyboard, and OpenMP would exit without a word of ours

std::uint64_t number(std::string_view name, std::string_view text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    const std::string range =
        most == kMost ? fmt::format("of at least {}", least) : fmt::format("from {} to {}", least, most);
    throw UsageError(fmt::format("--{} takes a whole number {}, not '{}'", name, range, text));
  }
  return value;
}

template <class Enum, std::size_t count>
Enum word(std::string_view option, const std::array<Name<Enum>, count>& names, std::string_view text) {
  const auto value = value_of(names, text);
  if (!value) throw UsageError(fmt::format("--{} takes {}, not '{}'", option, alternatives(names), text));
  return *value;
}

[[noreturn]] void refuse_option(const char* typed) {
  const std::string_view text(typed);
  std::vector<std::string> known;
  for (const auto& row : kOptions) {
    if (row.name == nullptr) continue;
    known.push_back(fmt::format("--{}", row.name));
    if (text.starts_with(known.back() + "=")) throw UsageError(fmt::format("{} takes no value", known.back()));
  }
  throw UsageError(
      fmt::format("there is no option '{}': the nearest is {}", text, nearest(text.substr(0, text.find('=')), known)));
}

// What was typed of a problem. The rest is its family's, which is known when all words have been read.
struct Given {
  std::optional<std::size_t> size{};
  std::optional<std::uint64_t> iterations{};
  std::optional<Initial> initial{};
  std::optional<std::uint64_t> seed{};
  std::optional<unsigned> threads{};
  std::optional<Schedule> schedule{};
};

Problem completed(const Given& given, const Problem& defaults) {
  return {.size = given.size.value_or(defaults.size),
          .iterations = given.iterations.value_or(defaults.iterations),
          .initial = given.initial.value_or(defaults.initial),
          .seed = given.seed.value_or(defaults.seed),
          .threads = given.threads.value_or(defaults.threads),
          .schedule = given.schedule.value_or(defaults.schedule)};
}

void refuse_what_it_does_not_take(const Request& request, const Given& given) {
  if (given.threads.value_or(1) > 1 && !request.variant->threads) {
    throw UsageError(fmt::format("{} runs in one thread and takes no --threads", request.name));
  }
  if (given.schedule && !request.variant->schedule) {
    throw UsageError(fmt::format("{} is no OpenMP loop and takes no --schedule", request.name));
  }
  if ((given.initial || given.seed) && !request.family->initial_states) {
    throw UsageError(
        fmt::format("{} begins with zeros and takes no --{}", request.name, given.initial ? "initial" : "seed"));
  }
}

// A variant is often typed without its family: the nearest is looked for among both forms.
const Variant& variant_called(const std::string& name) {
  if (const Variant* variant = find_variant(name)) return *variant;
  const std::vector<std::string> full = full_names();
  std::vector<std::string> bare;
  bare.reserve(full.size());
  for (const auto& candidate : full) bare.push_back(candidate.substr(candidate.find('/') + 1));
  const bool with_family = name.find('/') != std::string::npos;
  const std::vector<std::string>& candidates = with_family ? full : bare;
  const std::string_view best = nearest(name, candidates);
  const auto at = std::find(candidates.begin(), candidates.end(), best) - candidates.begin();
  throw UsageError(fmt::format("there is no variant '{}': the nearest is {}, and --list tells all of them", name,
                               full[static_cast<std::size_t>(at)]));
}

}  // namespace

Request parse(int argc, char** argv) {
  Request request;
  Given given;
  std::vector<std::string> words;
  optind = 0;  // glibc's way to begin anew, for tests that parse more than once
  opterr = 0;
  int found = 0;
  // "-" hands over the words that are no options where they stand, ":" tells a missing value from an unknown option.
  while ((found = getopt_long(argc, argv, "-:h", kOptions.data(), nullptr)) != -1) {  // NOLINT(concurrency-mt-unsafe)
    switch (found) {
      case 1:
        words.emplace_back(optarg);
        break;
      case Option::size:
        given.size = number("size", optarg, 3, kMost);
        break;
      case Option::iterations:
        given.iterations = number("iterations", optarg, 0, kMost);
        break;
      case Option::initial:
        given.initial = word("initial", kInitials, optarg);
        break;
      case Option::seed:
        given.seed = number("seed", optarg, 0, kMost);
        break;
      case Option::threads:
        given.threads = static_cast<unsigned>(number("threads", optarg, 1, kMostThreads));
        break;
      case Option::schedule:
        given.schedule = word("schedule", kSchedules, optarg);
        break;
      case Option::passive_wait:
        request.passive_wait = true;
        break;
      case Option::list:
        request.action = Request::Action::list;
        break;
      case Option::help:
      case 'h':
        request.action = Request::Action::help;
        return request;
      case ':':
        throw UsageError(fmt::format("{} needs a value", argv[optind - 1]));
      default:
        // A letter that is not known may stand in a word with others, of which getopt has not reached the end.
        if (optopt > 0 && optopt < Option::size) refuse_option(fmt::format("-{}", static_cast<char>(optopt)).c_str());
        refuse_option(argv[optind - 1]);
    }
  }
  for (int i = optind; i < argc; ++i) words.emplace_back(argv[i]);

  if (request.action == Request::Action::list) {
    if (!words.empty()) throw UsageError(fmt::format("--list tells all variants and takes no '{}'", words.front()));
    return request;
  }
  if (words.empty()) {
    throw UsageError("name the variant to run, such as diffusion/roll-add: --list tells all of them");
  }
  request.variant = &variant_called(words.front());
  request.family = find_family(words.front());
  request.name = words.front();
  if (words.size() > 1) {
    throw UsageError(fmt::format("one variant is run at a time: '{}' is a word too many", words[1]));
  }
  refuse_what_it_does_not_take(request, given);
  request.problem = completed(given, request.family->defaults);
  return request;
}

std::string usage() {
  const Problem defaults;
  std::string sizes;
  for (const Family& family : families()) {
    const Problem& own = family.defaults;
    sizes +=
        fmt::format("                       {}: {} ({}); {} step{}, {} thread{}\n", family.name, family.size_is,
                    own.size, own.iterations, own.iterations == 1 ? "" : "s", own.threads, own.threads == 1 ? "" : "s");
  }
  return fmt::format(
      R"(usage: countercheck-workload FAMILY/VARIANT [options]
       countercheck-workload --list

Runs one of countercheck's built-in variants, with the marks of countercheck/region.h around its steps.

  --size N           at least 3; what it stands for, and what holds unless told:
{}  --iterations N     steps
  --threads N        1 to {}, for the variants that have them
  --initial STATE    of diffusion: {} ({})
  --seed N           of its random state ({})
  --schedule KIND    of an OpenMP loop: {} ({})
  --passive-wait     OpenMP's threads sleep while they wait instead of spinning
  --list             all families and variants, as JSON
  -h, --help         this

In parentheses: what holds unless told.
Exit status: 0 done, 3 wrong usage, 6 not enough memory or threads, 8 standard output could not be written,
9 internal error.
)",
      sizes, kMostThreads, alternatives(kInitials), name_of(kInitials, defaults.initial), defaults.seed,
      alternatives(kSchedules), name_of(kSchedules, defaults.schedule));
}

}  // namespace countercheck::workloads
