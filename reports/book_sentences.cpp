#include "reports/book_sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/quantities.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

constexpr double kLeastPart = 0.2;
// Turbo and thermal limits move the clock of one processor by some 20 %; to less than this it does not fall while it
// works.
constexpr double kLeastClock = 0.6;
// Speeds within 1 % of each other have no parts: their logarithm is about 0.
constexpr double kAsFast = 0.01;

struct Factor {
  double value;
  const char* more;
  const char* less;
};

std::string product(const BookFactors& f) {
  return fmt::format("{:.3f} times as fast = {:.3f}x fewer instructions x {:.3f} IPC x {:.3f} clock x {:.3f} CPUs",
                     f.faster, f.fewer_instructions, f.instructions_per_cycle, f.clock, f.cpus);
}

std::string percent(double part) {
  return fmt::format("{:.0f} %", part * 100);
}

const std::string& name_of(const BookReading& reading, std::size_t example) {
  return reading.book.examples[example].name;
}

std::string named_step(const BookReading& reading, const BookComparison& step) {
  return fmt::format("{} to {}", name_of(reading, step.from), name_of(reading, step.to));
}

// What of a step's speed-up its instructions explain.
std::string share_of_instructions(const BookFactors& f) {
  const double part = part_of(f.fewer_instructions, f.faster);
  const char* const how = part > 1      ? "explain more than all of it"
                          : part >= 0.5 ? "explain most of it"
                          : part > 0    ? "explain less than half of it"
                                        : "explain none of it";
  return fmt::format("the instructions {} ({})", how, percent(part));
}

// Whether a cycle does more than before, as it would where data lie better.
std::string work_of_a_cycle(const BookFactors& f) {
  const double part = part_of(f.instructions_per_cycle, f.faster);
  if (part > 0.5) return "and the rest is that each cycle does more of them, as better locality lets it";
  if (part > 0)
    return fmt::format("while the work of a cycle, where better locality shows, explains {}", percent(part));
  return "and each cycle does fewer of them, where better locality would let it do more";
}

std::string references_text(double references) {
  return references > 1
             ? fmt::format("it even refers to the last-level cache {} times as often", significant(references, 3))
             : fmt::format("it refers to the last-level cache {} as often", shown_ratio(references));
}

std::vector<std::string> on_locality(const BookReading& reading, const BookFinding& finding) {
  const BookFactors& first = finding.first->factors;
  const BookFactors& second = finding.second->factors;
  const double part = part_of(second.faster, finding.whole.factors.faster);
  return {fmt::format("The book's reading: {}. Its figures {}.", finding.claim.says,
                      finding.holds ? "bear it out" : "say otherwise"),
          fmt::format("{} ({}): {}; {}, {}; {}.", named_step(reading, *finding.first),
                      reading.book.examples[finding.first->to].scheme, product(first), share_of_instructions(first),
                      work_of_a_cycle(first), references_text(finding.references)),
          fmt::format("{} ({}): {}. Of the whole way, {:.1f} times as fast, this step is {} and the one before it {} "
                      "(factors multiply, so these are parts of the logarithm).",
                      named_step(reading, *finding.second), reading.book.examples[finding.second->to].scheme,
                      product(second), finding.whole.factors.faster, percent(part), percent(1 - part))};
}

std::string on_a_number(const BookReading& reading, const BookFinding& finding) {
  const bool speed = finding.claim.kind == BookClaim::Kind::faster;
  const BookFactors& f = finding.whole.factors;
  return fmt::format("The book on {}: {}. Its figures {}: {:.3f} times {}.", named_step(reading, finding.whole),
                     finding.claim.says, finding.holds ? "bear it out" : "say otherwise",
                     speed ? f.faster : f.fewer_instructions, speed ? "as fast" : "fewer instructions");
}

}  // namespace

std::vector<std::string> book_heading(const BookReading& reading) {
  const Book& book = reading.book;
  std::vector<std::string> sentences = {fmt::format("{}: its figures, read by countercheck", book.title)};
  if (!reading.shown.empty()) {
    sentences.push_back(fmt::format("the counter tables: {}, {} cell updates, on an {}", reading.experiment.problem,
                                    grouped(static_cast<double>(book.cell_updates())), book.cpu));
    sentences.push_back(fmt::format("{}; size and iterations: {}", book.perf, book.problem_source));
  }
  return sentences;
}

