#include "experiment/book/book.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "counters/enum_names.hpp"
#include "counters/shipped_folder.hpp"
#include "counters/user_error.hpp"
#include "experiment/json_node.hpp"
#include "experiment/text_file.hpp"

namespace countercheck {

namespace fs = std::filesystem;

namespace {

constexpr EnumName<BookClaim::Kind> kKinds[] = {{BookClaim::Kind::locality, "locality"},
                                                {BookClaim::Kind::faster, "faster"},
                                                {BookClaim::Kind::instructions, "instructions"}};

std::optional<BookClaim::Kind> kind_from(std::string_view name) {
  return value_of(kKinds, name);
}

// The book's counts have one source, perf, and no times of their counters: they are taken as counted in full.
Reading reading_from(const std::string& event, std::uint64_t value) {
  const bool is_time = event == "wall-time" || event == "task-clock";
  return {.event = event, .source = Source::import, .unit = is_time ? Unit::nanoseconds : Unit::count, .value = value};
}

// In the order of perf's own table, which JSON does not keep.
constexpr const char* kEvents[] = {"cycles",
                                   "stalled-cycles-frontend",
                                   "stalled-cycles-backend",
                                   "instructions",
                                   "cache-references",
                                   "cache-misses",
                                   "branches",
                                   "branch-misses",
                                   "task-clock",
                                   "page-faults",
                                   "minor-faults",
                                   "context-switches",
                                   "cpu-migrations",
                                   "wall-time"};

BookExample example_from(const JsonNode& node) {
  BookExample example{
      .name = node.at("example").text(), .scheme = node.at("scheme").text(), .program = node.at("program").text()};
  const JsonNode counts = node.at("counts");
  for (const char* event : kEvents) {
    example.readings.push_back(reading_from(event, counts.at(event).whole<std::uint64_t>()));
  }
  return example;
}

BookRuntimes runtimes_from(const JsonNode& node) {
  BookRuntimes runtimes{.table = node.at("table").text(),
                        .sizes = node.at("sizes").list([](const JsonNode& one) { return one.whole<unsigned>(); }),
                        .iterations_printed = node.at("iterations_printed").whole<unsigned>(),
                        .iterations = node.at("iterations").whole<unsigned>(),
                        .source = node.at("source").text()};
  runtimes.rows = node.at("schemes").list([&](const JsonNode& row) {
    BookRuntimes::Row read{.scheme = row.at("scheme").text(),
                           .seconds = row.at("seconds").list([](const JsonNode& one) { return one.real(); })};
    if (read.seconds.size() != runtimes.sizes.size()) row.at("seconds").complain("has not one number for each size");
    return read;
  });
  return runtimes;
}

BookClaim claim_from(const JsonNode& node) {
  BookClaim claim{.kind = node.at("kind").named<BookClaim::Kind>(kind_from),
                  .from = node.at("from").text(),
                  .to = node.at("to").text(),
                  .says = node.at("says").text()};
  if (claim.kind == BookClaim::Kind::locality) {
    claim.through = node.at("through").text();
  } else {
    claim.value = node.at("value").real();
    claim.decimals = node.at("decimals").whole<int>();
  }
  return claim;
}

// Every example that a step or a claim names must be there.
void check_names(const Book& book, const JsonNode& node) {
  std::set<std::string> names;
  for (const BookExample& example : book.examples) names.insert(example.name);
  const auto check = [&](const char* list, const std::string& name) {
    if (!name.empty() && !names.contains(name)) node.at(list).complain(fmt::format("there is no example '{}'", name));
  };
  for (const BookStep& step : book.steps) {
    for (const auto& name : {step.from, step.to}) check("steps", name);
  }
  for (const BookClaim& claim : book.claims) {
    for (const auto& name : {claim.from, claim.through, claim.to}) check("claims", name);
  }
}

Book book_from(const JsonNode& node) {
  const JsonNode problem = node.at("problem");
  Book book{.title = node.at("title").text(),
            .cpu = node.at("cpu").text(),
            .perf = node.at("perf").text(),
            .size = problem.at("size").whole<unsigned>(),
            .iterations = problem.at("iterations").whole<unsigned>(),
            .problem_source = problem.at("source").text(),
            .examples = node.at("examples").list(example_from),
            .steps = node.at("steps").list(
                [](const JsonNode& one) { return BookStep{.from = one.at("from").text(), .to = one.at("to").text()}; }),
            .runtimes = runtimes_from(node.at("runtimes")),
            .claims = node.at("claims").list(claim_from),
            .slips = node.at("slips").list([](const JsonNode& one) { return one.text(); })};
  if (book.examples.empty()) node.at("examples").complain("is empty");
  check_names(book, node);
  return book;
}

}  // namespace

fs::path book_file() {
  const fs::path name = "tables.json";
  return shipped_folder("the book's tables", COUNTERCHECK_BOOK_INSTALLED, "experiment/book", name) / name;
}

Book read_book(const fs::path& file) {
  constexpr std::size_t kMost = std::size_t{1} << 20;
  const std::string text = read_text_file(file, "file of the book", kMost);
  try {
    return book_from(JsonNode(nlohmann::json::parse(text), ""));
  } catch (const std::exception& error) {
    throw UserError(Trouble::file, fmt::format("{}: {}; install countercheck whole", file.string(), error.what()));
  }
}

Experiment experiment_of(const Book& book) {
  Experiment experiment{.kind = Kind::comparison,
                        .title = book.title,
                        .problem = fmt::format("{0} x {0} doubles, {1} iterations", book.size, book.iterations),
                        .work_item = "cell update"};
  experiment.machine.cpu = book.cpu;
  for (const Reading& reading : book.examples.at(0).readings) experiment.events.push_back(reading.event);
  for (const BookExample& example : book.examples) {
    experiment.samples.push_back(
        {.variant = experiment.variants.size(), .work_items = book.cell_updates(), .readings = example.readings});
    experiment.variants.push_back(
        {.name = example.name, .scheme = example.scheme, .command = {"python", example.program}});
  }
  return experiment;
}

}  // namespace countercheck
