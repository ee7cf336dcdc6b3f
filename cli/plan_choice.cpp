#include "cli/plan_choice.hpp"

#include <fmt/format.h>

#include <string>

#include "cli/accepted.hpp"
#include "experiment/ending.hpp"
#include "experiment/suite.hpp"

namespace countercheck {

void PlanChoice::declare(CLI::App& app, unsigned rounds) {
  constexpr unsigned kMostRounds = 1'000'000;
  app.add_option("-r,--repeat", request.rounds, fmt::format("Samples of each variant (default: {})", rounds))
      ->check(between(1U, kMostRounds));
  app.add_option("--duration", request.seconds,
                 "Begin no round that would end after so many seconds, by the mean so far; without -r, take as many "
                 "rounds as fit")
      ->check(above_zero());
  app.add_option("--warm-up", request.warm_up,
                 "Rounds before the first that counts, in no figure (default: 1, for a single command 0)")
      ->check(between(0U, kMostRounds));
  app.add_option_function<std::string>(
         "--order", [this](const std::string& name) { request.order = order_from(name); },
         "balanced (default): every round runs each variant once, in rows of a Williams design; sequential: all "
         "samples of one, then all of the next, to show the difference")
      ->check(one_of({"balanced", "sequential"}));
  app.add_option("--seed", request.seed, "Of all that is drawn, the order above all (default: drawn, and told)")
      ->check(between(std::uint64_t{1}, kGreatestSeed));
  app.add_flag_callback(
      "--early", [this] { request.stops_early = true; },
      "Stop as soon as every variant is judged by its time; takes at most 100 rounds unless -r or --duration says "
      "more");
  app.add_option("--layouts", request.layouts,
                 "Spread the rounds over so many memory layouts (places of stack, heap and mappings), drawn by the "
                 "seed, with --aslr off: does a variant stay better in all of them?")
      ->check(between(1U, 10'000U));
  app.add_option("--cpus", request.cpus,
                 "Bind every sample to these CPUs, as in 2-3,8; auto: a CPU for each thread, or one of each core, SMT "
                 "siblings last");
  app.add_option_function<std::string>(
         "--aslr", [this](const std::string& word) { request.randomised = word == "on"; },
         "on (default), off: whether the kernel chooses at random where a program's memory lies")
      ->check(one_of({"on", "off"}));
}

void declare_threads(CLI::App& app, unsigned& threads) {
  app.add_option(
         "--threads", threads,
         "That each command runs at once, as it was told itself: --cpus auto binds to so many CPUs, and more than "
         "there are is noted")
      ->check(between(1U, kMostThreads));
}

}  // namespace countercheck
