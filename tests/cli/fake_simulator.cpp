#include "tests/cli/fake_simulator.hpp"

#include <cstdlib>
#include <filesystem>

namespace countercheck {
namespace {

namespace fs = std::filesystem;

constexpr const char* kValgrind = R"(#!/bin/sh
[ "$1" = --version ] && { echo valgrind-9.9.9; exit; }
for word; do
  case $word in --output-folder=*) folder=${word#*=};; --) break;; esac
done
while [ "$1" != -- ]; do shift; done
shift
: > "$folder/$$.log"
entries=0 region=false
case $FAKE in
  lost) : > "$folder/4242.log";;
  avx512) echo 'vex amd64->IR: unhandled instruction bytes: 0x62 0xF1 0x7C 0x48' > "$folder/$$.log"; kill -ILL $$;;
  hang) echo $$ > "$TMPDIR.pid"; exec sleep 1000;;
  marked) entries=1 region=true;;
esac
"$@" || exit $?
thread() {
  echo "{\"thread\":$1,\"core\":0,\"instructions\":$2,\"loads\":400,\"stores\":100,\"conditional-branches\":50,
    \"conditional-misses\":3,\"indirect-branches\":2,\"indirect-misses\":1,\"returns\":7,\"direct-branches\":9,
    \"misses\":[[1,20,4],[0,$3,0]],\"coherence-misses\":[0,0,0],\"invalidating-stores\":0}"
}
echo "{\"schema\":1,\"pid\":$$,\"parent\":1,\"image\":0,\"program\":\"$1\",\"arguments\":[\"$1\"],\"end\":\"exit\",
  \"region\":$region,\"entries\":$entries,\"levels\":2,
  \"threads\":[$(thread 1 1200000 300),$(thread 2 34567 45)]}" > "$folder/$$-0.json"
)";

#if defined(__aarch64__)
constexpr const char* kTool = "countercheck-arm64-linux";
#else
constexpr const char* kTool = "countercheck-amd64-linux";
#endif

}  // namespace

FakeSimulator::FakeSimulator() {
  for (const char* name : {"bin", "path", "tmp", COUNTERCHECK_TOOL_INSTALLED}) fs::create_directories(folder_ / name);
  fs::copy_file(COUNTERCHECK, program());
  fs::copy_file(COUNTERCHECK_WORKLOAD, folder_ / "bin/countercheck-workload");
  write_file(folder_ / "path/valgrind", kValgrind, 0755);
  write_file(folder_ / COUNTERCHECK_TOOL_INSTALLED + "/" + kTool, "", 0755);
}

std::function<void()> FakeSimulator::environment(const std::string& fake) const {
  return [this, fake] {
    const char* const path = std::getenv("PATH");
    setenv("PATH", ((folder_ / "path") + ":" + (path ? path : "/bin:/usr/bin")).c_str(), 1);
    setenv("TMPDIR", temporary().c_str(), 1);
    setenv("FAKE", fake.c_str(), 1);
  };
}

Output FakeSimulator::run(Words words, const std::string& fake) const {
  words.insert(words.begin(), program());
  return run_command(words, environment(fake));
}

}  // namespace countercheck
