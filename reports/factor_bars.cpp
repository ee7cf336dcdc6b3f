#include "reports/factor_bars.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "reports/factor_sentences.hpp"
#include "reports/quantities.hpp"

namespace countercheck {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kTimes = 7;     // columns of the number
constexpr std::size_t kLongest = 20;  // columns of a bar to one side
constexpr std::size_t kShortest = 4;  // fewer tell nothing
constexpr double kLeastScale = 2;     // that the longest bar stands for, so that 1.01 does not look like much

class Bars {
 public:
  Bars(const Comparison& comparison, std::size_t width, bool utf8) : block_(utf8 ? "█" : "#"), axis_(utf8 ? "│" : "|") {
    for (const Factored& time : comparison.factors.times) {
      for (const Factor& factor : time.factors) {
        most_ = std::max(most_, std::abs(std::log(factor.times)));
        label_ = std::max(label_, display_width(factor.words));
      }
    }
    const std::size_t beside = kIndent + label_ + 1 + kTimes + 2 + 1;  // the last for the axis
    half_ = width > beside ? std::min((width - beside) / 2, kLongest) : 0;
  }

  bool fit() const { return half_ >= kShortest; }

  std::string line(const Factor& factor) const {
    const double share = std::log(factor.times) / most_;
    const auto cells = static_cast<std::size_t>(std::lround(std::abs(share) * static_cast<double>(half_)));
    std::string bar;
    for (std::size_t at = 0; at < cells; ++at) bar += block_;
    std::string times = shown_ratio(factor.times);
    times.pop_back();
    const std::string left = share < 0 ? std::string(half_ - cells, ' ') + bar : std::string(half_, ' ');
    return std::string(kIndent, ' ') + pad_right(factor.words, label_) + " " + pad_left(times, kTimes) + "  " + left +
           axis_ + (share > 0 ? bar : "");
  }

 private:
  std::string block_;
  std::string axis_;
  double most_ = std::log(kLeastScale);
  std::size_t label_ = 0;
  std::size_t half_ = 0;
};

}  // namespace

void put_factors(Page& page, const Comparison& comparison, bool utf8) {
  const Factors& factors = comparison.factors;
  const Bars bars(comparison, page.width(), utf8);
  for (const Factored& time : factors.times) {
    if (!tells_factors_of(comparison, time.variant)) continue;
    page.blank();
    page.paragraph(time_identity(comparison, time));
    if (bars.fit()) {
      for (const Factor& factor : time.factors) page.line(bars.line(factor));
    }
    const std::string meaning = meaning_sentence(comparison, time);
    if (!meaning.empty()) page.paragraph(std::string(kIndent, ' ') + meaning, kIndent + 2);
  }
  page.section(missing_factor_sentences(comparison));
  if (!factors.misses.empty()) page.blank();
  for (const Factored& misses : factors.misses) {
    if (tells_factors_of(comparison, misses.variant)) page.paragraph(miss_identity(comparison, misses));
  }
  page.section(factor_legend(comparison));
}

}  // namespace countercheck