std::string explanation_of(const BookFactors& f) {
  if (std::abs(f.faster - 1) < kAsFast) return "as fast";
  std::vector<Factor> factors = {{f.fewer_instructions, "fewer instructions", "more instructions"},
                                 {f.instructions_per_cycle, "more done in a cycle", "less done in a cycle"},
                                 {f.clock, "a higher clock", "a lower clock"},
                                 {f.cpus, "more CPUs", "fewer CPUs"}};
  const auto part = [&](const Factor& factor) { return part_of(factor.value, f.faster); };
  std::stable_sort(factors.begin(), factors.end(), [&](const Factor& a, const Factor& b) { return part(a) > part(b); });
  std::vector<std::string> helps;
  std::vector<std::string> hinders;
  for (const Factor& factor : factors) {
    const char* const words = factor.value > 1 ? factor.more : factor.less;
    if (part(factor) >= kLeastPart) helps.emplace_back(words);
    if (part(factor) <= -kLeastPart) hinders.emplace_back(words);
  }
  return listed(helps) + (hinders.empty() ? "" : "; against it: " + listed(hinders));
}

std::vector<std::string> step_sentences(const BookReading& reading) {
  std::vector<std::string> sentences;
  for (const BookComparison& step : reading.steps) {
    if (step.factors.clock >= kLeastClock && step.factors.clock <= 1 / kLeastClock) continue;
    const bool falls = step.factors.clock < 1;
    const std::size_t low = falls ? step.to : step.from;
    const std::size_t high = falls ? step.from : step.to;
    sentences.push_back(fmt::format(
        "{} has {:.3f} of the clock of {} on the same processor: not all of its cycles were counted, or it slept in "
        "its "
        "CPU time; what is made of its cycles is to be doubted, the time and the instructions are not.",
        name_of(reading, low), falls ? step.factors.clock : 1 / step.factors.clock, name_of(reading, high)));
  }
  return sentences;
}

std::vector<std::string> runtime_sentences(const BookReading& reading) {
  const BookRuntimes& runtimes = reading.book.runtimes;
  std::vector<std::string> sentences;
  if (runtimes.iterations == runtimes.iterations_printed || reading.mismatches.empty()) {
    sentences.push_back(fmt::format("Each is of {} iterations.", runtimes.iterations));
    return sentences;
  }
  const auto times = [](const BookMismatch& one) { return one.counted / one.table; };
  const auto [least, most] =
      std::minmax_element(reading.mismatches.begin(), reading.mismatches.end(),
                          [&](const BookMismatch& a, const BookMismatch& b) { return times(a) < times(b); });
  sentences.push_back(fmt::format(
      "Printed as of {} iterations, and taken for {}: the counter tables, of {} at {} x {}, took from {:.1f} ({}) to "
      "{:.1f} times ({}) as long as this table has for the same programs; {}. Ratios within a column do not depend on "
      "it.",
      runtimes.iterations_printed, runtimes.iterations, reading.book.iterations, reading.book.size, reading.book.size,
      times(*least), least->example, times(*most), most->example, runtimes.source));
  return sentences;
}

std::vector<std::string> book_findings(const BookReading& reading) {
  std::vector<std::string> sentences;
  for (const BookFinding& finding : reading.findings) {
    if (finding.claim.kind == BookClaim::Kind::locality) {
      for (std::string& sentence : on_locality(reading, finding)) sentences.push_back(std::move(sentence));
    } else {
      sentences.push_back(on_a_number(reading, finding));
    }
  }
  return sentences;
}

std::vector<std::string> here_sentences(const BookReading& reading) {
  const BookHere& here = *reading.here;
  std::vector<std::string> sentences = {
      fmt::format("Here: {}{}{}, matched by the scheme that each variant names. Its size and iterations are not the "
                  "book's, so both are given for one cell update, and ratios to the first row.",
                  here.title, here.problem.empty() ? "" : ", ", here.problem)};
  if (here.region) {
    sentences.emplace_back(
        "Here the marked region was counted, in the book the whole process, Python's start included.");
  }
  if (here.simulated)
    sentences.emplace_back("s simulated: of user mode only, on the machine that the results file names.");
  if (!here.excluded.empty()) {
    sentences.push_back(fmt::format("Left out, for they computed something else: {}.", listed(here.excluded)));
  }
  return sentences;
}

std::vector<std::string> book_slips(const BookReading& reading) {
  return reading.book.slips;
}

}  // namespace countercheck
