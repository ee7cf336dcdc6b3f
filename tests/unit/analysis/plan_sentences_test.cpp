#include "analysis/plan_sentences.hpp"

#include <gmock/gmock.h>

namespace countercheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> sentences(const Plan& plan, std::size_t variants = 2) {
  return plan_sentences({.plan = plan, .variants = std::vector<Variant>(variants)});
}

TEST(PlanSentences, EverythingThatASampleRanUnder) {
  EXPECT_THAT(sentences({.seed = 4711, .warm_up = 1}),
              ElementsAre("rounds in balanced order (seed 4711); 1 warm-up round before, in no figure"));
  EXPECT_THAT(sentences({.order = Order::sequential, .seed = 4711, .warm_up = 2, .cpus = "2-3,8", .randomised = false}),
              ElementsAre("all rounds of a variant before those of the next (--order sequential); 2 warm-up rounds "
                          "before, in no figure; bound to CPUs 2-3,8; address space not randomised"));
}

TEST(PlanSentences, ASingleCommandHasNoOrder) {
  EXPECT_THAT(sentences({.seed = 4711}, 1), IsEmpty());
  EXPECT_THAT(sentences({.seed = 4711, .cpus = "1"}, 1), ElementsAre("bound to CPU 1"));
}

TEST(PlanSentences, ResultsWithoutAPlanHaveNone) {
  EXPECT_THAT(sentences({}), IsEmpty());
}

}  // namespace
}  // namespace countercheck
