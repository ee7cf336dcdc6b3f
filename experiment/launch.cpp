#include "experiment/launch.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string_view>
#include <system_error>

#include "counters/open_failure.hpp"
#include "counters/user_error.hpp"
#include "experiment/child.hpp"
#include "experiment/exec_stop.hpp"
#include "experiment/moved_memory.hpp"
#include "experiment/process_end.hpp"
#include "experiment/read_back.hpp"
#include "experiment/region_report.hpp"
#include "simulator/controlled_environment.hpp"

extern char** environ;

namespace countercheck {
namespace {

constexpr std::string_view kMarks = "COUNTERCHECK_REGION=";
constexpr std::string_view kHandshake = "COUNTERCHECK_HANDSHAKE=";

std::string marks_variable(int marks) {
  return marks < 0 ? "" : fmt::format("{}{}:0000000000", kMarks, marks);
}

bool is_marks(std::string_view variable) {
  return variable.starts_with(kMarks);
}

// What somebody else, who ran us, meant for us.
bool is_foreign(std::string_view variable) {
  return is_marks(variable) || variable.starts_with(kHandshake);
}

std::uint64_t now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_nsec);
}

void judge(const ProcessEnd& end, const LaunchSettings& settings, Sample& sample) {
  if (end.interrupted_by != 0) {
    sample.ending = Ending::interrupted;
    sample.status = end.interrupted_by;
  } else if (end.timed_out) {
    sample.ending = Ending::timed_out;
    sample.status = static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(*settings.timeout).count());
  } else if (WIFSIGNALED(end.status)) {
    sample.ending = Ending::signalled;
    sample.status = WTERMSIG(end.status);
  } else {
    sample.status = WEXITSTATUS(end.status);
    sample.ending = sample.status == 0 || settings.allow_failure ? Ending::completed : Ending::failed;
  }
}

// Why there are no counts of the region, if there are none.
std::optional<Absence> lack_of_marks(const RegionReport& region) {
  if (region.entries == 0) {
    return Absence{AbsenceReason::not_marked,
                   "the program marked no region: put countercheck_region_begin() and _end() around the work, or leave "
                   "--region away"};
  }
  if (!region.by_owner) {
    return Absence{AbsenceReason::not_marked,
                   "the region was marked by another thread or process than the one launched, whose counters it cannot "
                   "switch: mark it in the main thread, and start the program itself (exec it in a script)"};
  }
  return std::nullopt;
}

// The kernel hands the launcher's own peak down to the child at exec (fs/exec.c, exec_mmap, setmax_mm_hiwater_rss):
// below that the child's own is not known.
Reading peak_rss(const Countable& countable, const Usage& whole) {
  rusage own{};
  getrusage(RUSAGE_SELF, &own);
  const std::uint64_t launcher = usage_from(own, 0).peak_rss_bytes;
  if (whole.peak_rss_bytes > launcher) return reading_of(countable, whole);
  return absent_reading(
      countable, {AbsenceReason::not_measurable,
                  fmt::format("the peak is below {} MiB, that of countercheck itself, which the kernel counts in",
                              (launcher >> 20) + 1)});
}

// What became of the counters that the child was to open.
PassCounters::Gathered gather(const ChildPlan& plan, const Child& child) {
  PassCounters::Gathered gathered;
  std::size_t opened = 0;
  for (std::size_t i = 0; i < plan.counters.size(); ++i) {
    gathered.alone.push_back(plan.alone[i] != 0);
    if (const int error = plan.open_errors[i]; error != 0) {
      const perf_event_attr& attr = plan.counters[i];
      const Encoding encoding{.type = attr.type,
                              .config = attr.config,
                              .config1 = attr.config1,
                              .config2 = attr.config2,
                              .exclude_user = attr.exclude_user != 0,
                              .exclude_kernel = attr.exclude_kernel != 0};
      gathered.counters.emplace_back(explain_open_failure(error, encoding, read_access()));
    } else if (const auto value = read_counter(child.counters[opened++].get())) {
      gathered.counters.emplace_back(*value);
    } else {
      gathered.counters.emplace_back(
          Absence{AbsenceReason::never_scheduled, "the kernel gave no value for this counter"});
    }
  }
  return gathered;
}

Reading reading_of_papi(const Countable& countable, const std::variant<std::uint64_t, Absence>& value) {
  if (const auto* count = std::get_if<std::uint64_t>(&value)) return reading_by_papi(countable, *count);
  return absent_reading(countable, std::get<Absence>(value));
}

