#include "reports/stamp_sentences.hpp"

#include <fmt/format.h>

#include <cmath>

#include "counters/counted_noun.hpp"
#include "reports/quantities.hpp"
#include "reports/sentences.hpp"

namespace countercheck {
namespace {

struct Words {
  std::string_view quantity;
  std::string_view words;
};

// Those that are not called as they are.
constexpr Words kQuantities[] = {
    {"L1d-loads", "loads"},
    {"L1d-misses", "misses of the L1d, which are accesses to the L2"},
    {"L2-misses", "misses of the L2, which are accesses to the last level"},
    {"LLC-misses", "misses of the last level"},
    {"dTLB-misses", "misses of the data TLB"},
    {"task-clock", "nanoseconds of CPU time"},
    {"frontend-stalls", "stalled cycles of the front end"},
    {"backend-stalls", "stalled cycles of the back end"},
    {"lines-streamed", "lines fetched from memory, prefetched ones too"},
};

std::string in_words(const std::string& quantity) {
  for (const Words& row : kQuantities) {
    if (row.quantity == quantity) return std::string(row.words);
  }
  return quantity;
}

// A count for one item: whole, or with as many digits as tell it from the truth.
std::string each(double value) {
  return value == std::round(value) ? fmt::format("{:.0f}", value) : significant(value, 4);
}

std::string off(const Stamp& stamp) {
  const double share = stamp.bias() * 100;
  return fmt::format("{:+.{}f} %", share, std::abs(share) < 0.1 ? 4 : std::abs(share) < 10 ? 2 : 0);
}

std::string sizes(const Stamp& stamp) {
  return fmt::format("{} and {} {}, {}{}", grouped(static_cast<double>(stamp.few)),
                     grouped(static_cast<double>(stamp.many)), counted_noun(2, stamp.item).substr(2),
                     counted_noun(stamp.rounds, "run"), stamp.rounds == 1 ? " of each" : " each");
}

std::string besides(const Stamp& stamp) {
  const double count = std::round(stamp.besides);
  if (count == 0) return ", and nothing besides";
  if (count < 0) return fmt::format(", but for {} in every run", grouped(-count));
  return fmt::format(", and {} besides in every run", grouped(count));
}

std::string counted_for_each(const Stamp& stamp) {
  return fmt::format("{} for each {} of '{}'", each(stamp.found), stamp.item, stamp.kernel);
}

std::string explanation(const Stamp& stamp) {
  const std::string truth = stamp.each == 0 ? "none" : each(stamp.each);
  switch (stamp.kind) {
    case StampKind::exact:
      return fmt::format("{} ({}){}", counted_for_each(stamp), sizes(stamp), besides(stamp));
    case StampKind::close:
      return fmt::format("{} where {} is true ({}){}", counted_for_each(stamp), truth, sizes(stamp),
                         stamp.each == 0 || stamp.bias() == 0 ? "" : ": off by " + off(stamp));
    case StampKind::plausible:
      return fmt::format("{}, where at least {} is due ({})", counted_for_each(stamp), truth, sizes(stamp));
    case StampKind::biased:
      return fmt::format("{} where {} is true ({}){}", counted_for_each(stamp), truth, sizes(stamp),
                         stamp.each == 0 ? "" : ": off by " + off(stamp));
    case StampKind::another:
      return fmt::format("it counts {}; its name stands for {}: {} where {} would be true", in_words(stamp.counts),
                         in_words(stamp.claims), counted_for_each(stamp), truth);
    case StampKind::noisy:
      return fmt::format(
          "{} where {} is true, but runs alike differ by {} of the truth: certify again on a quieter "
          "machine",
          counted_for_each(stamp), truth, shown_percent(stamp.spread));
    case StampKind::dead:
      break;
  }
  return fmt::format("it opens and runs and reads 0, where {} for each {} of '{}' is true ({}): do not use it",
                     stamp.each == 0 ? "some" : truth, stamp.item, stamp.kernel, sizes(stamp));
}

}  // namespace

std::string stamp_sentence(const Stamp& stamp) {
  return fmt::format("{}: {}", to_string(stamp.kind), explanation(stamp));
}

}  // namespace countercheck
