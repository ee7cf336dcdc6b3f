#include "simulator/controlled_environment.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace countercheck {
namespace {

constexpr std::size_t kEntries = 64;                   // the pointers to them then fill whole cache lines
constexpr std::size_t kBytes = std::size_t{64} << 10;  // beyond the sets of all but a last level: the same sets
constexpr std::size_t kNameBytes = 2048;               // 32 a name of 64
// No program asks for a name that begins like this, so a search passes them all in the same number of steps.
constexpr std::string_view kPad = "_COUNTERCHECK_PAD_";
constexpr std::string_view kTunables = "GLIBC_TUNABLES";
constexpr std::size_t kLeastName = kPad.size() + 3;

std::string_view name_of(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

std::size_t round_up(std::size_t value, std::size_t step) {
  return (value + step - 1) / step * step;
}

class Variables {
 public:
  explicit Variables(std::vector<std::string> variables) : all_(std::move(variables)) {}

  std::string* find(std::string_view name) {
    const auto same = [&](const std::string& variable) { return name_of(variable) == name; };
    const auto found = std::find_if(all_.begin(), all_.end(), same);
    return found == all_.end() ? nullptr : &*found;
  }
  void pin_unless_set(std::string_view name, std::string_view value) {
    if (!find(name)) pin(std::string(name) + "=" + std::string(value));
  }
  void pin(std::string variable) {
    if (std::string* const old = find(name_of(variable))) {
      *old = variable;
    } else {
      all_.push_back(variable);
    }
    pinned_.push_back(std::move(variable));
  }

  ControlledEnvironment take() { return {std::move(all_), std::move(pinned_)}; }

 private:
  std::vector<std::string> all_;
  std::vector<std::string> pinned_;
};

#if defined(__x86_64__)
// The tunables are separated by colons, the values of this one by commas (the GNU C Library manual, "Tunables"). The
// last comma is for glibc's reader (2.36, sysdeps/x86/cpu-tunables.c): it searches for one past the end of the text,
// through all variables that follow.
std::string without_erms(std::string tunables) {
  constexpr std::string_view kCaps = "glibc.cpu.hwcaps=";
  const auto at = tunables.find(kCaps);
  if (at == std::string::npos) {
    if (!tunables.ends_with('=')) tunables += ':';
    return tunables + std::string(kCaps) + "-ERMS,";
  }
  const auto end = std::min(tunables.find(':', at), tunables.size());
  return tunables.insert(end, end == at + kCaps.size() ? "-ERMS," : ",-ERMS,");
}
#endif

}  // namespace

// So many variables that make up for the names and the bytes.
void pad_environment(std::vector<std::string>& variables, std::size_t other_bytes, std::size_t multiple) {
  std::size_t bytes = other_bytes;
  std::size_t name_bytes = 0;
  for (const auto& variable : variables) {
    bytes += variable.size() + 1;
    name_bytes += name_of(variable).size();
  }
  const std::size_t pads = round_up(variables.size() + 1, kEntries) - variables.size();
  std::size_t names = round_up(name_bytes + pads * kLeastName, kNameBytes) - name_bytes;
  std::size_t values = round_up(bytes + names + 2 * pads, multiple) - bytes - names - 2 * pads;
  for (std::size_t left = pads; left > 0; --left) {
    const std::size_t name = names / left;
    const std::size_t value = values / left;
    const std::string number = std::to_string(1000 + left).substr(1);
    std::string variable(kPad);
    variable += number + std::string(name - kPad.size() - number.size(), 'X') + "=" + std::string(value, 'x');
    variables.push_back(std::move(variable));
    names -= name;
    values -= value;
  }
}

ControlledEnvironment controlled_environment(const std::vector<std::string>& variables, std::size_t other_bytes) {
  Variables all(variables);
  all.pin_unless_set("OMP_WAIT_POLICY", "passive");
  all.pin_unless_set("PYTHONHASHSEED", "0");
#if defined(__x86_64__)
  const std::string* const tunables = all.find(kTunables);
  all.pin(without_erms(tunables ? *tunables : std::string(kTunables) + "="));
#endif
  ControlledEnvironment environment = all.take();
  // The loader passes over the tunables in another way than over the rest: they always come first.
  const auto key = [](const std::string& variable) {
    const std::string_view name = name_of(variable);
    return std::pair(name != kTunables, name);
  };
  std::stable_sort(environment.variables.begin(), environment.variables.end(),
                   [&](const std::string& a, const std::string& b) { return key(a) < key(b); });
  pad_environment(environment.variables, other_bytes, kBytes);
  return environment;
}

}  // namespace countercheck