// The reading of one event in a completed or failed sample. `region` is null where the whole process is counted;
// `no_region` tells why the counters could not follow the marks, if they could not.
Reading take_reading(const Countable& countable, Reading reading, const Usage& whole, const RegionReport* region,
                     const std::optional<Absence>& no_region) {
  if (const auto* absence = std::get_if<Absence>(&countable.by)) return absent_reading(countable, *absence);
  if (std::holds_alternative<Encoding>(countable.by)) {
    // A counter that did open and was never switched on: the marks are why.
    const Absence* const why = absence(reading);
    const bool opened = !why || why->reason == AbsenceReason::never_scheduled;
    return no_region && opened ? absent_reading(countable, *no_region) : reading;
  }
  if (std::holds_alternative<PapiEvent>(countable.by)) {
    const Absence* const why = absence(reading);
    return no_region && (!why || why->reason == AbsenceReason::not_marked) ? absent_reading(countable, *no_region)
                                                                           : reading;
  }
  if (std::get<UsageField>(countable.by) == UsageField::peak_rss) return peak_rss(countable, whole);
  if (!region) return reading_of(countable, whole);
  return region->entries == 0 ? absent_reading(countable, *no_region) : reading_of(countable, region->usage);
}

// One counter of each kind, on ourselves and switched off, for as long as samples are taken. The first event of its
// kind in the system makes the kernel patch its own code, and the first of all makes it wait for every CPU besides
// (kernel/events/core.c, account_event and perf_swevent_init); the last one closed undoes that. Otherwise each sample
// would pay for both.
std::vector<Descriptor> keep_events_known(const std::vector<PassCounters>& passes) {
  std::vector<Descriptor> open_ones;
  std::set<std::pair<std::uint32_t, std::uint64_t>> kinds;
  for (const auto& pass : passes) {
    for (perf_event_attr attr : pass.attributes()) {
      if (!kinds.emplace(attr.type, attr.config).second) continue;
      attr.disabled = 1;
      attr.pinned = 0;
      attr.inherit = 0;
      attr.enable_on_exec = 0;
      open_ones.emplace_back(perf_event_open(&attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
      // The samples need the descriptors more; what does not open alone needs the leader of its group.
      if (!open_ones.back() && errno == EMFILE) return {};
      if (!open_ones.back()) open_ones.pop_back();
    }
  }
  return open_ones;
}

// What execve takes, with the variable of the marks, whose last ten characters the child fills in.
class Environment {
 public:
  explicit Environment(const std::vector<std::string>& variables) {
    for (const auto& variable : variables) {
      if (is_marks(variable)) marks_ = variable;
      variables_.push_back(is_marks(variable) ? marks_.data() : const_cast<char*>(variable.c_str()));
    }
    variables_.push_back(nullptr);
  }

  char* const* get() const { return variables_.data(); }
  char* task_digits() { return marks_.empty() ? nullptr : marks_.data() + marks_.size() - 10; }

 private:
  std::string marks_{};
  std::vector<char*> variables_{};
};

std::vector<unsigned long> cpu_mask(const std::vector<unsigned>& cpus) {
  constexpr unsigned kBits = 8 * sizeof(unsigned long);
  std::vector<unsigned long> mask;
  for (const unsigned cpu : cpus) {
    mask.resize(std::max<std::size_t>(mask.size(), cpu / kBits + 1));
    mask[cpu / kBits] |= 1UL << cpu % kBits;
  }
  return mask;
}

std::size_t bytes_of(const std::string& program, const std::vector<std::string>& command) {
  std::size_t bytes = program.size() + 1;  // AT_EXECFN
  for (const auto& word : command) bytes += word.size() + 1;
  return bytes;
}

}  // namespace

Launcher::Launcher(LaunchSettings settings)
    : settings_(std::move(settings)),
      cpus_(cpu_mask(settings_.cpus)),
      input_(open(settings_.input.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (!input_) {
    throw UserError(Trouble::file, fmt::format("the input '{}' cannot be read: {}", settings_.input,
                                               std::generic_category().message(errno)));
  }
  if (settings_.region) {
    marks_ = Descriptor(memfd_create("countercheck-marks", MFD_CLOEXEC));
    if (!marks_)
      throw UserError(Trouble::not_started, "no descriptor for the region's marks: raise the limit with ulimit -n");
    fcntl(marks_.get(), F_SETFL, O_APPEND);
  }
  for (std::size_t pass = 0; pass < std::max<std::size_t>(1, settings_.plan.passes.size()); ++pass) {
    passes_.emplace_back(settings_.countables, settings_.plan, pass, settings_.region);
  }
  kept_open_ = keep_events_known(passes_);
  std::vector<PapiEvent> by_papi;
  for (const auto& countable : settings_.countables) {
    if (const auto* event = std::get_if<PapiEvent>(&countable.by)) by_papi.push_back(*event);
  }
  if (!by_papi.empty()) papi_.emplace(std::move(by_papi), settings_.region);
}

std::vector<std::string> inherited_variables() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable; ++variable) {
    if (!is_foreign(*variable)) variables.emplace_back(*variable);
  }
  return variables;
}

void set_variables(std::vector<std::string>& variables, const std::vector<std::string>& added) {
  for (const auto& variable : added) {
    const auto name = variable.substr(0, variable.find('=') + 1);
    std::erase_if(variables, [&](const std::string& other) { return other.starts_with(name); });
    variables.push_back(variable);
  }
}

