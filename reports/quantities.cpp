#include "reports/quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>
#include <string_view>

#include "counters/counted_noun.hpp"

namespace countercheck {
namespace {

constexpr double kInFull = 10'000'000;

struct Step {
  double size;
  std::string_view suffix;
};
constexpr Step kSi[] = {{1e6, " M"}, {1e9, " G"}, {1e12, " T"}, {1e15, " P"}, {1e18, " E"}};
constexpr Step kTime[] = {{1e-3, " ps"}, {1, " ns"}, {1e3, " µs"}, {1e6, " ms"}, {1e9, " s"}};

// To that many significant digits, so that 999.96 M is seen to be 1.000 G before the suffix is chosen.
double rounded(double value, int digits) {
  if (value == 0) return 0;
  const double scale = std::pow(10.0, digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value)))));
  if (!std::isfinite(scale) || scale == 0) return value;
  return std::round(value * scale) / scale;
}

const Step& step_for(std::span<const Step> steps, double value) {
  const Step* best = &steps.front();
  for (const Step& step : steps) {
    if (std::abs(rounded(value, 4)) >= step.size * (1 - 1e-12)) best = &step;
  }
  return *best;
}

std::string in_step(const Step& step, double value, int digits = 4) {
  return significant(value / step.size, digits) + std::string(step.suffix);
}

// Four digits for the leading value of a row, and for the others as many decimals as it has, but three digits at least.
int digits_beside(double leading, double value) {
  const auto magnitude = [](double number) { return static_cast<int>(std::floor(std::log10(rounded(number, 4)))); };
  return std::max(3, 4 - (magnitude(leading) - magnitude(value)));
}

bool whole(double value) {
  return std::abs(value) < 0x1p53 && value == std::round(value);
}

}  // namespace

std::string grouped(double value) {
  if (!std::isfinite(value)) return "?";
  const double nearest = std::round(value);
  return with_commas(fmt::format("{:.0f}", nearest == 0 ? 0.0 : nearest));
}

std::string significant(double value, int digits) {
  if (!std::isfinite(value)) return "?";
  if (value == 0) return "0";
  const double near = rounded(value, digits);
  const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(near))));
  if (magnitude >= digits - 1) return grouped(value);
  if (magnitude < -6) return fmt::format("{:.{}e}", value, digits - 1);
  return fmt::format("{:.{}f}", value, digits - 1 - magnitude);
}

std::string shown_count(double value) {
  if (!std::isfinite(value)) return "?";
  if (std::abs(value) >= kInFull - 0.5) return in_step(step_for(kSi, value), value);
  if (whole(value) || std::abs(value) >= 1000) return grouped(value);
  std::string text = significant(value, 4);
  if (text.find_first_of(".e") != std::string::npos && text.find('e') == std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
  }
  return text;
}

std::string shown_ratio(double ratio) {
  if (!std::isfinite(ratio)) return "?";
  if (ratio == 0) return "0x";
  const double near = rounded(ratio, 3);
  if (near >= 100) return grouped(ratio) + "x";
  if (near >= 10) return fmt::format("{:.1f}x", ratio);
  if (near >= 0.1) return fmt::format("{:.2f}x", ratio);
  return significant(ratio, 2) + "x";
}

std::string shown_percent(double share) {
  if (!std::isfinite(share)) return "?";
  const double percent = share * 100;
  if (percent == 0) return "0%";
  if (percent < 0.01) return "<0.01%";
  if (percent < 0.095) return fmt::format("{:.2f}%", percent);
  if (percent < 9.95) return fmt::format("{:.1f}%", percent);
  return grouped(percent) + "%";
}

std::string shown_spread(double relative) {
  return "±" + shown_percent(relative);
}

std::string shown_share(double share) {
  if (!std::isfinite(share)) return "?";
  const double percent = share * 100;
  if (percent <= 0) return "0 %";
  if (percent < 1) return "<1 %";
  if (percent < 99 || percent >= 100) return grouped(percent) + " %";
  return fmt::format("{:.1f} %", std::min(std::floor(percent * 10) / 10, 99.9));
}

std::string plain_number(double value) {
  if (!std::isfinite(value)) return "?";
  if (whole(value)) return fmt::format("{:.0f}", value == 0 ? 0.0 : value);
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value);
  return std::string(text, end.ptr);
}

RowUnit::RowUnit(Measure measure, bool per_item, const std::vector<double>& values)
    : measure_(measure), per_item_(per_item) {
  const bool in_full = measure == Measure::count;
  double least = 0;
  double most = 0;
  for (const double value : values) {
    if (!std::isfinite(value) || value <= 0 || (in_full && value < kInFull - 0.5)) continue;
    least = most == 0 ? value : std::min(least, value);
    most = std::max(most, value);
  }
  if (most > 0 && most <= least * 1000) common_ = most;
}

std::string RowUnit::show(double value) const {
  if (!std::isfinite(value)) return "?";
  const double leading = common_.value_or(value);
  switch (measure_) {
    case Measure::count:
      if (per_item_) return significant(value, 4);
      if (value < kInFull - 0.5) return shown_count(value);
      return in_step(step_for(kSi, leading), value, digits_beside(leading, value));
    case Measure::nanoseconds:
      if (value == 0) return "0" + std::string(leading == 0 ? " s" : step_for(kTime, leading).suffix);
      return in_step(step_for(kTime, leading), value, digits_beside(leading, value));
    case Measure::bytes:
      return significant(value / 0x1p20, 4) + " MiB";
    case Measure::percent:
      return significant(value, 3) + " %";
    case Measure::gigahertz:
      return significant(value, 4) + " GHz";
    case Measure::gigabytes_per_second:
      return significant(value, 4) + " GB/s";
    case Measure::per_second:
      return shown_count(value) + " /s";
    case Measure::number:
      break;
  }
  return significant(value, 3);
}

}  // namespace countercheck
