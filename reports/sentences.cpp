#include "reports/sentences.hpp"

#include <fmt/format.h>

#include <cstring>

#include "counters/counted_noun.hpp"
#include "reports/quantities.hpp"

namespace countercheck {
namespace {

// glibc's untranslated descriptions: a report is the same in every locale.
std::string signal_text(int number) {
  const char* name = sigabbrev_np(number);
  const char* description = sigdescr_np(number);
  if (!name || !description) return fmt::format("signal {}", number);
  return fmt::format("signal {} (SIG{}, {})", number, name, description);
}

std::string error_text(int number) {
  const char* description = strerrordesc_np(number);
  return description ? std::string(description) : fmt::format("error {}", number);
}

std::string how_it_ended(Ending ending, int status) {
  switch (ending) {
    case Ending::failed:
      return fmt::format("exit status {}", status);
    case Ending::signalled:
      return "killed by " + signal_text(status);
    case Ending::timed_out:
      return fmt::format("stopped at the time limit of {:g} s", status / 1000.0);
    case Ending::not_started:
      return "could not be started: " + error_text(status);
    case Ending::interrupted:
      return "countercheck was interrupted by " + signal_text(status);
    case Ending::completed:
      break;
  }
  return "completed";
}

std::string part_text(const Digest& digest, std::size_t part) {
  if (part >= digest.size()) return "nothing";
  if (const auto* real = std::get_if<double>(&digest[part])) {
    return *real == *real ? fmt::format("{}", *real) : "no number";
  }
  return fmt::format("{}", std::get<std::uint64_t>(digest[part]));
}

}  // namespace

std::vector<std::string> failure_sentences(const Outcome& outcome, std::string_view noun) {
  std::vector<std::string> sentences;
  for (const Failure& failure : outcome.failures) {
    sentences.push_back(fmt::format("{} of {} failed: {}", failure.samples, counted_noun(outcome.taken, noun),
                                    how_it_ended(failure.ending, failure.status)));
  }
  return sentences;
}

std::string difference_from_baseline(const DigestFinding& finding) {
  return fmt::format("in part {} of the digest: {} was expected, {} came out in round {}", finding.part + 1,
                     part_text(finding.expected, finding.part), part_text(finding.found, finding.part),
                     finding.found_round + 1);
}

std::string difference_between_samples(const DigestFinding& finding, std::string_view noun) {
  return fmt::format("in part {} of the digest: {} in {} {}, {} in {} {}", finding.part + 1,
                     part_text(finding.expected, finding.part), noun, finding.expected_round + 1,
                     part_text(finding.found, finding.part), noun, finding.found_round + 1);
}

std::string shown_span(const Span& span) {
  const auto number = [](std::uint64_t value) { return grouped(static_cast<double>(value)); };
  return span.least == span.most ? number(span.least) : number(span.least) + " to " + number(span.most);
}

std::string shown_entries(const Span& entries) {
  if (entries == Span{1, 1}) return "entered once";
  return "entered " + shown_span(entries) + " times";
}

std::string plain_reason(AbsenceReason reason) {
  const std::string_view text = short_form(reason);
  return std::string(text.starts_with('<') && text.ends_with('>') ? text.substr(1, text.size() - 2) : text);
}

std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at > 0) text += at + 1 == items.size() ? " and " : ", ";
    text += items[at];
  }
  return text;
}

char mark_of(Source source) {
  switch (source) {
    case Source::pmu:
      return 'p';
    case Source::papi:
      return 'a';
    case Source::kernel:
      return 'k';
    case Source::rusage:
      return 'r';
    case Source::sim:
      return 's';
    case Source::import:
      return 'i';
    case Source::clock:
      break;
  }
  return 0;
}

std::string legend_of(Source source) {
  switch (source) {
    case Source::pmu:
      return "p counted by the processor (PMU)";
    case Source::papi:
      return "a counted through PAPI";
    case Source::kernel:
      return "k counted by the kernel";
    case Source::rusage:
      return "r told by getrusage";
    case Source::sim:
      return "s simulated";
    case Source::import:
      return "i imported";
    case Source::clock:
      break;
  }
  return "";
}

}  // namespace countercheck
