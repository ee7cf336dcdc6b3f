#include <charconv>
#include <cstdio>
#include <exception>
#include <new>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "workloads/certify/kernel.hpp"
#include "workloads/failure.hpp"
#include "workloads/names.hpp"

namespace countercheck::certify {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kUsage = 3;
constexpr int kNotRun = 6;
constexpr int kNotWritten = 8;
constexpr int kInternal = 9;

constexpr const char* kHelp =
    "countercheck-certify KERNEL ITEMS [BYTES]\n"
    "countercheck-certify --list\n\n"
    "Does so many items of a kernel whose counts are known on paper, in a marked region: what `countercheck certify`\n"
    "measures each event with. BYTES is the working set of a kernel that lives in a cache. --list describes the "
    "kernels\n"
    "and what one item of each makes (JSON).\n";

std::string listing() {
  Json all = Json::array();
  for (const Kernel& kernel : kernels()) {
    Json facts = Json::array();
    for (const Fact& fact : kernel.facts) {
      facts.push_back(
          {{"quantity", fact.quantity}, {"each", fact.each}, {"within", fact.within}, {"at_least", fact.at_least}});
    }
    all.push_back({{"name", kernel.name},
                   {"says", kernel.says},
                   {"item", kernel.item},
                   {"cache", kernel.cache},
                   {"few", kernel.few},
                   {"many", kernel.many},
                   {"facts", facts}});
  }
  return Json{{"kernels", all}}.dump(2) + "\n";
}

std::uint64_t number(const char* what, std::string_view text) {
  constexpr std::uint64_t kMost = std::uint64_t{1} << 40;  // a terabyte, or minutes of the plain loop
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0 || value > kMost) {
    throw workloads::UsageError(std::string(what) + " must be a whole number from 1 to 2^40, not '" +
                                std::string(text) + "'");
  }
  return value;
}

int say(const std::string& text) {
  const bool taken = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  return std::fflush(stdout) == 0 && taken ? 0 : kNotWritten;
}

int act(int argc, char** argv) {
  const std::string_view first = argc > 1 ? argv[1] : "";
  if (first == "--help") return say(kHelp);
  if (first == "--list") return say(listing());
  const Kernel* const kernel = find_kernel(first);
  if (!kernel) {
    std::vector<std::string> names;
    for (const Kernel& one : kernels()) names.emplace_back(one.name);
    throw workloads::UsageError("there is no kernel '" + std::string(first) + "': the nearest is " +
                                std::string(workloads::nearest(first, names)));
  }
  if (argc < 3) throw workloads::UsageError("how many items? countercheck-certify KERNEL ITEMS [BYTES]");
  Work work{.items = number("ITEMS", argv[2])};
  if (argc > 3) work.bytes = number("BYTES", argv[3]);
  if (!kernel->cache.empty() && work.bytes == 0) {
    throw workloads::UsageError("the kernel '" + std::string(first) + "' needs the BYTES of its working set");
  }
  kernel->run(work);
  return 0;
}

int complain(const char* sentence, int status) {
  std::fprintf(stderr, "countercheck-certify: %s\n", sentence);
  return status;
}

}  // namespace
}  // namespace countercheck::certify

int main(int argc, char** argv) {
  using namespace countercheck;
  try {
    return certify::act(argc, argv);
  } catch (const workloads::UsageError& error) {
    return certify::complain(error.what(), certify::kUsage);
  } catch (const workloads::Failure& error) {
    return certify::complain(error.what(), certify::kNotRun);
  } catch (const std::bad_alloc&) {
    return certify::complain("the system refuses the memory that this needs", certify::kNotRun);
  } catch (const std::exception& error) {
    return certify::complain(error.what(), certify::kInternal);
  }
}