std::vector<std::string> Launcher::variables() const {
  std::vector<std::string> variables = inherited_variables();
  if (marks_) variables.push_back(marks_variable(marks_.get()));
  return variables;
}

Sample Launcher::launch(const std::string& program, const std::vector<std::string>& command, unsigned pass,
                        const Surroundings& surroundings) {
  constexpr std::size_t kMultiple = std::size_t{16} << 10;
  std::vector<std::string> all = variables();
  set_variables(all, surroundings.environment);
  if (papi_) all.push_back(fmt::format("{}{}", kHandshake, papi_->handshake()));
  if (surroundings.layout) set_variables(all, {layout_variable(*surroundings.layout)});
  pad_environment(all, bytes_of(program, command), kMultiple);
  if (surroundings.layout) all.back().append(surroundings.layout->environment, 'x');
  Sample sample = launch_in(program, command, passes_.at(pass), all, surroundings);
  sample.event_pass = pass;
  return sample;
}

Sample Launcher::launch_with(const std::string& program, const std::vector<std::string>& command,
                             const std::vector<std::string>& variables, const std::string& folder) {
  return launch_in(program, command, passes_.front(), variables, {.folder = folder});
}

// While it stands there, nothing of it can be counted but the stop. How long that was, in ns.
std::uint64_t Launcher::hold_at_exec(pid_t child, int trace_error, const std::optional<Layout>& layout) {
  const std::uint64_t from = now();
  const bool stopped = trace_error == 0 && wait_for_exec_stop(child);
  if (layout && trace_error != 0) {
    not_moved_ = fmt::format("the system refuses ptrace(2): {}", std::generic_category().message(trace_error));
  }
  if (layout && stopped) not_moved_ = move_memory(child, *layout);
  if (papi_) papi_->attach(child, trace_error, stopped);
  if (stopped) let_go(child);
  return stopped ? now() - from : 0;
}

Sample Launcher::launch_in(const std::string& program, const std::vector<std::string>& command,
                           const PassCounters& counters, const std::vector<std::string>& variables,
                           const Surroundings& surroundings) {
  Environment environment(variables);
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (const auto& word : command) argv.push_back(const_cast<char*>(word.c_str()));  // execve's old signature
  argv.push_back(nullptr);
  output_.clear();
  if (marks_ && ftruncate(marks_.get(), 0) != 0)
    throw UserError(Trouble::not_started, "the marks' file cannot be emptied");
  lseek(input_.get(), 0, SEEK_SET);

  ChildPlan plan;
  plan.program = program.c_str();
  plan.argv = argv.data();
  plan.envp = environment.get();
  plan.mask = &signals_.mask_before();
  plan.counters = counters.attributes();
  plan.leaders = counters.leaders();
  plan.input = input_.get();
  plan.output = settings_.show_output ? -1 : output_.descriptor();
  plan.marks = marks_.get();
  plan.folder = surroundings.folder.empty() ? nullptr : surroundings.folder.c_str();
  plan.cpus = cpus_;
  plan.randomised = settings_.randomised;
  plan.task_digits = environment.task_digits();
  if (papi_) plan.handshake = papi_->handshake();
  plan.stop_at_exec = papi_ || surroundings.layout;
  not_moved_.reset();
  const Child child = start_child(plan);

  Sample sample;
  if (plan.exec_error != 0) {
    sample.ending = Ending::not_started;
    sample.status = plan.exec_error;
    for (const auto& countable : settings_.countables) {
      sample.readings.push_back(
          absent_reading(countable, {AbsenceReason::no_sample, "the program could not be started"}));
    }
    return sample;
  }
  if (plan.stop_at_exec) plan.started += hold_at_exec(child.pid, plan.trace_error, surroundings.layout);
  const ProcessEnd end = wait_for(child.pid, settings_.timeout, signals_);
  if (papi_) papi_->finish();
  left_processes_ = !settings_.leave_running && sweep_group(child.pid);
  judge(end, settings_, sample);
  sample.lasted = end.when - plan.started;

  const Usage whole = usage_from(end.usage, end.when - plan.started);
  const RegionReport region = settings_.region ? parse_region_report(read_back(marks_.get())) : RegionReport{};
  const auto no_region = settings_.region ? lack_of_marks(region) : std::nullopt;
  if (settings_.region) {
    sample.region_entries = region.entries;
    if (region.work_items > 0) sample.work_items = region.work_items;
    sample.digest = region.digest;
  }

  const auto gathered = gather(plan, child);
  std::size_t of_papi = 0;
  for (std::size_t i = 0; i < settings_.countables.size(); ++i) {
    const Countable& countable = settings_.countables[i];
    Reading reading;
    if (std::holds_alternative<Encoding>(countable.by)) reading = counters.reading(i, gathered);
    if (std::holds_alternative<PapiEvent>(countable.by)) {
      reading = reading_of_papi(countable, papi_->value(of_papi++, read_access()));
    }
    sample.readings.push_back(
        take_reading(countable, std::move(reading), whole, settings_.region ? &region : nullptr, no_region));
  }
  return sample;
}

}  // namespace countercheck
